"""What head office says is held against the journal; what it cannot have said is refused."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from tests.counter.headoffice import HeadOffice
from tests.counter.tills import make_till, opened, proof, ring
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.catalogue import MOST_ROTATIONS
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.sync.contact import PartedBody, Standing, ack_name, hello_in
from tofan_pos.sync.enrolment import Beginning
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.keys import holds
from tofan_pos.sync.kinds import Enrolled, KeyRotated, SyncPaused
from tofan_pos.sync.rotation import rotation
from tofan_pos.sync.sealed import unseal

NONCE = "0" * 32


@pytest.fixture
def office() -> HeadOffice:
    return HeadOffice()


@pytest.fixture
def enrolled(desk: Desk, office: HeadOffice) -> Desk:
    """Return a till that trusts head office and has sold three times."""
    office.enrol(desk)
    for _ in range(3):
        ring(desk)
    return desk


@contextmanager
def refuses(why: Why) -> Iterator[None]:
    with pytest.raises(Refusal) as refused:
        yield
    assert refused.value.why is why


@contextmanager
def unchanged(desk: Desk) -> Iterator[None]:
    """Expect that no byte of the till's file changes."""
    file = desk.store.path
    before = file.read_bytes()
    yield
    assert file.read_bytes() == before


def last(desk: Desk) -> int:
    return desk.store.journal_size()[0]


def test_trusting_head_office_is_a_fact(desk: Desk, office: HeadOffice) -> None:
    content = office.grant(desk.dealings.request(), server="https://office.example:8443")
    grant = desk.dealings.trust(content)
    assert desk.dealings.office_fingerprint == grant.fingerprint
    known = desk.dealings.known()
    assert (known.office, known.server) == ("office", "https://office.example:8443")
    *_, row = desk.store.entries()
    entry = read_entry(row.line)
    assert isinstance(entry, Enrolled)
    assert entry.body.office_key == office.key.public.hex()
    assert proof(desk).flaw is None


def test_a_grant_for_another_till_or_epoch_is_refused(
    desk: Desk, office: HeadOffice, tmp_path: Path
) -> None:
    own = office.grant(desk.dealings.request())
    make_till(tmp_path / "other", till="OTHER")
    with opened(tmp_path / "other") as other, refuses(Why.NOT_FOR_THIS_TILL), unchanged(other):
        other.dealings.trust(own)
    desk.dealings.begin_epoch()
    with refuses(Why.NOT_FOR_THIS_TILL), unchanged(desk):
        desk.dealings.trust(own)
    with refuses(Why.NOT_A_GRANT), unchanged(desk):
        desk.dealings.trust(own.replace(b"office", b"0ffice", 1))


def test_what_is_acknowledged_waits_no_more(enrolled: Desk, office: HeadOffice) -> None:
    head = last(enrolled)
    heard = enrolled.dealings.take_acknowledgement(office.says(enrolled, head))
    assert (heard.before, heard.acked) == (0, head)
    assert enrolled.outbox.waiting().count == 0
    assert enrolled.outbox.waiting().oldest is None
    assert enrolled.outbox.waiting().acked_at is not None
    ring(enrolled)
    assert enrolled.outbox.waiting().count == 1
    (run,) = enrolled.outbox.runs()
    assert (run.first, run.last) == (head + 1, head + 1)


def test_a_restored_head_office_is_sent_everything_again(
    enrolled: Desk, office: HeadOffice
) -> None:
    whole = [run.content for run in enrolled.outbox.runs()]
    enrolled.dealings.take_acknowledgement(office.says(enrolled, last(enrolled)))
    heard = enrolled.dealings.take_acknowledgement(office.says(enrolled, 2))
    assert heard.acked == 2
    assert [run.first for run in enrolled.outbox.runs()] == [3]
    enrolled.dealings.take_acknowledgement(office.says(enrolled, 0))
    assert [run.content for run in enrolled.outbox.runs()] == whole


def test_an_old_word_changes_nothing(enrolled: Desk, office: HeadOffice) -> None:
    old = office.says(enrolled, 2)
    enrolled.dealings.take_acknowledgement(office.says(enrolled, last(enrolled)))
    with unchanged(enrolled):
        assert enrolled.dealings.take_acknowledgement(old).stale


