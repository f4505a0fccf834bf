"""Epochs follow one another: each begins where it was enrolled to, and leads back to the last."""

from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from tests.office.forge import Till, all_rows, key_of, sale, saved
from tofan_pos.app import Office
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.office.gaps import Gap, all_gaps, gaps_of
from tofan_pos.office.intake import Outcome, Result, gaps_after
from tofan_pos.office.tasks import tasks
from tofan_pos.sync.contact import acknowledgement_in
from tofan_pos.sync.enrolment import Beginning, write_request
from tofan_pos.sync.sealed import seal


def why(result: Result) -> Why | None:
    return result.problem.why if isinstance(result.problem, Refusal) else None


def rung(till: Till, count: int, *, start: int = 1) -> Till:
    """Ring up so many sales."""
    for n in range(start, start + count):
        till.write(sale(n))
    return till


def test_an_epoch_goes_on_where_the_last_was_left(office: Office, tmp_path: Path) -> None:
    first = Till.with_sales(12).enrolled(office.store)
    second = rung(first.next_epoch(), 3, start=13).enrolled(office.store)
    # Whichever comes first.
    assert office.intake.take(second.save(tmp_path)).added == 4
    assert all_gaps(office.store) == (Gap("CTW1", 1, 1, 12),)
    assert office.intake.take(first.save(tmp_path)).added == 12
    assert all_gaps(office.store) == ()
    row = office.store.till("CTW1", 2)
    assert row is not None
    assert (row.after, row.before, row.why) == (12, 1, "restored")


def test_what_a_restored_till_had_written_is_still_expected(office: Office, tmp_path: Path) -> None:
    lost = Till.with_sales(12).enrolled(office.store)
    again = rung(lost.next_epoch(8, lost=(lost.lost(9),)), 2, start=20).enrolled(office.store)
    office.intake.take(lost.save(tmp_path, 1, 9))
    assert gaps_of(office.store, "CTW1", 1) == ()
    assert office.intake.take(again.save(tmp_path)).outcome is Outcome.IMPORTED
    assert gaps_of(office.store, "CTW1", 1) == (Gap("CTW1", 1, 10, 12, lost=True),)
    office.intake.take(lost.save(tmp_path, 10, 12))
    assert all_gaps(office.store) == ()


def test_lost_epochs_that_nobody_enrolled_are_named(office: Office, tmp_path: Path) -> None:
    first = Till.with_sales(12).enrolled(office.store)
    second = rung(first.next_epoch(8, lost=(first.lost(9),)), 3, start=20)
    third = first.next_epoch(6, epoch=3, lost=(second.lost(9), first.lost(7)))
    rung(third, 2, start=30).enrolled(office.store)
    office.intake.take(first.save(tmp_path, 1, 10))
    result = office.intake.take(third.save(tmp_path))
    unheard = Gap("CTW1", 2, 9, 12, lost=True)
    assert result.gaps == (Gap("CTW1", 1, 11, 12, lost=True), unheard)
    assert gaps_after([result]) == all_gaps(office.store)
    assert all_gaps(office.store) == (Gap("CTW1", 1, 11, 12, lost=True), unheard)
    tasks_ = {task.id: task.missing for task in tasks(office.store)}
    assert tasks_ == {"gap-CTW1-1": 2, "gap-CTW1-2": 4}
    # Whatever turns up is not missing any more: on a stick, or in the file from before.
    office.intake.take(first.save(tmp_path, 12))
    assert all_gaps(office.store) == (Gap("CTW1", 1, 11, 11, lost=True), unheard)
    office.intake.take(first.save(tmp_path, 11))
    office.intake.take(second.enrolled(office.store).save(tmp_path, 9, 12))
    assert all_gaps(office.store) == ()


