"""What went with a till's file is told by the epoch that begins in its place."""

import shutil
from pathlib import Path

from tests.counter.computers import at, opened_by
from tests.counter.tills import make_till, proof, ring
from tofan_pos.store.counter import FILE_NAME
from tofan_pos.sync.enrolment import Beginning


def test_what_went_with_epochs_that_its_file_never_heard_of_is_told(
    remembered: Path, marks: Path
) -> None:
    with at(remembered, marks) as desk:
        backup = desk.backups.make(remembered.parent / "stick")
        ring(desk)
        first = desk.store.journal_size()[0]
    shutil.copy(backup, remembered / FILE_NAME)
    with at(remembered, marks) as desk:
        start = opened_by(desk).seq
        ring(desk)
        ring(desk)
        second = desk.store.journal_size()[0]
    # The same backup once more: of the second epoch it knows nothing at all.
    shutil.copy(backup, remembered / FILE_NAME)
    with at(remembered, marks) as desk:
        lost = opened_by(desk).body.lost
        assert [(run.epoch, run.first, run.last) for run in lost] == [
            (2, start, second),
            (1, start, first),
        ]
        assert proof(desk).flaw is None
    with at(remembered, marks) as desk:
        desk.dealings.begin_epoch()
        # An epoch that begins with nothing lost names nothing, however much was lost before.
        assert opened_by(desk).body.lost == ()


def test_a_copy_loses_nothing(remembered: Path, marks: Path) -> None:
    shutil.copytree(remembered, remembered.parent / "twin")
    with at(remembered, marks) as desk:
        ring(desk)
    with at(remembered.parent / "twin", marks) as desk:
        assert desk.beginning is Beginning.COPIED
        assert opened_by(desk).body.lost == ()


def test_what_a_till_lost_on_its_way_elsewhere_is_told(remembered: Path, marks: Path) -> None:
    with at(remembered, marks) as desk:
        backup = desk.backups.make(remembered.parent / "stick")
        start = desk.store.journal_size()[0]
        ring(desk)
        first = desk.store.journal_size()[0]
    shutil.copy(backup, remembered / FILE_NAME)
    with at(remembered, marks) as desk:
        ring(desk)
        second = desk.store.journal_size()[0]
    there = Path(shutil.move(remembered, remembered.parent / "there"))
    with at(there, marks) as desk:
        assert desk.beginning is None
    shutil.copy(backup, there / FILE_NAME)
    with at(there, marks) as desk:
        lost = opened_by(desk).body.lost
        assert [(run.epoch, run.first, run.last) for run in lost] == [
            (2, start, second),
            (1, start, first),
        ]
    # Moved and put back in one go.
    last = Path(shutil.move(there, remembered.parent / "last"))
    shutil.copy(backup, last / FILE_NAME)
    with at(last, marks) as desk:
        assert desk.beginning is Beginning.RESTORED
        assert [run.epoch for run in opened_by(desk).body.lost] == [3, 2, 1]


def test_another_till_under_the_same_code_loses_nothing_of_the_first(
    remembered: Path, marks: Path
) -> None:
    with at(remembered, marks) as desk:
        desk.dealings.begin_epoch()
        ring(desk)
    shutil.rmtree(remembered)
    make_till(remembered, install_id="ab" * 16)
    with at(remembered, marks) as desk:
        ring(desk)
        backup = desk.backups.make(remembered.parent / "stick")
        ring(desk)
        head = desk.store.journal_size()[0]
    with at(remembered, marks) as desk:
        assert desk.beginning is None
    shutil.copy(backup, remembered / FILE_NAME)
    with at(remembered, marks) as desk:
        (lost,) = opened_by(desk).body.lost
        assert (lost.epoch, lost.last) == (1, head)
        # Its number is above all that were used here under that code.
        assert desk.identity.epoch == 3
