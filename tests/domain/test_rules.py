"""What holds from a date on, and what a catalogue leaves behind when another takes its place."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tofan_pos.domain.catalogue import Picture, Product, SharePolicy, Story, Text
from tofan_pos.domain.published import (
    LEASE_DAYS,
    Catalogue,
    Left,
    leased,
    left,
    over,
    price_on,
    told,
    without,
)
from tofan_pos.domain.rules import DatedPolicy, DatedPrice, Head, Rules
from tofan_pos.domain.tax import TaxRate
from tofan_pos.domain.till import Seller

DAY = date(2026, 11, 22)
DAYS = st.integers(0, 60).map(lambda n: DAY + timedelta(days=n))
OWN = Seller(brand=Text("ทอฝัน"), owner=Text("พม."), tax_id="1", counter=Text("ชั้น 2"))


def named(since: date, brand: str) -> Head:
    return Head(since=since, brand=Text(brand))


HEADS = st.dictionaries(DAYS, st.sampled_from("กขค"), max_size=4).map(
    lambda found: Rules(heads=tuple(named(day, found[day]) for day in sorted(found)))
)


def test_before_the_first_rule_the_programs_own_hold() -> None:
    rules = Rules(
        policies=(DatedPolicy(DAY, SharePolicy(number=2, rate_bp=8_000)),),
        rates=(TaxRate(DAY, 1_000),),
        heads=(named(DAY, "ก"),),
    )
    before = DAY - timedelta(days=1)
    assert (rules.policy_on(before), rules.rate_on(before)) == (SharePolicy(), 700)
    assert rules.seller_on(before, OWN) == OWN
    assert (rules.policy_on(DAY).number, rules.rate_on(DAY)) == (2, 1_000)
    assert rules.seller_on(DAY, OWN).brand == Text("ก")


def test_a_head_leaves_what_it_does_not_say() -> None:
    assert Head(since=DAY, branch="00007").over(OWN) == replace(OWN, branch="00007")
    assert Head(since=DAY).over(OWN) == OWN


@given(HEADS, HEADS, DAYS, DAYS)
def test_another_head_changes_no_paper_of_before(
    before: Rules, after: Rules, day: date, asked: date
) -> None:
    kept = after.after(before, day)
    said = before if asked < day else after
    assert kept.seller_on(asked, OWN) == said.seller_on(asked, OWN)
    assert [head.since for head in kept.heads] == sorted({head.since for head in kept.heads})
    assert kept.after(kept, day) == kept


# --- stories -------------------------------------------------------------------------------------


def product(code: str, said: str = "", until: date | None = DAY, picture: str = "") -> Product:
    story = Story(short=Text(said), approved_until=until) if said else None
    return Product(code=code, name=Text(code), price=1_00, group="G", story=story, picture=picture)


def goods(*products: Product) -> Catalogue:
    shown = {one.picture for one in products} - {""}
    pictures = tuple(Picture(name, b"") for name in sorted(shown))
    return Catalogue(products=products, groups=(), pictures=pictures)


def test_a_lease_is_never_longer_than_the_approval() -> None:
    last = DAY + timedelta(days=LEASE_DAYS)
    whole = goods(
        product("A", "one", DAY),
        product("B", "two", last + timedelta(days=1)),
        product("C", "three", DAY - timedelta(days=1), "c"),
        product("D", "four", None, "d"),
        product("E", picture="e"),
    )
    published = leased(whole, DAY)
    until = [one.story.approved_until if one.story else None for one in published.products]
    assert until == [DAY, last, None, None, None]
    assert [picture.sha256 for picture in published.pictures] == ["e"]
    assert leased(published, DAY) == published


def test_a_lease_is_over_the_day_after() -> None:
    whole = goods(product("A", "one", DAY), product("B", "two", None), product("C"))
    assert over(whole, DAY) == ()
    assert over(whole, DAY + timedelta(days=1)) == ("A",)
    assert without(whole, ()) is whole


def test_a_picture_stays_while_anything_shows_it() -> None:
    whole = goods(product("A", "one", picture="p"), product("B", picture="p"))
    assert [one.sha256 for one in without(whole, ["A"]).pictures] == ["p"]
    assert without(whole, ["A", "B"]).pictures == ()


def test_what_leaves_is_what_stands_nowhere_any_more() -> None:
    before = told(goods(product("A", "one"), product("B", "two"), product("C", "two", picture="p")))
    assert left(before, before) == Left()
    # Reworded, moved to another, and silent.
    after = told(goods(product("A", "uno"), product("B"), product("C", "two")))
    assert left(before, after) == Left(changed=("A", "C"), gone=("C",))
    assert left(before, {}) == Left(changed=("A", "B", "C"), gone=("A", "B", "C"))


def test_prices_on_a_day() -> None:
    whole = replace(
        goods(product("A"), product("B")),
        prices=(DatedPrice("A", DAY + timedelta(days=1), 3_00), DatedPrice("A", DAY, 2_00)),
    )
    assert price_on(whole, DAY - timedelta(days=1)) == {"A": 1_00, "B": 1_00}
    assert price_on(whole, DAY) == {"A": 2_00, "B": 1_00}
    assert price_on(whole, DAY + timedelta(days=9)) == {"A": 3_00, "B": 1_00}
