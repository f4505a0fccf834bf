"""A till whose file was restored, moved or copied notices, and never uses a number again."""

import shutil
from pathlib import Path

import pytest

from tests.counter.computers import at, opened_by
from tests.counter.tills import make_till, proof, ring
from tofan_pos import app
from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.store.counter import FILE_NAME
from tofan_pos.store.writing import Writing
from tofan_pos.sync.chain import GENESIS
from tofan_pos.sync.enrolment import Beginning, request_in
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.kinds import StaffNamed
from tofan_pos.sync.marks import Marks
from tofan_pos.sync.sealed import unseal


def test_a_till_that_stays_where_it_is_stays_what_it_is(remembered: Path, marks: Path) -> None:
    for _ in range(3):
        with at(remembered, marks) as desk:
            assert desk.beginning is None
            assert ring(desk).sale.epoch == 1
            assert proof(desk).flaw is None


def test_merely_opening_a_till_changes_no_byte_of_it(tmp_path: Path, marks: Path) -> None:
    make_till(tmp_path / "new")
    before = (tmp_path / "new" / FILE_NAME).read_bytes()
    for _ in range(2):
        with at(tmp_path / "new", marks, session=False) as desk:
            assert desk.beginning is None
    assert (tmp_path / "new" / FILE_NAME).read_bytes() == before


def test_a_restored_backup_is_noticed_and_sells_on(remembered: Path, marks: Path) -> None:
    with at(remembered, marks) as desk:
        backup = desk.backups.make(remembered.parent / "stick")
        sold = [ring(desk).sale.number for _ in range(3)]
        head = desk.store.journal_size()[0]
        (last,) = desk.store.entries(head - 1)
    shutil.copy(backup, remembered / FILE_NAME)
    with at(remembered, marks) as desk:
        assert desk.beginning is Beginning.RESTORED
        entry = opened_by(desk)
        assert (entry.body.after, entry.body.why) == (1, "restored")
        (lost,) = entry.body.lost
        assert (lost.epoch, lost.first, lost.last) == (1, entry.seq, head)
        assert lost.hash == last.hash.hex()
        number = ring(desk).sale.number
        assert number not in sold
        assert number == "TST1.2-V000003"
        assert proof(desk).flaw is None
    with at(remembered, marks) as desk:
        # Noticed once.
        assert desk.beginning is None
        assert desk.identity.epoch == 2


