"""Head office's reception: hello, files, requests and catalogues, and what is said to each."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.office.forge import AT, Till, all_rows, key_of
from tests.office.test_epochs import rung
from tofan_pos import app
from tofan_pos.app import Office
from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.office.enrolment import MOST_SENT
from tofan_pos.office.intake import Outcome
from tofan_pos.office.reception import Taken
from tofan_pos.store.office_published import Publication
from tofan_pos.sync.chain import GENESIS
from tofan_pos.sync.contact import AcknowledgementBody, RunBody, Standing, acknowledgement_in
from tofan_pos.sync.enrolment import FILE_NAME, Request, grant_in, write_request
from tofan_pos.sync.sales import read_moment, write_moment


def said(office: Office, content: bytes) -> AcknowledgementBody:
    """Return what a letter says, once it is known to be this head office's."""
    letter = acknowledgement_in(content)
    assert letter.office_key == office.key().public
    return letter.body


def told(office: Office, till: Till, **changes: Any) -> AcknowledgementBody:
    """Return head office's answer to a till's hello."""
    return said(office, office.reception.hello(till.hello(**changes)))


def letter_of(taken: Taken) -> bytes:
    assert taken.letter is not None
    return taken.letter


def test_a_hello_is_answered_with_how_far_the_till_is_held(office: Office, till: Till) -> None:
    before = told(office, till, nonce="ab" * 16, head=3)
    assert (before.head, before.hash, before.nonce) == (0, GENESIS.hex(), "ab" * 16)
    office.reception.take(till.file(1, 4))
    office.reception.take(till.file(7, 8))
    office.reception.take(till.file(11))
    now = told(office, till)
    assert (now.till, now.epoch, now.head, now.hash) == ("CTW1", 1, 4, till.links[3].hash.hex())
    assert now.missing == (RunBody(5, 6), RunBody(9, 10))
    assert (now.standing, now.parted, now.newest_epoch) == (Standing.TRUSTED, None, 1)
    assert now.at == AT
    row = office.store.till("CTW1", 1)
    assert row is not None
    assert (row.heard_at, row.told_head, row.program) == (AT, 12, "0.3.0")


def test_a_file_is_answered_for_its_own_epoch(office: Office, till: Till) -> None:
    taken = office.reception.take(till.file(), "x.tofan")
    assert (taken.result.outcome, taken.result.path.name) == (Outcome.IMPORTED, "x.tofan")
    body = said(office, letter_of(taken))
    assert (body.head, body.hash, body.nonce) == (12, till.head.hash.hex(), "")
    again = office.reception.take(till.file())
    assert again.result.outcome is Outcome.ALREADY_THERE
    assert said(office, letter_of(again)).head == 12
    assert office.reception.take(b"nonsense").letter is None
    assert office.reception.take(Till.with_sales(1, code="MBK2").file()).letter is None


def test_a_till_that_only_sends_sticks_is_heard_by_them(office: Office, till: Till) -> None:
    def heard() -> str:
        row = office.store.till("CTW1", 1)
        assert row is not None
        return row.heard_at

    assert not heard()
    office.reception.take(till.file())
    assert heard() == AT


def test_serials_only_grow_also_after_the_clock_went_back(office_url: str, office: Office) -> None:
    till = Till.with_sales(3).enrolled(office.store)
    serials = [told(office, till).serial for _ in range(3)]
    serials.append(said(office, letter_of(office.reception.take(till.file()))).serial)
    yesterday = read_moment(AT) - timedelta(days=1)
    early = app.build_office(office_url, clock=lambda: yesterday)
    serials.append(told(early, till).serial)
    early.store.close()
    assert serials == sorted(set(serials))
    assert serials[0] == int(read_moment(AT).timestamp() * 1000)


def test_a_stranger_is_told_that_nobody_knows_it(office: Office, office_url: str) -> None:
    before = all_rows(office_url)
    office.key()
    body = told(office, Till.with_sales(3))
    assert (body.standing, body.head, body.newest_epoch) == (Standing.UNKNOWN, 0, 0)
    assert {name: rows for name, rows in all_rows(office_url).items() if name != "desk"} == {
        name: rows for name, rows in before.items() if name != "desk"
    }