def test_an_answer_counts_whatever_its_serial(enrolled: Desk, office: HeadOffice) -> None:
    """Head office's clock may have gone back with its database; the nonce tells it is new."""
    enrolled.dealings.take_acknowledgement(office.says(enrolled, last(enrolled), serial=10**12))
    answer = office.says(enrolled, 3, serial=5, nonce=NONCE)
    assert enrolled.dealings.take_acknowledgement(answer, NONCE).acked == 3
    with refuses(Why.NOT_AN_ACKNOWLEDGEMENT), unchanged(enrolled):
        enrolled.dealings.take_acknowledgement(answer, "1" * 32)


def test_who_is_not_trusted_acknowledges_nothing(desk: Desk, office: HeadOffice) -> None:
    ring(desk)
    with refuses(Why.NO_OFFICE_YET), unchanged(desk):
        desk.dealings.take_acknowledgement(office.says(desk, 1))
    office.enrol(desk)
    with refuses(Why.OFFICE_KEY_DIFFERS), unchanged(desk):
        desk.dealings.take_acknowledgement(HeadOffice("another").says(desk, 1))
    with refuses(Why.NOT_FOR_THIS_TILL), unchanged(desk):
        desk.dealings.take_acknowledgement(office.says(desk, 1, till="OTHER"))
    with refuses(Why.NOT_FOR_THIS_TILL), unchanged(desk):
        desk.dealings.take_acknowledgement(office.says(desk, 1, epoch=2))


def test_every_flipped_byte_of_a_word_is_refused(enrolled: Desk, office: HeadOffice) -> None:
    content = office.says(enrolled, last(enrolled))
    with unchanged(enrolled):
        for place in range(len(content)):
            flipped = bytearray(content)
            flipped[place] ^= 0x01
            with pytest.raises(Refusal):
                enrolled.dealings.take_acknowledgement(bytes(flipped))
        for end in range(len(content)):
            with pytest.raises(Refusal):
                enrolled.dealings.take_acknowledgement(content[:end])


def test_what_does_not_agree_is_sent_again_whole(enrolled: Desk, office: HeadOffice) -> None:
    enrolled.dealings.take_acknowledgement(office.says(enrolled, last(enrolled)))
    lie = office.says(enrolled, 4, hash_=bytes(32))
    assert enrolled.dealings.take_acknowledgement(lie).acked == 0
    beyond = office.says(enrolled, last(enrolled) + 7, hash_=sha256(b"unknown").digest())
    assert enrolled.dealings.take_acknowledgement(beyond).acked == 0
    assert enrolled.dealings.known().parted == 0


def test_a_till_that_is_twice_there_goes_on_under_a_new_epoch(
    enrolled: Desk, office: HeadOffice
) -> None:
    head = last(enrolled)
    other = PartedBody(hash=sha256(b"the other's").hexdigest(), seq=head)
    heard = enrolled.dealings.take_acknowledgement(office.says(enrolled, head - 1, parted=other))
    assert heard.began is Beginning.FORKED
    assert enrolled.identity.epoch == 2
    assert ring(enrolled).sale.epoch == 2
    assert proof(enrolled).flaw is None


def test_the_one_that_head_office_holds_goes_on_as_it_is(
    enrolled: Desk, office: HeadOffice
) -> None:
    head = last(enrolled)
    with enrolled.store.reading() as look:
        entry = look.entry_at(head)
    assert entry is not None
    mine = PartedBody(hash=entry.hash.hex(), seq=head)
    heard = enrolled.dealings.take_acknowledgement(office.says(enrolled, head, parted=mine))
    assert (heard.began, enrolled.identity.epoch) == (None, 1)


def test_an_epoch_that_is_anothers_is_left(enrolled: Desk, office: HeadOffice) -> None:
    taken = office.says(enrolled, 0, standing=Standing.TAKEN, newest_epoch=5, nonce=NONCE)
    heard = enrolled.dealings.take_acknowledgement(taken, NONCE)
    assert heard.began is Beginning.FORKED
    assert enrolled.identity.epoch == 6
    assert proof(enrolled).flaw is None