def test_an_epoch_that_could_not_begin_is_none(
    remembered: Path, marks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Trouble(Ailment.DISK_FULL)

    with at(remembered, marks) as desk:
        with monkeypatch.context() as patch:
            patch.setattr(Writing, "append", full)
            with pytest.raises(Trouble):
                desk.dealings.begin_epoch()
        ring(desk)
    with at(remembered, marks) as desk:
        assert desk.beginning is None
        assert desk.identity.epoch == 1


def test_documents_keep_the_numbers_they_were_given(remembered: Path, marks: Path) -> None:
    with at(remembered, marks) as desk:
        first = ring(desk).sale
        desk.dealings.begin_epoch()
        second = ring(desk).sale
        assert (first.number, second.number) == ("TST1-V000003", "TST1.2-V000004")
        assert desk.papers.find(first.number).sale == first
        assert desk.papers.find(second.number).sale == second
        found = desk.papers.find(first.number)
        back = desk.refunds.refund(desk.refunds.of_sale(found), {0: 1}, "wrong colour")
        assert back.reversal.of == first.number
        assert back.reversal.number == "TST1.2-C000001"
        runs = {run.series: (run.first, run.last) for run in desk.day.x().runs}
        assert runs["V"] == ("TST1-V000001", "TST1.2-V000004")
        assert proof(desk).flaw is None


def test_a_till_on_another_computer_is_noticed(remembered: Path, tmp_path: Path) -> None:
    with at(remembered, tmp_path / "other") as desk:
        assert desk.beginning is Beginning.MOVED
        assert proof(desk).flaw is None


def test_of_two_folders_the_copy_notices(remembered: Path, marks: Path, tmp_path: Path) -> None:
    shutil.copytree(remembered, tmp_path / "copy")
    with at(tmp_path / "copy", marks) as desk:
        assert desk.beginning is Beginning.COPIED
        assert ring(desk).sale.number == "TST1.2-V000003"
    with at(remembered, marks) as desk:
        assert desk.beginning is None
        assert ring(desk).sale.number == "TST1-V000003"


def test_a_folder_that_was_merely_moved_stays_what_it_is(
    remembered: Path, marks: Path, tmp_path: Path
) -> None:
    remembered.rename(tmp_path / "elsewhere")
    for _ in range(2):
        with at(tmp_path / "elsewhere", marks) as desk:
            assert desk.beginning is None
            ring(desk)


def test_a_lost_key_is_noticed_and_what_it_had_to_seal_still_goes_out(
    remembered: Path, marks: Path, tmp_path: Path
) -> None:
    with at(remembered, marks) as desk:
        before = desk.store.journal_size()[0]
    for key in remembered.glob("*.key"):
        key.unlink()
    with at(remembered, marks) as desk:
        assert desk.beginning is Beginning.KEY_LOST
        ring(desk)
        seals = [unseal(run.content) for run in desk.outbox.runs()]
        assert [seal.header.epoch for seal in seals] == [1, 2]
        assert seals[0].header.last == before
        assert seals[1].header.prev == seals[0].header.hash
        assert {seal.public_key for seal in seals} == {desk.identity.public_key}
        desk.outbox.export(tmp_path / "stick")
        assert proof(desk).flaw is None


def test_a_request_tells_where_an_epoch_begins(remembered: Path, marks: Path) -> None:
    with at(remembered, marks) as desk:
        first = request_in(desk.dealings.request())
        assert (first.epoch, first.after, first.after_hash) == (1, 0, GENESIS.hex())
        with desk.store.reading() as look:
            last = look.head()
        assert last is not None
        desk.dealings.begin_epoch()
        second = request_in(desk.dealings.request())
        assert (second.epoch, second.after, second.after_hash) == (2, last.seq, last.hash.hex())
        assert second.why is Beginning.KEY_LOST
        assert second.public_key != first.public_key
        assert request_in(desk.epochs.request_path.read_bytes()) == second


def test_people_stay_where_the_pepper_does(remembered: Path, marks: Path, tmp_path: Path) -> None:
    with at(remembered, marks) as desk:
        desk.access.first_supervisor("BOSS", "", "482913")
    with at(remembered, tmp_path / "other", session=False) as desk:
        assert desk.beginning is Beginning.MOVED
        assert desk.access.sign_in("BOSS", "482913").code == "BOSS"


def test_without_the_pepper_a_first_supervisor_is_asked_for(
    remembered: Path, marks: Path, tmp_path: Path
) -> None:
    with at(remembered, marks) as desk:
        desk.access.first_supervisor("BOSS", "", "482913")
    for pepper in remembered.glob("*.pepper"):
        pepper.unlink()
    with at(remembered, tmp_path / "other", session=False) as desk:
        assert desk.access.needs_first_run
        events = list(desk.store.entries())
        told = [read_entry(row.line) for row in events if row.kind == "staff"]
        last = told[-1]
        assert isinstance(last, StaffNamed)
        assert (last.epoch, last.body.staff) == (2, ())
        with pytest.raises(Refusal) as refused:
            desk.access.sign_in("BOSS", "482913")
        assert refused.value.why is Why.NOBODY_YET
        desk.access.first_supervisor("NEW", "", "739164")
        ring(desk)
        assert proof(desk).flaw is None


def test_a_damaged_mark_says_nothing(remembered: Path, marks: Path) -> None:
    (path,) = marks.iterdir()
    for content in (b"", b"\x00\xff", path.read_bytes()[:40], path.read_bytes()[::-1]):
        path.write_bytes(content)
        with at(remembered, marks) as desk:
            assert desk.beginning is None
            ring(desk)


def test_marks_that_cannot_be_kept_do_not_keep_anybody_from_selling(
    remembered: Path, marks: Path
) -> None:
    with at(remembered, marks) as desk:
        shutil.rmtree(marks)
        ring(desk)
        assert proof(desk).flaw is None


def test_a_till_to_learn_on_is_never_remembered(remembered: Path, marks: Path) -> None:
    before = sorted(path.name for path in marks.iterdir())
    desk = app.build_training(remembered)
    desk.close()
    again = app.build_counter(remembered / app.TRAINING_FOLDER, marks=Marks(marks))
    again.close()
    assert sorted(path.name for path in marks.iterdir()) == before


def test_an_epoch_another_program_began_is_gone_on_with(remembered: Path, marks: Path) -> None:
    with at(remembered, marks) as window, at(remembered, marks) as command:
        command.dealings.begin_epoch()
        assert ring(window).sale.number == "TST1.2-V000003"
        assert proof(window).flaw is None


def test_a_backup_of_before_the_first_fact_is_noticed_too(tmp_path: Path, marks: Path) -> None:
    folder = tmp_path / "till"
    make_till(folder)
    with at(folder, marks, session=False) as desk:
        backup = desk.backups.make(tmp_path / "stick")
    with at(folder, marks) as desk:
        sold = ring(desk).sale.number
    shutil.copy(backup, folder / FILE_NAME)
    with at(folder, marks) as desk:
        assert desk.beginning is Beginning.RESTORED
        assert ring(desk).sale.number != sold


def test_a_copy_of_a_till_that_has_done_nothing_yet_is_noticed(tmp_path: Path, marks: Path) -> None:
    make_till(tmp_path / "till")
    with at(tmp_path / "till", marks, session=False):
        pass
    shutil.copytree(tmp_path / "till", tmp_path / "copy")
    with at(tmp_path / "copy", marks) as desk:
        assert desk.beginning is Beginning.COPIED


def test_one_backup_put_back_twice_begins_two_epochs(remembered: Path, marks: Path) -> None:
    with at(remembered, marks) as desk:
        backup = desk.backups.make(remembered.parent / "stick")
    sold = []
    for _ in range(3):
        shutil.copy(backup, remembered / FILE_NAME)
        with at(remembered, marks) as desk:
            assert desk.beginning is Beginning.RESTORED
            sold.append(ring(desk).sale.number)
    assert sold == ["TST1.2-V000003", "TST1.3-V000003", "TST1.4-V000003"]


def test_where_nothing_can_be_remembered_an_epoch_begins_and_the_till_sells(
    remembered: Path, marks: Path
) -> None:
    with at(remembered, marks) as desk:
        backup = desk.backups.make(remembered.parent / "stick")
    shutil.rmtree(marks)
    marks.write_text("no folder")
    shutil.copy(backup, remembered / FILE_NAME)
    with at(remembered, marks) as desk:
        assert ring(desk).sale.epoch == 1, "nothing tells that the file is an older one"
        desk.dealings.begin_epoch()
        assert ring(desk).sale.epoch == 2
        assert proof(desk).flaw is None
    with at(remembered, marks) as desk:
        assert (desk.beginning, ring(desk).sale.epoch) == (None, 2)


def test_a_file_of_the_very_end_of_an_epoch_that_was_left_is_noticed(
    remembered: Path, marks: Path, tmp_path: Path
) -> None:
    shutil.copy(remembered / FILE_NAME, tmp_path / "copy")
    with at(remembered, marks) as desk:
        desk.dealings.begin_epoch()
        ring(desk)
    shutil.copy(tmp_path / "copy", remembered / FILE_NAME)
    with at(remembered, marks) as desk:
        assert (desk.beginning, desk.identity.epoch) == (Beginning.RESTORED, 3)


def test_a_copy_that_went_on_beside_a_till_says_nothing_of_it(
    remembered: Path, marks: Path, tmp_path: Path
) -> None:
    shutil.copytree(remembered, tmp_path / "copy")
    with at(tmp_path / "copy", marks) as desk:
        assert desk.identity.epoch == 2
    with at(remembered, marks) as desk:
        assert (desk.beginning, desk.identity.epoch) == (None, 1)