def test_a_copy_is_told_that_its_epoch_is_taken(office: Office, till: Till) -> None:
    office.reception.take(till.file())
    mine = till.next_epoch(key=key_of("mine")).enrolled(office.store)
    office.reception.take(mine.file())
    copy = till.next_epoch(10, key=key_of("copy"))
    body = told(office, copy)
    assert (body.standing, body.head, body.newest_epoch) == (Standing.TAKEN, 0, 2)
    # No till can make another's epoch look taken, or say hello in its name.
    stranger = Till("MBK2", key=key_of("stranger")).enrolled(office.store)
    assert told(office, replace(till, key=stranger.key)).standing is Standing.TAKEN
    assert told(office, mine).standing is Standing.TRUSTED


def test_a_later_epoch_is_answered_through_the_earlier_ones(office: Office, till: Till) -> None:
    second = rung(till.next_epoch(9), 2, start=20).enrolled(office.store)
    third = rung(second.next_epoch(), 2, start=30).enrolled(office.store)
    office.reception.take(third.file())
    assert (told(office, third).head, told(office, third).missing) == (0, (RunBody(1, 12),))
    office.reception.take(till.file(1, 5))
    body = told(office, third)
    assert (body.head, body.hash) == (5, till.links[4].hash.hex())
    assert body.missing == (RunBody(6, 12),)
    office.reception.take(second.file())
    assert told(office, third).missing == (RunBody(6, 9),)
    # What the first epoch wrote beyond where it was left is of another branch.
    office.reception.take(till.file(6))
    body = told(office, third)
    assert (body.head, body.hash, body.missing) == (15, third.head.hash.hex(), ())
    assert body.newest_epoch == 3
    assert (told(office, till).head, told(office, second).head) == (12, 12)


def test_a_till_on_another_branch_learns_where_it_parted(office: Office, till: Till) -> None:
    copy = rung(till.branch(8), 3, start=100)
    office.reception.take(till.file())
    # It has not even sent: what it says of its own end is enough.
    body = told(office, copy)
    assert body.parted is not None
    assert (body.parted.seq, body.parted.hash) == (11, till.links[10].hash.hex())
    letter = said(office, letter_of(office.reception.take(copy.file())))
    assert letter.parted is not None
    assert (letter.parted.seq, letter.parted.hash) == (9, till.links[8].hash.hex())
    assert letter.head == 12
    # The till that is held finds its own entry there.
    rung(copy, 3, start=200)
    rung(till, 5, start=13)
    mine, other = told(office, till), told(office, copy)
    assert mine.parted == letter.parted
    assert other.parted is not None
    assert other.parted.seq in {9, 14}


def test_a_revoked_till_is_told_so_and_a_retired_one_too(office: Office, till: Till) -> None:
    office.reception.take(till.file(1, 6))
    office.reception.retire("CTW1")
    assert told(office, till).standing is Standing.RETIRED
    assert office.reception.take(till.file(7, 9)).result.added == 3
    office.reception.revoke("CTW1", 1)
    body = told(office, till)
    assert (body.standing, body.head, body.catalogue) == (Standing.REVOKED, 9, 0)
    refused = office.reception.take(till.file(10))
    assert isinstance(refused.result.problem, Refusal)
    assert refused.result.problem.why is Why.KEY_REVOKED
    for verb in (office.reception.revoke, office.reception.retire):
        with pytest.raises(Refusal) as missing:
            verb("MBK2")
        assert missing.value.why is Why.NO_SUCH_TILL


def test_what_is_no_hello_is_refused(office: Office, till: Till) -> None:
    for content in (b"", b"{}", till.hello()[:-2], till.file(), b"x" * 100_000):
        for ask in (office.reception.hello, office.reception.newest_for):
            with pytest.raises(Refusal) as refused:
                ask(content)
            assert refused.value.why is Why.NOT_A_HELLO


# --- requests -----------------------------------------------------------------------------------


def asked(office: Office, till: Till, request: Request | None = None) -> bytes | None:
    return office.reception.ask(write_request(request or till.request(), till.key))