@pytest.mark.parametrize(
    "lie",
    [
        {"epoch": 2},  # of itself, or of one that has not begun
        {"first": 0},
        {"first": 13, "last": 12},
    ],
)
def test_an_epoch_that_lies_of_what_was_lost_is_refused(
    office: Office, office_url: str, tmp_path: Path, lie: dict[str, int]
) -> None:
    first = Till.with_sales(12).enrolled(office.store)
    told = structs.replace(first.lost(9), **lie)
    second = rung(first.next_epoch(8, lost=(told,)), 2, start=20).enrolled(office.store)
    before = all_rows(office_url)
    assert why(office.intake.take(second.save(tmp_path))) is Why.ENTRY_CONTRADICTS
    assert all_rows(office_url) == before


def test_a_gap_is_told_by_the_last_file_of_each_epoch(office: Office, tmp_path: Path) -> None:
    first = Till.with_sales(12).enrolled(office.store)
    second = rung(first.next_epoch(), 6, start=13).enrolled(office.store)
    stranger = Till.with_sales(2, key=key_of("stranger"))
    results = [
        office.intake.take(path)
        for path in (
            first.save(tmp_path, 1, 3),
            first.save(tmp_path, 10, 12),
            first.save(tmp_path, 7, 8),
            second.save(tmp_path, 15, 16),
            second.save(tmp_path, 13, 14),
            stranger.save(tmp_path, 2, 3),
        )
    ]
    assert results[-1].outcome is Outcome.REFUSED
    assert gaps_after(results) == (Gap("CTW1", 1, 4, 6), Gap("CTW1", 1, 9, 9))
    assert gaps_after(results) == all_gaps(office.store)


def test_what_came_in_before_a_backup_was_put_back_is_not_lost(
    office: Office, tmp_path: Path
) -> None:
    first = Till.with_sales(12).enrolled(office.store)
    office.intake.take(first.save(tmp_path))
    again = rung(first.next_epoch(8, lost=(first.lost(9),)), 2, start=20).enrolled(office.store)
    office.intake.take(again.save(tmp_path))
    assert all_gaps(office.store) == ()


def test_a_branch_that_is_kept_apart_tells_what_it_lost(office: Office, tmp_path: Path) -> None:
    first = Till.with_sales(8).enrolled(office.store)
    gone = rung(first.branch(8), 4, start=9)
    # Two computers begin the second epoch; the one that people enrol is not the one that lost.
    other = rung(first.next_epoch(), 2, start=40).enrolled(office.store)
    mine = rung(first.next_epoch(6, lost=(gone.lost(7),), key=key_of("mine")), 2, start=50)
    third = rung(mine.next_epoch(epoch=3), 1, start=60).enrolled(office.store)
    for till in (first, other, third):
        assert office.intake.take(till.save(tmp_path)).outcome is Outcome.IMPORTED
    vouched = seal(mine.links[6:], till="CTW1", epoch=2, prev=mine.links[5].hash, key=third.key)
    (path,) = saved(tmp_path, [vouched])
    assert office.intake.take(path).outcome is Outcome.QUARANTINED
    assert Gap("CTW1", 1, 9, 12, lost=True) in all_gaps(office.store)


def test_a_gap_at_an_epochs_start_is_named(office: Office, tmp_path: Path) -> None:
    first = Till.with_sales(5).enrolled(office.store)
    second = rung(first.next_epoch(), 6, start=6).enrolled(office.store)
    office.intake.take(second.save(tmp_path, 9))
    assert gaps_of(office.store, "CTW1", 2) == (Gap("CTW1", 2, 6, 8),)
    # The epoch's first entry has not told what it follows: the number alone does.
    assert gaps_of(office.store, "CTW1", 1) == (Gap("CTW1", 1, 1, 5),)


@pytest.mark.parametrize(
    "lie",
    [
        {"after": 9},  # it begins later than it was enrolled to
        {"after": 11},
        {"key": key_of("else")},
    ],
)
def test_an_epoch_that_begins_otherwise_than_enrolled_is_refused(
    office: Office, office_url: str, tmp_path: Path, lie: dict[str, object]
) -> None:
    first = Till.with_sales(12).enrolled(office.store)
    second = rung(first.next_epoch(10), 3, start=20).enrolled(office.store)
    lied = rung(first.next_epoch(int(str(lie.get("after", 10))), key=key_of("else")), 3, start=20)
    signed = replace(lied, key=second.key)
    before = all_rows(office_url)
    assert why(office.intake.take(signed.save(tmp_path))) is Why.ENTRY_CONTRADICTS
    assert all_rows(office_url) == before


