"""What a version changes: every single thing, and nothing only where all of it is the same."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from enum import Enum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sync.goods import DISH, SCARF, WHOLE
from tofan_pos import resources
from tofan_pos.domain.catalogue import KnownTill, ProducerGroup, Product, SharePolicy, Text
from tofan_pos.domain.changes import (
    UNTIL,
    Altered,
    Changes,
    DatedChange,
    Issue,
    Otherwise,
    Repriced,
    Ruled,
)
from tofan_pos.domain.comparing import compare
from tofan_pos.domain.people import Staff
from tofan_pos.domain.promotion import Promotion, PromotionKind, Scope
from tofan_pos.domain.published import LEASE_DAYS, Catalogue, leased
from tofan_pos.domain.rules import DatedPolicy, DatedPrice, Head, Rules
from tofan_pos.domain.tax import TaxRate
from tofan_pos.sentences import changes as wording
from tofan_pos.sentences.changes import changes_told, lowered_told
from tofan_pos.sentences.things import group_said, head_said, promotion_said, tender_said
from tofan_pos.words import Words

DAY = date(2026, 11, 22)
NEW_YEAR = date(2027, 1, 1)
FULL = replace(
    WHOLE,
    products=(
        *WHOLE.products,
        *(replace(DISH, code=f"TF-{n}", group="G1", price=n * 100, active=True) for n in (1, 2)),
    ),
    promotions=(
        *WHOLE.promotions,
        Promotion(
            code="BIG",
            name=Text("บิลใหญ่"),
            kind=PromotionKind.AMOUNT,
            value=50_00,
            scope=Scope.BASKET,
            least=1_000_00,
            mall="ทดสอบ",
            until=date(2026, 12, 31),
        ),
    ),
    rules=replace(
        WHOLE.rules,
        policies=(
            DatedPolicy(date(2026, 6, 1), SharePolicy()),
            *WHOLE.rules.policies,
        ),
    ),
)
"""More of all kinds, so that there is something to leave out and to put in another order."""


@pytest.fixture(params=["th", "en"])
def say(request: pytest.FixtureRequest) -> Words:
    return resources.words(request.param)


def changed(now: Catalogue, before: Catalogue = FULL, day: date = DAY) -> Changes:
    return compare(Issue(1, DAY, before), Issue(2, day, now))


def others(value: Any) -> Iterator[Any]:
    """Yield values of the kind that one is of, and other than it."""
    match value:
        case Enum():
            yield from (one for one in type(value) if one is not value)
        case bool():
            yield not value
        case int():
            yield value + 1
        case "brand" | "mall" | "shared":
            yield from {"brand", "mall", "shared"} - {value}
        case str():
            yield f"{value}ก"
        case bytes():
            yield value[:-1] + b"!"
        case Text(th=th, en=en):
            yield Text(f"{th}ก", en)
            yield Text(th, f"{en}x")
        case date():
            yield value + timedelta(days=3)


def single_changes(value: Any) -> Iterator[Any]:
    """Yield a catalogue, or a part of one, with each single thing of it changed in turn."""
    if isinstance(value, tuple):
        for at, one in enumerate(value):
            rest, more = value[:at], value[at + 1 :]
            yield (*rest, *more)
            yield from ((*rest, each, *more) for each in single_changes(one))
            if more:
                yield (*rest, more[0], one, *more[1:])
    elif is_dataclass(value) and not isinstance(value, Text):
        for one in fields(value):
            had = getattr(value, one.name)
            new = single_changes(had) if had is not None else nothing_before(one.name)
            yield from (replace(value, **{one.name: each}) for each in new)  # type: ignore[type-var]
            if one.name in {"story", "since", "until", "staff"} and had is not None:
                yield from without(value, one.name)
    else:
        yield from others(value)


def nothing_before(name: str) -> Iterator[Any]:
    if name in {"since", "until"}:
        yield date(2026, 12, 24)
    if name == "story":
        yield SCARF.story


def without(value: Any, name: str) -> Iterator[Any]:
    if not isinstance(value, DatedPrice | DatedPolicy | TaxRate | Head):
        yield replace(value, **{name: None})


def is_whole(catalogue: Catalogue) -> bool:
    """Tell whether rules stand by their dates, and pictures are what their hashes say.

    The others are no catalogues, see `domain.fit`.
    """
    rules = catalogue.rules
    days = ([one.since for one in dated] for dated in (rules.policies, rules.rates, rules.heads))
    return catalogue.pictures == FULL.pictures and all(each == sorted(set(each)) for each in days)


SINGLE = [one for one in single_changes(FULL) if is_whole(one) and one.staff != ()]


def test_any_single_change_is_told() -> None:
    assert len(SINGLE) > 200
    say = resources.words("en")
    for one in SINGLE:
        for now, before in ((one, FULL), (FULL, one)):
            changes = changed(now, before)
            assert not changes.nothing, (before, now)
            lines = changes_told(changes, say)
            assert lines
            assert "Nothing" not in lines[0]


@given(st.sampled_from((FULL, *SINGLE)), st.sampled_from((FULL, *SINGLE)))
def test_nothing_changes_where_all_is_the_same_alone(one: Catalogue, other: Catalogue) -> None:
    assert changed(one, other).nothing == (one == other)


def test_every_field_has_its_words() -> None:
    product = {one.name for one in fields(Product)} - {"code"} | {UNTIL}
    assert set(wording._PRODUCT) == product  # noqa: SLF001 - whether it is all there
    staff = {one.name for one in fields(Staff)} - {"code", "active"}
    assert set(wording._STAFF) == staff  # noqa: SLF001 - as above
    kinds = {one.name for one in fields(Catalogue)} - {"rules"}
    assert set(wording._KINDS) == kinds  # noqa: SLF001 - as above


@pytest.mark.parametrize(
    ("things", "said"),
    [
        (FULL.promotions, promotion_said),
        (FULL.tender_types, tender_said),
        (FULL.groups, group_said),
        (FULL.rules.heads, head_said),
    ],
)
def test_a_phrase_leaves_nothing_out(
    things: tuple[Any, ...], said: Callable[[Any, Words], str], say: Words
) -> None:
    for thing in things:
        unheard = {"code"}  # named beside it
        if isinstance(thing, Head):
            unheard = {"since"}
        if isinstance(thing, Promotion):
            unheard |= {"count"} if thing.count == 1 else set()
            unheard |= {"about"} if thing.scope is Scope.BASKET else {"least"}
        for other in single_changes(thing):
            if set(names_of_difference(thing, other)) - unheard:
                assert said(thing, say) != said(other, say), other


def names_of_difference(one: Any, other: Any) -> list[str]:
    return [
        each.name for each in fields(one) if getattr(one, each.name) != getattr(other, each.name)
    ]


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_lower_share_cannot_be_missed(language: str) -> None:
    policies = (
        *FULL.rules.policies[:1],
        DatedPolicy(NEW_YEAR, SharePolicy(number=3, rate_bp=6_000)),
    )
    changes = changed(replace(FULL, rules=replace(FULL.rules, policies=policies)))
    lower = Ruled(NEW_YEAR, SharePolicy(number=2, rate_bp=7_500), policies[-1].policy)
    assert changes == Changes(since=1, policies=(lower,), dated=2)
    assert changes.lowered == (lower,)
    first = changes_told(changes, resources.words(language))[0]
    (warned,) = lowered_told(changes, resources.words(language))
    assert all("75 % → 60 %" in text for text in (first, warned))
    if language == "en":
        assert first == ("Makers' share from 1 Jan 2027: 75 % → 60 % (share policy no. 2 → 3)")
        assert warned.startswith("ATTENTION: the makers' share is LOWERED from 1 Jan 2027 on")
    assert changed(FULL, replace(FULL, rules=replace(FULL.rules, policies=policies))).lowered == ()


def test_the_first_version_is_held_against_the_programs_own_rules() -> None:
    rules = Rules(
        policies=(DatedPolicy(NEW_YEAR, SharePolicy(number=2, rate_bp=6_000)),),
        rates=(TaxRate(NEW_YEAR, 1_000),),
    )
    changes = compare(None, Issue(1, DAY, replace(FULL, rules=rules)))
    assert changes.lowered == (Ruled(NEW_YEAR, SharePolicy(), rules.policies[0].policy),)
    assert changes.rates == (Ruled(NEW_YEAR, 700, 1_000),)
    assert changes.added == ("TF-SCARF", "TF-DISH", "TF-1", "TF-2")
    assert [line[:20] for line in changes_told(changes, resources.words("en"))] == [
        "Makers' share from 1",
        "VAT from 1 Jan 2027:",
    ]


def test_dated_prices_are_named_with_what_they_were() -> None:
    scarf, day = "TF-SCARF", date(2026, 12, 24)
    more = (*FULL.prices, DatedPrice(scarf, day, 400_00), DatedPrice("TF-1", day, 5_00))
    changes = changed(replace(FULL, prices=more))
    assert changes == Changes(
        since=1,
        prices=(DatedChange("TF-1", day, 1_00, 5_00), DatedChange(scarf, day, 490_00, 400_00)),
        dated=4,
    )
    (line,) = changes_told(changes, resources.words("en"))
    assert line == (
        "Dated price changed (2): TF-1 from 24 Dec 2026 ฿1.00 → ฿5.00, "
        "TF-SCARF from 24 Dec 2026 ฿490.00 → ฿400.00"
    )
    # One that is gone leaves what holds without it; what is new had no price.
    back = changed(FULL, replace(FULL, prices=more))
    assert back.prices[1] == DatedChange(scarf, day, 400_00, 490_00)
    tea = replace(DISH, code="TF-TEA")
    new = replace(
        FULL, products=(*FULL.products, tea), prices=(*FULL.prices, DatedPrice("TF-TEA", day, 1_00))
    )
    assert changed(new).prices == (DatedChange("TF-TEA", day, None, 1_00),)
    assert changed(FULL, new) == Changes(since=1, gone=("TF-TEA",), dated=2)


def test_a_price_of_today_is_told_once() -> None:
    today = replace(FULL, prices=(*FULL.prices, DatedPrice("TF-1", DAY, 9_00)))
    assert changed(today) == Changes(since=1, repriced=(Repriced("TF-1", 1_00, 9_00),), dated=2)
    scarf = replace(SCARF, price=999_00)
    once = changed(replace(FULL, products=(scarf, *FULL.products[1:])))
    assert (once.repriced, once.products) == ((Repriced("TF-SCARF", 590_00, 999_00),), ())
    # Where a dated price holds today, the price without a date is told as what it is.
    held = replace(FULL, prices=(DatedPrice("TF-SCARF", DAY, 400_00),))
    later = changed(replace(held, products=(scarf, *FULL.products[1:])), held)
    assert later == Changes(since=1, products=(Otherwise(SCARF, scarf, ("price",)),))


def test_a_lease_that_is_renewed_is_no_change() -> None:
    assert SCARF.story is not None
    story = replace(SCARF.story, approved_until=date(2029, 1, 1))
    long = replace(FULL, products=(replace(SCARF, story=story), *FULL.products[1:]))
    week = DAY + timedelta(days=7)
    one, other = Issue(1, DAY, leased(long, DAY)), Issue(2, week, leased(long, week))
    assert one.catalogue != other.catalogue
    assert compare(one, other).nothing
    ends = replace(story, approved_until=DAY + timedelta(days=LEASE_DAYS + 1))
    short = leased(replace(long, products=(replace(SCARF, story=ends),)), week)
    (product,) = compare(one, Issue(2, week, short)).products
    assert product.fields == (UNTIL,)


def test_people_are_told_apart_from_their_facts() -> None:
    lead, idle = FULL.staff or ()
    now = (
        replace(
            lead, role=next(one for one in type(lead.role) if one is not lead.role), verifier="x"
        ),
        replace(idle, active=True),
        Staff(code="GONE1", name="GONE1", role=idle.role, active=False),
    )
    changes = changed(replace(FULL, staff=now))
    assert (changes.staff_added, changes.staff_gone, changes.staff_listed) == (
        ("SELL2",),
        (),
        ("GONE1",),
    )
    assert [(one.now.code, one.fields) for one in changes.staff] == [
        ("LEAD1", ("role", "verifier"))
    ]
    kept = changed(replace(FULL, staff=None))
    assert kept == Changes(since=1, staff_kept=True, dated=2)


def test_the_rest_is_named() -> None:
    promotion = replace(FULL.promotions[0], value=5_000, until=date(2026, 12, 31))
    half = replace(promotion, code="HALF", name=Text("ลดครึ่ง", "Half off"))
    key = KnownTill("MBK2", 3, b"n" * 32)
    now = replace(
        FULL,
        groups=(*FULL.groups, ProducerGroup("G3", Text("ใหม่", "New"))),
        promotions=(promotion, half, *FULL.promotions[2:]),
        tender_types=FULL.tender_types[:1],
        known_tills=(*FULL.known_tills[1:], key),
    )
    changes = changed(now)
    assert changes.tills == (Altered(None, key), Altered(FULL.known_tills[0], None))
    lines = changes_told(changes, resources.words("en"))
    ten, half_off, the_set = lines[:3]
    assert ten == (
        "Promotion changed: TEN, ลดสิบ / Ten off, 10 % off product TF-SCARF, from 1 Nov 2026 on, "
        "borne by the brand → ลดสิบ / Ten off, 50 % off product TF-SCARF, 1 Nov 2026 to "
        "31 Dec 2026, borne by the brand"
    )
    assert half_off == (
        "Promotion added: HALF, ลดครึ่ง / Half off, 50 % off product TF-SCARF, 1 Nov 2026 to "
        "31 Dec 2026, borne by the brand"
    )
    assert the_set == (
        "Promotion gone: SET, สามชิ้น, 3 for ฿1,500.00 of category ผ้าทอ, at any time, borne by "
        "the mall"
    )
    assert [line.split(":")[0] for line in lines[3:]] == [
        "Producer group added",
        "Way to pay gone",
        "Tills' keys added (1)",
        "Tills' keys gone (1)",
    ]
    assert "MBK2.3 (" in lines[5]