def test_a_request_waits_for_a_person_and_is_then_granted(office: Office, office_url: str) -> None:
    till = Till.with_sales(3)
    office.identity.desk()
    office.store.name_desk(name="สำนักงานใหญ่", server="https://office.example")
    assert asked(office, till) is None
    assert asked(office, till) is None
    assert office.reception.pending() == [till.request()]
    content = office.reception.enrol(till.request())
    assert office.reception.pending() == []
    assert asked(office, till) == content
    grant = grant_in(content)
    assert grant.office_key == office.key().public
    assert (grant.body.till, grant.body.epoch, grant.body.at) == ("CTW1", 1, AT)
    assert bytes.fromhex(grant.body.till_key) == till.key.public
    assert (grant.body.office, grant.body.server) == ("สำนักงานใหญ่", "https://office.example")
    # The same head office, opened anew, is the same to its tills.
    anew = app.build_office(office_url)
    assert anew.key() == office.key()
    anew.store.close()


def is_turned_away(office: Office, till: Till, why: Why) -> None:
    """Have a till ask, then people enrol it all the same: both are refused."""
    with pytest.raises(Refusal) as refused:
        asked(office, till)
    assert refused.value.why is why
    with pytest.raises(Refusal) as refused:
        office.reception.enrol(till.request())
    assert refused.value.why is why


def test_a_request_that_contradicts_is_refused(office: Office, till: Till) -> None:
    second = till.next_epoch().enrolled(office.store)
    for stranger in (
        replace(till, key=key_of("stranger")),  # another key for the same epoch
        replace(till, code="MBK2"),  # the same key for another till
        replace(second, after=10, links=second.links),  # the epoch, begun elsewhere
    ):
        is_turned_away(office, stranger, Why.ALREADY_ENROLLED)
    office.reception.revoke("CTW1", 2)
    is_turned_away(office, second, Why.KEY_REVOKED)
    with pytest.raises(Refusal) as refused:
        office.reception.ask(b"{}")
    assert refused.value.why is Why.NOT_AN_ENROLMENT
    assert office.reception.pending() == []


def asks(office: Office, till: Till, *, at: int = 0, most: int = 3, since: int = 0) -> bool:
    """Ask in the till's name, straight into the store; tell whether it was kept."""
    return office.store.add_request(
        till.key.public,
        till=till.code,
        epoch=till.epoch,
        at=f"2026-11-22T03:04:{at:02}Z",
        content=write_request(till.request(), till.key),
        most=most,
        since=f"2026-11-22T03:04:{since:02}Z",
    )


def waiting(office: Office) -> list[str]:
    return [request.till for request in office.reception.pending()]


def test_so_many_requests_wait_and_whoever_came_first_stays(office: Office) -> None:
    tills = [Till(f"T{n}", key=key_of(f"{n}")) for n in range(5)]
    assert [asks(office, till, at=n) for n, till in enumerate(tills[:4])] == [True] * 3 + [False]
    assert waiting(office) == ["T0", "T1", "T2"]
    # Who waits already may ask again, however full it is.
    assert asks(office, tills[0], at=5)
    assert waiting(office) == ["T1", "T2", "T0"]
    office.reception.forget(tills[1].request())
    assert asks(office, tills[4], at=6)
    assert waiting(office) == ["T2", "T0", "T4"]


def test_requests_that_nobody_asked_again_for_are_forgotten(office: Office) -> None:
    tills = [Till(f"T{n}", key=key_of(f"{n}")) for n in range(4)]
    for n, till in enumerate(tills[:3]):
        asks(office, till, at=n)
    asks(office, tills[0], at=5)
    assert asks(office, tills[3], at=6, since=2)
    assert waiting(office) == ["T2", "T0", "T3"]


def test_nobody_keeps_out_who_brings_a_request_by_asking_much(
    office: Office, tmp_path: Path
) -> None:
    now = write_moment(office.reception.clock())
    for n in range(MOST_SENT):
        assert office.store.add_request(
            n.to_bytes(32),
            till="FULL",
            epoch=n + 1,
            at=now,
            content=write_request(Till("FULL").request(), key_of("honest")),
            most=MOST_SENT,
        )
    till = Till()
    content = write_request(till.request(), till.key)
    with pytest.raises(Trouble) as put_off:
        office.reception.ask(content, MOST_SENT)
    assert put_off.value.ailment is Ailment.SERVER_BUSY
    (tmp_path / FILE_NAME).write_bytes(content)
    office.reception.take_paths([tmp_path])
    assert "CTW1" in waiting(office)
    assert len(waiting(office)) == MOST_SENT + 1
    assert office.reception.ask(content, 0) is None, "it waits already"