def test_an_epoch_that_does_not_say_it_begins_is_refused(office: Office, tmp_path: Path) -> None:
    first = Till.with_sales(4).enrolled(office.store)
    second = first.next_epoch().enrolled(office.store)
    mute = replace(second, links=first.links[:4])
    assert why(office.intake.take(rung(mute, 3).save(tmp_path))) is Why.ENTRY_CONTRADICTS


def test_an_opening_stands_nowhere_else(office: Office, tmp_path: Path) -> None:
    first = Till.with_sales(4).enrolled(office.store)
    second = rung(first.next_epoch().enrolled(office.store), 2)
    second._open()  # noqa: SLF001 - what no honest till does
    assert why(office.intake.take(second.save(tmp_path))) is Why.ENTRY_CONTRADICTS
    # Alone in a file it still is not where its epoch began.
    assert why(office.intake.take(second.save(tmp_path, 8))) is Why.ENTRY_CONTRADICTS


def test_the_tail_of_an_epoch_whose_key_was_lost_still_arrives(
    office: Office, tmp_path: Path
) -> None:
    first = Till.with_sales(12).enrolled(office.store)
    office.intake.take(first.save(tmp_path, 1, 4))
    second = first.next_epoch(why=Beginning.KEY_LOST)
    tail = replace(first, key=second.key)
    assert why(office.intake.take(tail.save(tmp_path, 5))) is Why.KEY_DIFFERS
    second.enrolled(office.store)
    assert office.intake.take(tail.save(tmp_path, 5)).added == 8
    assert office.intake.take(second.save(tmp_path)).added == 1
    assert all_gaps(office.store) == ()


def test_an_epoch_that_nobody_enrolled_arrives_on_a_later_ones_word(
    office: Office, tmp_path: Path
) -> None:
    first = Till.with_sales(5)
    second = rung(first.next_epoch(), 2, start=6)
    third = rung(second.next_epoch(why=Beginning.KEY_LOST), 2, start=8).enrolled(office.store)
    two = replace(second, key=third.key)
    # Not before it has said who it is.
    assert why(office.intake.take(two.save(tmp_path, 7))) is Why.NOT_ENROLLED
    assert office.intake.take(two.save(tmp_path)).added == 3
    assert office.intake.take(third.save(tmp_path)).added == 3
    # Its own key is trusted only once people have compared it.
    assert why(office.intake.take(second.save(tmp_path))) is Why.NOT_ENROLLED
    row = office.store.till("CTW1", 2)
    assert row is not None
    assert (row.standing, row.after, row.install_id) == ("unknown", 5, second.install_id)
    second.enrolled(office.store)
    assert office.intake.take(second.save(tmp_path)).outcome is Outcome.ALREADY_THERE


def a_liar_names_the_key_of(honest: Till, office: Office) -> Till:
    """Return a till that has another till's key for one of its own earlier epochs' keys."""
    liar = Till("EVL1", key=key_of("liar"))
    rung(liar, 2)
    second = liar.next_epoch(key=honest.key)
    third = rung(second, 1, start=3).next_epoch().enrolled(office.store)
    vouched = replace(second, key=third.key)
    result = office.reception.take(vouched.file()).result
    assert result.outcome is Outcome.IMPORTED
    return vouched


def test_a_key_that_another_till_only_told_of_is_its_owners(office: Office, tmp_path: Path) -> None:
    honest = Till.with_sales(3)
    liar = a_liar_names_the_key_of(honest, office)
    assert acknowledgement_in(office.reception.hello(honest.hello())).body.standing == "unknown"
    assert office.reception.ask(write_request(honest.request(), honest.key)) is None
    office.reception.enrol(*office.reception.pending())
    assert office.intake.take(honest.save(tmp_path)).added == 3
    assert acknowledgement_in(office.reception.hello(honest.hello())).body.standing == "trusted"
    # The epoch that it was told of goes on as it did, and still is what it began as.
    rung(liar, 1, start=4)
    assert office.intake.take(liar.save(tmp_path)).added == 1
    row = office.store.till("EVL1", 2)
    assert row is not None
    assert (row.standing, row.began_with(honest.key.public)) == ("unknown", True)


