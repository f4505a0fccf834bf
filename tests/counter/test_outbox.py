"""The outbox: what waits goes out whole, and again the same."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from tests.counter.tills import NOW, Clock, make_till, opened, proof, ring
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.journal import Journal
from tofan_pos.counter.outbox import Outbox
from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.store.counter import FILE_NAME, CounterStore
from tofan_pos.sync.chain import GENESIS
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.kinds import Exported
from tofan_pos.sync.sealed import unseal


def digests(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_everything_goes_out_and_reads_back(desk: Desk, tmp_path: Path) -> None:
    for _ in range(5):
        ring(desk)
    before = list(desk.store.entries())
    done = desk.outbox.export(tmp_path / "stick")
    assert (done.first, done.last) == (1, len(before))
    (path,) = done.files
    sealed = unseal(path.read_bytes())
    assert sealed.public_key == desk.identity.public_key
    assert bytes.fromhex(sealed.header.prev) == GENESIS
    links = sealed.links()
    assert [(link.seq, link.line, link.hash) for link in links] == [
        (row.seq, row.line, row.hash) for row in before
    ]
    assert list((tmp_path / "stick").iterdir()) == [path]


def test_an_export_is_journalled_and_its_seal_proven(desk: Desk, tmp_path: Path) -> None:
    ring(desk)
    done = desk.outbox.export(tmp_path / "stick")
    *_, last = desk.store.entries()
    entry = read_entry(last.line)
    assert isinstance(entry, Exported)
    sealed = unseal(done.files[0].read_bytes())
    assert entry.body.signature == sealed.signature.hex()
    found = proof(desk)
    assert (found.flaw, found.seals) == (None, 1)
    ring(desk)
    desk.outbox.export(tmp_path / "stick")
    assert proof(desk).seals == 2


def test_the_same_run_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    clock = Clock()
    with opened(folder, clock=clock) as desk:
        ring(desk)
        before = (folder / FILE_NAME).read_bytes()
        desk.outbox.export(tmp_path / "first")
    # As after a crash between writing the files and journalling them, a day later.
    (folder / FILE_NAME).write_bytes(before)
    clock.move(timedelta(days=1))
    with opened(folder, clock=clock) as desk:
        desk.outbox.export(tmp_path / "first")
        assert proof(desk).flaw is None
    (folder / FILE_NAME).write_bytes(before)
    with opened(folder, clock=clock) as desk:
        desk.outbox.export(tmp_path / "second")
    assert digests(tmp_path / "first") == digests(tmp_path / "second")


def test_a_later_run_never_writes_over_an_earlier_one(desk: Desk, tmp_path: Path) -> None:
    desk.outbox.export(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.glob("*.tofan")}
    ring(desk)
    desk.outbox.export(tmp_path)
    assert len(list(tmp_path.glob("*.tofan"))) == 2
    assert {path: path.read_bytes() for path in before} == before


def test_progress_is_told(desk: Desk, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    ring(desk)
    desk.outbox.export(tmp_path / "x", progress=lambda done, total: told.append((done, total)))
    assert told == [(5, 5)]


def test_what_waits_is_counted_from_the_oldest(desk: Desk, clock: Clock) -> None:
    clock.move(timedelta(days=3))
    ring(desk)
    waiting = desk.outbox.waiting()
    assert (waiting.count, waiting.oldest) == (5, NOW)


def test_a_journal_without_entries_has_nothing_to_export(desk: Desk, tmp_path: Path) -> None:
    # A file whose set-up was cut short: tables, and nothing in them.
    empty = CounterStore.create(tmp_path / "empty.sqlite3")
    outbox = Outbox(Journal(empty, desk.profile, Clock()), desk.outbox.keys, desk.access)
    with pytest.raises(Refusal) as refused:
        outbox.export(tmp_path / "stick")
    assert refused.value.why is Why.NOTHING_TO_EXPORT
    assert outbox.waiting().oldest is None
    empty.close()


@pytest.mark.parametrize("name", ["file", "file/below"])
def test_a_folder_that_cannot_be_is_told(desk: Desk, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    before = desk.store.journal_size()
    with pytest.raises(Trouble) as trouble:
        desk.outbox.export(tmp_path / name)
    assert trouble.value.ailment is Ailment.FOLDER_UNWRITABLE
    assert desk.store.journal_size() == before


def test_without_its_key_nothing_goes_out_and_selling_goes_on(
    desk: Desk, folder: Path, tmp_path: Path
) -> None:
    (key,) = folder.glob("*.key")
    key.unlink()
    with pytest.raises(Trouble) as trouble:
        desk.outbox.export(tmp_path / "stick")
    assert trouble.value.ailment is Ailment.KEY_MISSING
    assert not (tmp_path / "stick").exists()
    ring(desk)
    assert proof(desk).flaw is None


def test_the_key_of_another_till_signs_nothing(desk: Desk, folder: Path, tmp_path: Path) -> None:
    make_till(tmp_path / "other", till="OTHER")
    (mine,), (theirs,) = folder.glob("*.key"), (tmp_path / "other").glob("*.key")
    mine.write_bytes(theirs.read_bytes())
    with pytest.raises(Trouble) as trouble:
        desk.outbox.export(tmp_path / "stick")
    assert trouble.value.ailment is Ailment.KEY_UNREADABLE
    assert not (tmp_path / "stick").exists()
    assert proof(desk).flaw is None


def test_what_was_acknowledged_while_it_is_asked_for_is_nothing_to_export(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = Outbox._unsent  # noqa: SLF001 - the moment in between

    def meanwhile(self: Outbox) -> object:
        found = honest(self)
        with self.journal.store.writing() as tx:
            last = tx.head()
            assert last is not None
            known = replace(tx.head_office(), acked=last.seq, acked_hash=last.hash)
            tx.set_head_office(known)
        return found

    monkeypatch.setattr(Outbox, "_unsent", meanwhile)
    with pytest.raises(Refusal) as refusal:
        desk.outbox.export(tmp_path / "stick")
    assert refusal.value.why is Why.NOTHING_TO_EXPORT