def test_what_answers_a_strangers_hello_is_no_word_to_this_till(
    enrolled: Desk, office: HeadOffice, tmp_path: Path
) -> None:
    """Anybody may say hello in a till's name, and put head office's answer on a stick."""
    word = office.says(enrolled, 0, standing=Standing.TAKEN, newest_epoch=1, nonce="a" * 32)
    with refuses(Why.NOT_AN_ACKNOWLEDGEMENT), unchanged(enrolled):
        enrolled.dealings.take_acknowledgement(word)
    (tmp_path / ack_name(enrolled.profile.till, 1)).write_bytes(word)
    with unchanged(enrolled):
        found = enrolled.dealings.take_folder(tmp_path)
    assert (found.heard, len(found.problems), enrolled.identity.epoch) == (None, 1, 1)


def test_a_key_that_a_restored_head_office_has_forgotten_begins_no_epoch(
    enrolled: Desk, office: HeadOffice
) -> None:
    first = enrolled.identity.public_key
    enrolled.dealings.rotate_key()
    enrolled.dealings.take_acknowledgement(office.says(enrolled, last(enrolled)))
    assert hello_in(enrolled.dealings.hello(NONCE)).public_key == enrolled.identity.public_key
    taken = office.says(enrolled, 0, standing=Standing.TAKEN, newest_epoch=1, nonce=NONCE)
    heard = enrolled.dealings.take_acknowledgement(taken, NONCE)
    assert (heard.began, heard.acked, enrolled.identity.epoch) == (None, 0, 1)
    # The key before is asked next, and what tells of the new one goes again.
    assert hello_in(enrolled.dealings.hello(NONCE)).public_key == first
    assert next(enrolled.outbox.runs()).first == 1
    again = office.says(enrolled, 0, standing=Standing.TAKEN, newest_epoch=1, nonce=NONCE)
    assert enrolled.dealings.take_acknowledgement(again, NONCE).began is Beginning.FORKED


def test_who_is_not_enrolled_yet_loses_nothing_of_what_is_known(
    enrolled: Desk, office: HeadOffice
) -> None:
    enrolled.dealings.take_acknowledgement(office.says(enrolled, 3))
    unknown = office.says(enrolled, 0, standing=Standing.UNKNOWN, nonce=NONCE)
    heard = enrolled.dealings.take_acknowledgement(unknown, NONCE)
    assert (heard.acked, heard.standing) == (3, Standing.UNKNOWN)


def test_hello_tells_how_far_the_till_has_come(enrolled: Desk) -> None:
    hello = hello_in(enrolled.dealings.hello(NONCE))
    assert (hello.body.head, hello.body.nonce) == (last(enrolled), NONCE)
    assert hello.public_key == enrolled.identity.public_key


def test_a_new_key_is_vouched_for_by_the_old_one(
    enrolled: Desk, office: HeadOffice, tmp_path: Path
) -> None:
    old = enrolled.identity.public_key
    enrolled.dealings.rotate_key()
    new = enrolled.identity.public_key
    assert new != old
    rotated = last(enrolled)
    ring(enrolled)
    *_, row, _sale = enrolled.store.entries()
    entry = read_entry(row.line)
    assert isinstance(entry, KeyRotated)
    said = rotation(till="TST1", epoch=1, seq=entry.seq, old=old)
    assert holds(new, bytes.fromhex(entry.body.signature), said)
    seals = [unseal(run.content) for run in enrolled.outbox.runs()]
    assert [(seal.public_key, seal.header.last) for seal in seals] == [
        (old, rotated),
        (new, last(enrolled)),
    ]
    enrolled.outbox.export(tmp_path / "stick")
    assert proof(enrolled).flaw is None
    with refuses(Why.ROTATION_PENDING):
        enrolled.dealings.rotate_key()
    assert enrolled.identity.public_key == new
    enrolled.dealings.take_acknowledgement(office.says(enrolled, last(enrolled)))
    enrolled.dealings.rotate_key()
    assert proof(enrolled).flaw is None


def test_a_key_is_changed_so_often_in_an_epoch_and_no_oftener(
    enrolled: Desk, office: HeadOffice
) -> None:
    def change() -> None:
        enrolled.dealings.rotate_key()
        enrolled.dealings.take_acknowledgement(office.says(enrolled, last(enrolled)))

    for _ in range(MOST_ROTATIONS):
        change()
    before = (enrolled.identity.public_key, last(enrolled))
    with refuses(Why.ROTATIONS_SPENT):
        enrolled.dealings.rotate_key()
    assert (enrolled.identity.public_key, last(enrolled)) == before
    ring(enrolled)
    assert list(enrolled.outbox.runs())
    enrolled.dealings.begin_epoch()
    change()
    assert enrolled.identity.public_key != before[0]


