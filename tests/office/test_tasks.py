"""What a person has to look into: found once, settled with a note, and back only if it grows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from msgspec import structs

from tests.office.forge import AT, Part, Till, key_of, refund, sale
from tests.office.test_epochs import rung
from tofan_pos.app import Office
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.office.gaps import Gap
from tofan_pos.office.tasks import Kind, Task, has_grown, settle, tasks
from tofan_pos.office.tills import tills
from tofan_pos.sentences.tasks import task_said
from tofan_pos.store.office_settled import Settlement
from tofan_pos.sync.contact import Standing
from tofan_pos.sync.documents import SaleBody, TenderBody
from tofan_pos.sync.enrolment import Beginning
from tofan_pos.sync.events import CatalogueBody
from tofan_pos.sync.sales import read_moment
from tofan_pos.words import Words

NOW = read_moment(AT)
Clock = Callable[[], datetime]


def at_noon() -> datetime:
    return NOW


def found(office: Office, *, after: timedelta = timedelta()) -> dict[str, Task]:
    return {task.id: task for task in tasks(office.store, now=NOW + after)}


def done(office: Office, task: str, note: str = "looked into") -> None:
    settle(office.store, task, by="A. Auditor", note=note, clock=at_noon)


def test_there_is_nothing_where_all_is_well(office: Office, till: Till) -> None:
    office.reception.take(till.file())
    assert tasks(office.store, now=NOW) == ()


def test_a_fork_is_a_task_until_it_is_settled_and_again_when_it_grows(
    office: Office, till: Till
) -> None:
    copy = rung(till.branch(8), 6, start=500)
    office.reception.take(till.file())
    office.reception.take(copy.file(9, 11))
    (task,) = found(office).values()
    assert (task.id, task.kind, task.tills) == ("fork-CTW1-1-9", Kind.FORK, ("CTW1",))
    assert (task.sales, task.total) == (3, 3 * 107_00)
    done(office, task.id, "the stick of the spare till")
    assert found(office) == {}
    # The same again is no more than it was.
    office.reception.take(copy.file(9, 10))
    assert found(office) == {}
    office.reception.take(copy.file(12))
    (grown,) = found(office).values()
    assert (grown.id, grown.sales) == (task.id, 6)
    assert grown.before is not None
    assert (grown.before.by, grown.before.note) == ("A. Auditor", "the stick of the spare till")
    done(office, task.id)
    assert found(office) == {}


def test_a_gap_is_a_task_that_may_shrink_but_not_grow(office: Office, till: Till) -> None:
    office.reception.take(till.file(1, 2))
    office.reception.take(till.file(8, 9))
    (task,) = found(office).values()
    assert (task.id, task.kind, task.gaps) == ("gap-CTW1-1", Kind.GAP, (Gap("CTW1", 1, 3, 7),))
    done(office, task.id)
    office.reception.take(till.file(4, 5))
    assert found(office) == {}
    office.reception.take(till.file(12))
    (grown,) = found(office).values()
    assert (grown.id, grown.missing) == ("gap-CTW1-1", 5)
    office.reception.retire("CTW1")
    assert found(office) == {}


def unique(till: Till, n: int) -> SaleBody:
    body = sale(n, Part(quantity=1))
    line = structs.replace(body.lines[0], code="TF-DISH", unique=1)
    return till.write(structs.replace(body, lines=(line,)))


def at_odds(office: Office) -> Till:
    """Have two tills sell a piece, take a voucher and take a sale back; return the second one."""
    one = Till().enrolled(office.store)
    other = Till("MBK2", key=key_of("other")).enrolled(office.store)
    for till in (one, other):
        unique(till, 1)
        body = sale(2)
        paid = (TenderBody(amount=body.total, code="GIFT", kind="voucher", reference="A-1"),)
        till.write(structs.replace(body, tenders=paid))
    sold = one.write(sale(3))
    for till in (one, other):
        till.write(refund(1, sold))
        office.reception.take(till.file())
    return other


def test_tills_at_odds_are_tasks(office: Office) -> None:
    other = at_odds(office)
    now = found(office)
    assert set(now) == {
        "sold-twice-TF-DISH",
        "voucher-twice-GIFT-A-1",
        "returned-twice-CTW1-V000003",
    }
    assert {task.kind for task in now.values()} == {
        Kind.SOLD_TWICE,
        Kind.VOUCHER_TWICE,
        Kind.RETURNED_TWICE,
    }
    assert {task.tills for task in now.values()} == {("CTW1", "MBK2")}
    done(office, "sold-twice-TF-DISH")
    assert "sold-twice-TF-DISH" not in found(office)
    unique(other, 9)
    office.reception.take(other.file())
    assert found(office)["sold-twice-TF-DISH"].before is not None


def test_a_till_that_is_silent_for_a_day_is_a_task(office: Office, till: Till) -> None:
    day = timedelta(hours=24)
    assert found(office, after=day) == {}
    (never,) = found(office, after=day + timedelta(seconds=1)).values()
    assert (never.id, never.kind, never.heard) == ("silent-CTW1-1", Kind.SILENT, None)
    office.reception.hello(till.hello())
    (task,) = found(office, after=2 * day).values()
    assert task.heard == NOW
    settle(office.store, task.id, by="S", note="closed for repairs", clock=lambda: NOW + 2 * day)
    assert found(office, after=3 * day) == {}
    office.reception.take(till.file())
    # An epoch that was left need not be heard of; nobody who does not know the time can tell.
    till.next_epoch().enrolled(office.store)
    assert set(found(office, after=3 * day)) == {"silent-CTW1-2"}
    assert tasks(office.store) == ()
    for verb in (office.reception.retire, office.reception.revoke):
        verb("CTW1", 2)
        assert found(office, after=3 * day) == {}


@pytest.mark.parametrize(("by", "note"), [("", "x"), ("S", " ")])
def test_who_and_why_are_asked(office: Office, till: Till, by: str, note: str) -> None:
    office.reception.take(till.file(3))
    with pytest.raises(Refusal) as refused:
        settle(office.store, "gap-CTW1-1", by=by, note=note, clock=at_noon)
    assert refused.value.why is Why.REASON_MISSING
    done(office, "gap-CTW1-1")
    for gone in ("gap-CTW1-1", "gap-XXX9-1", ""):
        with pytest.raises(Refusal) as refused:
            done(office, gone)
        assert refused.value.why is Why.NO_SUCH_TASK


def test_what_was_settled_in_pieces_has_not_grown_in_one() -> None:
    """The same entries are missing, though they are told as one run or as two."""
    settled = Settlement("gap-CTW1-1", AT, "A", "gone", ("3-5", "6-9"))
    task = Task(
        id="gap-CTW1-1",
        kind=Kind.GAP,
        tills=("CTW1",),
        extent=("4-9",),
        epoch=1,
        gaps=(Gap("CTW1", 1, 4, 9),),
    )
    assert not has_grown(task, settled)
    assert has_grown(replace(task, gaps=(Gap("CTW1", 1, 4, 10),)), settled)


def test_every_task_has_a_sentence(office: Office, say: Words, till: Till) -> None:
    copy = rung(till.branch(8), 2, start=500)
    for file in (till.file(1, 4), till.file(7), copy.file()):
        office.reception.take(file)
    said = [task_said(task, say) for task in tasks(office.store, now=NOW + timedelta(days=9))]
    assert len(said) == len(set(said)) == 3
    assert all("CTW1" in sentence and "{" not in sentence for sentence in said)


def test_tasks_of_tills_at_odds_name_a_sum_and_what_to_do(office: Office, say: Words) -> None:
    at_odds(office)
    said = [task_said(task, say) for task in found(office).values()]
    assert len(said) == 3
    assert all("฿214.00" in text and "tofan-office conflicts" in text for text in said)


def test_tills_are_told_of_by_epoch(office: Office, till: Till) -> None:
    gone = rung(till.branch(len(till.links)), 14 - len(till.links), start=80)
    second = rung(till.next_epoch(10, lost=(gone.lost(11),), why=Beginning.RESTORED), 2, start=40)
    second.enrolled(office.store)
    copy = rung(till.branch(8), 2, start=500)
    for file in (till.file(1, 4), till.file(9, 12), copy.file(7), second.file()):
        office.reception.take(file)
    office.reception.hello(second.hello(catalogue=7))
    one, two = tills(office.store, now=NOW + timedelta(days=2))
    assert (one.till, one.epoch, one.newest, one.silent) == ("CTW1", 1, False, False)
    assert (one.head, one.missing) == (4, 6)
    assert one.gaps == (Gap("CTW1", 1, 5, 8), Gap("CTW1", 1, 13, 14, lost=True))
    assert [(run.first, run.last) for run in one.apart] == [(7, 10)]
    assert (two.epoch, two.newest, two.silent, two.why) == (2, True, True, Beginning.RESTORED)
    assert (two.fingerprint, two.standing) == (second.request().fingerprint, Standing.TRUSTED)
    assert (two.head, two.told, two.heard, two.catalogue) == (4, 13, NOW, 7)
    assert (two.program, two.after) == ("0.3.0", 10)
    # A stick tells of its catalogue too, and an older one of no older catalogue.
    for version in (9, 8):
        second.write(CatalogueBody(products=1, sha256="0" * 64, version=version))
        office.reception.take(second.file(second.head.seq))
        assert [one.catalogue for one in tills(office.store, now=NOW)] == [0, 9]
    rotated = second.rotate()
    office.reception.take(second.file(16))
    assert tills(office.store, now=NOW)[1].fingerprint == rotated.request().fingerprint