def test_a_till_that_is_trusted_is_answered_however_many_wait(office: Office, till: Till) -> None:
    assert office.reception.ask(write_request(till.request(), till.key), 0)


# --- catalogues ---------------------------------------------------------------------------------


def test_the_newest_catalogue_is_for_tills_that_are_trusted(office: Office, till: Till) -> None:
    assert office.reception.newest_for(till.hello()) is None
    for version in (1, 2):
        office.store.add_publication(
            Publication(
                version=version, at=AT, sha256="0" * 64, products=1, content=b"%d" % version
            )
        )
    newest = office.reception.newest_for(till.hello(catalogue=1))
    assert newest is not None
    assert (newest.version, newest.content) == (2, b"2")
    assert office.reception.newest_for(till.hello(catalogue=2)) is None
    assert told(office, till).catalogue == 2
    with pytest.raises(Refusal) as refused:
        office.reception.newest_for(replace(till, key=key_of("stranger")).hello())
    assert refused.value.why is Why.NOT_ENROLLED
    office.reception.retire("CTW1")
    # Who sells no more is given nothing that proves anybody's PIN.
    assert office.reception.newest_for(till.hello()) is None
    assert told(office, till).catalogue == 0
    office.reception.revoke("CTW1")
    with pytest.raises(Refusal) as refused:
        office.reception.newest_for(till.hello())
    assert refused.value.why is Why.KEY_REVOKED


# --- what it costs, and many at once ------------------------------------------------------------


def test_a_refused_file_costs_a_couple_of_statements(office: Office, till: Till) -> None:
    office.reception.take(till.file(1, 6))
    statements: list[str] = []

    def note(*facts: object) -> None:
        statement = str(facts[2])
        if not statement.startswith(("BEGIN", "PRAGMA")):
            statements.append(statement)

    sa.event.listen(office.store._engine, "before_cursor_execute", note)  # noqa: SLF001
    stranger = replace(till, key=key_of("stranger"))
    for content, most in (
        (stranger.file(), 2),
        (Till.with_sales(2, code="MBK2", key=key_of("other")).file(), 2),
        (till.file()[:-1], 0),
        (b"nonsense", 0),
        (till.file(2, 3), 8),
    ):
        statements.clear()
        office.intake.take_bytes(content, Path("-"))
        assert len(statements) <= most, statements


def test_many_threads_bring_the_same_tills_files(office: Office, office_url: str) -> None:
    office.key()
    tills = [
        Till.with_sales(24, code=f"T{n}", key=key_of(f"{n}")).enrolled(office.store)
        for n in range(4)
    ]
    copies = [rung(till.branch(20), 6, start=500) for till in tills]
    files = [till.file(at, min(at + 4, 24)) for till in tills for at in range(1, 25, 3)]
    files += [copy.file(21) for copy in copies]
    chance = random.Random(3)

    def bring(seed: int) -> list[Outcome]:
        mine = files.copy()
        random.Random(seed).shuffle(mine)
        outcomes = []
        for content in mine:
            outcomes.append(office.reception.take(content).result.outcome)
            acknowledgement_in(office.reception.hello(chance.choice(tills).hello()))
        return outcomes

    with ThreadPoolExecutor(4) as pool:
        found = [outcome for some in pool.map(bring, range(4)) for outcome in some]
    assert Outcome.REFUSED not in found
    for till in tills:
        body = told(office, till)
        held = {row[2] for row in all_rows(office_url)["entry"] if row[0] == till.code}
        if body.parted is None or body.parted.hash == till.links[20].hash.hex():
            assert held == set(range(1, 25))
    documents = [row[3] for row in all_rows(office_url)["sale"]]
    assert len(documents) == len(set(documents))