def test_a_rotated_key_that_is_gone_stops_sealing_and_not_selling(
    enrolled: Desk, folder: Path
) -> None:
    enrolled.dealings.rotate_key()
    for key in folder.glob("*.key"):
        key.unlink()
    with pytest.raises(Trouble):
        list(enrolled.outbox.runs())
    ring(enrolled)
    enrolled.dealings.begin_epoch()
    assert [unseal(run.content).header.epoch for run in enrolled.outbox.runs()] == [1, 1, 2]


def test_pausing_is_a_fact(enrolled: Desk) -> None:
    enrolled.dealings.pause(paused=True)
    assert enrolled.dealings.known().paused
    *_, row = enrolled.store.entries()
    entry = read_entry(row.line)
    assert isinstance(entry, SyncPaused)
    assert entry.body.paused == 1
    enrolled.dealings.pause(paused=False)
    assert not enrolled.dealings.known().paused


@pytest.mark.parametrize(
    "address",
    [
        "office.example",
        "http://office.example",
        "ftp://office.example",
        "https://",
        "https://user:secret@office.example",
        "https://office.example/?a=b",
        "https://office.example:99999",
        "https://สำนักงาน.example",
    ],
)
def test_what_is_no_address_is_refused(enrolled: Desk, address: str) -> None:
    with refuses(Why.SERVER_ADDRESS), unchanged(enrolled):
        enrolled.dealings.set_server(address)


def test_a_folder_is_gone_through_for_what_is_ours(
    enrolled: Desk, office: HeadOffice, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    head = last(enrolled)
    (stick / ack_name("TST1", 1)).write_bytes(office.says(enrolled, head))
    (stick / ack_name("OTHER", 1)).write_bytes(b"somebody else's affair")
    (stick / ack_name("TST1", 9)).write_bytes(b"broken")
    (stick / "holiday.jpg").write_bytes(b"\xff\xd8")
    found = enrolled.dealings.take_folder(stick)
    assert found.heard is not None
    assert found.heard.acked == head
    ((path, problem),) = found.problems
    assert path.name == ack_name("TST1", 9)
    assert isinstance(problem, Refusal)
    with pytest.raises(Trouble):
        enrolled.dealings.take_folder(tmp_path / "none")


def test_the_words_of_a_twin_are_not_ours(folder: Path, office: HeadOffice, tmp_path: Path) -> None:
    """A till and its copy, unnoticed: the word for one is held against the other's journal."""
    with opened(folder) as desk:
        office.enrol(desk)
        ring(desk)
    shutil.copytree(folder, tmp_path / "twin")
    with opened(folder) as one, opened(tmp_path / "twin") as two:
        ring(one, "TF-SCARF")
        ring(two, "TF-BASKET")
        word = office.says(one, last(one))
        heard = two.dealings.take_acknowledgement(word)
        assert heard.acked == 0


def test_a_key_changed_right_before_an_epoch_began_stays_with_its_own(
    enrolled: Desk, office: HeadOffice
) -> None:
    enrolled.dealings.rotate_key()
    enrolled.dealings.begin_epoch()
    office.enrol(enrolled)
    ring(enrolled)
    assert proof(enrolled).flaw is None
    last_seal = [unseal(run.content) for run in enrolled.outbox.runs()][-1]
    assert (last_seal.header.epoch, last_seal.public_key) == (2, enrolled.identity.public_key)


def test_a_key_that_was_compared_vouches_for_every_epoch_before(
    enrolled: Desk, office: HeadOffice
) -> None:
    """Those before may never have been enrolled, or be revoked: what they signed still waits."""
    before = enrolled.identity.public_key
    enrolled.dealings.begin_epoch()
    seals = [unseal(run.content) for run in enrolled.outbox.runs()]
    assert [seal.public_key for seal in seals] == [before, enrolled.identity.public_key]
    office.enrol(enrolled)
    seals = [unseal(run.content) for run in enrolled.outbox.runs()]
    assert [seal.header.epoch for seal in seals] == [1, 2]
    assert {seal.public_key for seal in seals} == {enrolled.identity.public_key}