def test_a_key_told_of_by_a_till_that_is_revoked_is_its_owners_too(
    office: Office, tmp_path: Path
) -> None:
    honest = Till.with_sales(3)
    a_liar_names_the_key_of(honest, office)
    for _ in range(2):
        office.reception.revoke("EVL1")
    row = office.store.till("EVL1", 2)
    assert row is not None
    assert row.began_with(honest.key.public)
    honest.enrolled(office.store)
    assert office.intake.take(honest.save(tmp_path)).added == 3


def test_a_till_may_take_a_key_that_another_told_of(office: Office, tmp_path: Path) -> None:
    honest = Till.with_sales(3).enrolled(office.store)
    rotated = honest.rotate("next")
    a_liar_names_the_key_of(rotated, office)
    assert office.intake.take(honest.save(tmp_path)).added == 4
    rung(rotated, 1, start=4)
    assert office.intake.take(rotated.save(tmp_path, 5)).added == 1


def test_two_tills_may_be_told_of_with_one_key(office: Office, tmp_path: Path) -> None:
    first = Till.with_sales(5)
    second = rung(first.next_epoch(), 2, start=6)
    a_liar_names_the_key_of(second, office)
    third = rung(second.next_epoch(), 2, start=8).enrolled(office.store)
    two = replace(second, key=third.key)
    assert office.intake.take(two.save(tmp_path)).added == 3
    # People compare it after all: then it is nobody else's.
    second.enrolled(office.store)
    assert office.intake.take(second.save(tmp_path)).outcome is Outcome.ALREADY_THERE
    row = office.store.till("CTW1", 2)
    assert row is not None
    assert (row.standing, row.public_key) == ("trusted", second.key.public)


def test_a_key_that_is_trusted_is_told_of_in_vain(office: Office, tmp_path: Path) -> None:
    honest = Till.with_sales(3).enrolled(office.store)
    liar = Till("EVL1", key=key_of("liar"))
    second = rung(liar, 2).next_epoch(key=honest.key)
    third = second.next_epoch().enrolled(office.store)
    told = office.intake.take(replace(second, key=third.key).save(tmp_path))
    assert why(told) is Why.ENTRY_CONTRADICTS
    assert office.intake.take(honest.save(tmp_path)).added == 3


def test_an_earlier_key_says_nothing_for_a_later_epoch(office: Office, tmp_path: Path) -> None:
    first = Till.with_sales(5).enrolled(office.store)
    second = rung(first.next_epoch(), 2, start=6).enrolled(office.store)
    forged = replace(second, key=first.key)
    assert why(office.intake.take(forged.save(tmp_path))) is Why.KEY_DIFFERS


def test_two_tills_that_began_the_same_epoch_are_two_branches(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    """One copy was enrolled as epoch 2; the other learned that and went on as epoch 3."""
    first = Till.with_sales(10).enrolled(office.store)
    office.intake.take(first.save(tmp_path))
    one = rung(first.next_epoch(8, key=key_of("one")), 2, start=20).enrolled(office.store)
    other = rung(first.next_epoch(6, key=key_of("other")), 3, start=30)
    third = rung(other.next_epoch(), 2, start=40).enrolled(office.store)
    vouched = replace(other, key=third.key)
    kept = office.intake.take(vouched.save(tmp_path))
    assert (kept.outcome, why(kept)) == (Outcome.QUARANTINED, Why.FORKED)
    assert kept.apart is not None
    assert (kept.apart.sales, kept.apart.total) == (3, 3 * 107_00)
    assert office.intake.take(one.save(tmp_path)).added == 3
    assert office.intake.take(third.save(tmp_path)).added == 3
    assert [row[2] for row in all_rows(office_url)["entry"] if row[1] == 2] == [9, 10, 11]
