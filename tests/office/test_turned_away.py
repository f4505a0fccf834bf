"""What was not taken in for whose key it bore is not forgotten: a task, until it has come in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.office.forge import AT, Till, all_rows, key_of, saved
from tests.office.test_epochs import rung
from tests.office.test_finality import sold
from tofan_pos.app import Office
from tofan_pos.domain.errors import Why
from tofan_pos.office.finality import reasons
from tofan_pos.office.ledger import Lack, OpenPoint, share_report
from tofan_pos.office.reception import MOST_TURNED_AWAY
from tofan_pos.office.tasks import Kind, Task, settle, tasks
from tofan_pos.sentences.tasks import task_said
from tofan_pos.sync.enrolment import write_request
from tofan_pos.sync.keys import fingerprint
from tofan_pos.sync.sales import read_moment
from tofan_pos.words import Words

NOW = read_moment(AT)
Bring = Callable[..., None]


@pytest.fixture
def bring(office: Office, tmp_path: Path) -> Bring:
    """Return what brings runs of tills on a stick, all at once."""

    def bring_them(*contents: bytes) -> None:
        stick = tmp_path / "stick"
        stick.mkdir(exist_ok=True)
        for path in stick.iterdir():
            path.unlink()
        saved(stick, contents)
        office.reception.take_paths([stick])

    return bring_them


def now() -> datetime:
    return NOW


def away(office: Office) -> list[Task]:
    """Return what is open of files that were not taken in."""
    return [one for one in tasks(office.store, now=NOW) if one.kind is Kind.TURNED_AWAY]


def why(office: Office) -> list[Why | None]:
    return [one.away.why for one in away(office) if one.away is not None]


def points(office: Office) -> tuple[OpenPoint, ...]:
    return share_report(office.store, "2026-11", as_of=date(2026, 12, 2)).open_points


def test_a_strange_till_is_a_task_until_its_entries_have_come_in(
    office: Office, bring: Bring
) -> None:
    till = Till.with_sales(9)
    bring(till.file(1, 4), till.file(7, 9))
    (task,) = away(office)
    assert task.id == f"turned-away-CTW1-1-{fingerprint(till.key.public)}"
    assert (task.tills, task.epoch, task.extent) == (("CTW1",), 1, ("9",))
    assert task.away is not None
    assert (task.away.last, task.away.hash, task.away.at) == (9, till.head.hash, AT)
    assert why(office) == [Why.NOT_ENROLLED]
    # What is brought later and ends earlier takes nothing back.
    bring(till.file(2, 3))
    assert away(office) == [task]
    till.enrolled(office.store)
    assert why(office) == [None]
    bring(till.file(1, 5))
    assert why(office) == [None]
    office.reception.take(till.file(6, 9))
    assert away(office) == []


def test_the_same_stick_tells_of_the_key_and_nothing_is_turned_away(
    office: Office, till: Till, bring: Bring
) -> None:
    later = rung(till.rotate(), 2, start=50)
    bring(later.file(14), till.file(1, 13))
    assert away(office) == []


def test_what_a_later_key_vouches_for_has_come_in(office: Office, bring: Bring) -> None:
    second = rung(Till.with_sales(6).next_epoch(), 3, start=20)
    bring(second.file())
    assert len(away(office)) == 1
    third = second.next_epoch().enrolled(office.store)
    office.reception.take(replace(second, key=third.key).file())
    assert away(office) == []


def test_what_was_kept_apart_has_come_in(office: Office, till: Till, bring: Bring) -> None:
    copy = rung(till.branch(8), 4, start=500)
    mine = replace(copy, key=key_of("mine"))
    office.reception.take(till.file())
    bring(mine.file(9))
    assert why(office) == [Why.KEY_DIFFERS]
    office.reception.take(copy.file(9))
    assert away(office) == []


def test_a_branch_that_is_not_held_has_not_come_in(
    office: Office, till: Till, bring: Bring
) -> None:
    """The numbers are held, but other entries under them."""
    bring(replace(rung(till.branch(8), 2, start=500), key=key_of("copy")).file())
    office.reception.take(till.file())
    assert why(office) == [Why.KEY_DIFFERS]


def test_a_revoked_key_is_told_of_only_for_what_is_not_here(
    office: Office, till: Till, bring: Bring
) -> None:
    office.reception.take(till.file(1, 6))
    office.reception.revoke("CTW1")
    bring(till.file(1, 6))
    assert away(office) == []
    bring(till.file())
    assert why(office) == [Why.KEY_REVOKED]


def test_what_is_enrolled_and_then_revoked_says_so(office: Office, bring: Bring) -> None:
    till = Till.with_sales(3)
    bring(till.file())
    till.enrolled(office.store)
    office.reception.revoke("CTW1")
    assert why(office) == [Why.KEY_REVOKED]


def test_it_is_settled_until_it_grows(office: Office, bring: Bring) -> None:
    till = Till.with_sales(9)
    bring(till.file(1, 6))
    (task,) = away(office)
    settle(office.store, task.id, by="A", note="a till of the fair", clock=now)
    assert away(office) == []
    bring(till.file(1, 5))
    assert away(office) == []
    bring(till.file(5, 9))
    (grown,) = away(office)
    assert grown.id == task.id
    assert grown.before is not None
    assert grown.before.note == "a till of the fair"


def test_a_month_is_not_final_while_anything_is_turned_away(
    office: Office, say: Words, bring: Bring
) -> None:
    known, strange = Till().enrolled(office.store), Till("MBK2", key=key_of("strange"))
    for till in (known, strange):
        sold(till, "2026-11-30")
    office.reception.take(known.file())
    assert points(office) == ()
    bring(strange.file(), replace(strange, key=key_of("other")).file())
    report = share_report(office.store, "2026-11", as_of=date(2026, 12, 2))
    assert report.open_points == (OpenPoint(Lack.TURNED_AWAY, strangers=("MBK2",)),)
    (sentence,) = reasons(report, say)
    assert "MBK2" in sentence
    for task in away(office):
        settle(office.store, task.id, by="A", note="not ours", clock=now)
    assert points(office) == ()


def test_a_month_is_not_final_while_a_till_asks_to_be_enrolled(office: Office, say: Words) -> None:
    second = Till(epoch=2)
    office.reception.ask(write_request(second.request(), second.key))
    report = share_report(office.store, "2026-11", as_of=date(2026, 12, 2))
    assert report.open_points == (OpenPoint(Lack.ASKS_TO_BE_ENROLLED, strangers=("CTW1.2",)),)
    (sentence,) = reasons(report, say)
    assert "CTW1.2" in sentence
    office.reception.forget(second.request())
    assert points(office) == ()


def test_nobody_who_knocks_over_the_network_is_written_down(
    office: Office, office_url: str, till: Till
) -> None:
    office.reception.revoke("CTW1")
    before = all_rows(office_url)
    for content in (Till.with_sales(2, key=key_of("stranger")).file(), till.file()):
        office.reception.take(content)
    assert all_rows(office_url) == before


def test_so_many_keys_are_remembered_and_what_came_in_makes_room_first(
    office: Office, bring: Bring
) -> None:
    first = Till.with_sales(1, code="AA", key=key_of("first"))
    bring(first.file())
    strangers = [
        Till.with_sales(1, code=f"S{n}", key=key_of(f"{n}")) for n in range(MOST_TURNED_AWAY)
    ]
    first.enrolled(office.store)
    office.reception.take(first.file())
    bring(*(till.file() for till in strangers))
    assert {one.till for one in office.store.turned_away()} == {till.code for till in strangers}
    assert len(office.store.turned_away()) == MOST_TURNED_AWAY
    many = [Till.with_sales(1, code=f"M{n}", key=key_of(f"m{n}")) for n in range(220)]
    bring(*(till.file() for till in many))
    found = [one.till for one in office.store.turned_away()]
    assert len(found) == MOST_TURNED_AWAY
    assert all(code[0] in "MS" for code in found)


def test_every_reason_has_a_sentence_of_its_own(
    office: Office, say: Words, till: Till, bring: Bring
) -> None:
    one, other = (Till.with_sales(4, code=code, key=key_of(code)) for code in ("MBK2", "EMQ3"))
    revoked = Till.with_sales(4, code="PGN4", key=key_of("gone")).enrolled(office.store)
    office.reception.revoke("PGN4")
    bring(one.file(), other.file(), revoked.file(), replace(till, key=key_of("copy")).file())
    one.enrolled(office.store)
    found = away(office)
    said = [task_said(task, say) for task in found]
    assert len(said) == len({text[-40:] for text in said}) == 4
    for task, text in zip(found, said, strict=True):
        assert task.away is not None
        assert task.tills[0] in text
        assert fingerprint(task.away.public_key) in text
