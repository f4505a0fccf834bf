"""Holds one published catalogue against the one before it, so that no difference goes untold."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from operator import attrgetter
from typing import Any, TypeVar

from tofan_pos.domain.catalogue import Product, Story
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
from tofan_pos.domain.published import LEASE_DAYS, Catalogue, left, price_on, told
from tofan_pos.domain.rules import Rules

_Thing = TypeVar("_Thing")
_Rule = TypeVar("_Rule")
_Key = TypeVar("_Key", bound=Hashable)


def compare(before: Issue | None, now: Issue) -> Changes:
    """Return what a version changes; of the first one, against what the program itself says.

    A story's lease ends so many days after it was published: that is no change.
    """
    new, day = now.catalogue, now.day
    dated = sum(price.since > day for price in new.prices)
    old = before.catalogue if before else None
    ruled = _ruled(_people(old, new), old.rules if old else Rules(), new.rules)
    changes = replace(ruled, dated=dated)
    codes = {product.code: None for product in new.products}
    if before is None or old is None:
        return replace(changes, added=tuple(codes))
    sold = {product.code: None for product in old.products}
    repriced = tuple(_repriced(old, new, day))
    stories_gone = left(told(old), told(new)).gone
    return replace(
        changes,
        since=before.version,
        added=tuple(code for code in codes if code not in sold),
        gone=tuple(code for code in sold if code not in codes),
        repriced=repriced,
        prices=tuple(_dated(old, new, day, {one.code for one in repriced})),
        products=tuple(_otherwise(before, now, {one.code for one in repriced}, stories_gone)),
        groups=_altered(old.groups, new.groups, _KEYS["groups"]),
        promotions=_altered(old.promotions, new.promotions, _KEYS["promotions"]),
        tenders=_altered(old.tender_types, new.tender_types, _KEYS["tender_types"]),
        stories_gone=stories_gone,
        tills=_altered(old.known_tills, new.known_tills, _KEYS["known_tills"]),
        order=tuple(_order(old, new)),
    )


def _since(dated: Any) -> date:
    day: date = dated.since
    return day


# --- what holds by date --------------------------------------------------------------------------


def _ruled(changes: Changes, before: Rules, now: Rules) -> Changes:
    return replace(
        changes,
        policies=_rules(before.policies, now.policies, (before.policy_on, now.policy_on)),
        rates=_rules(before.rates, now.rates, (before.rate_on, now.rate_on)),
        heads=_rules(before.heads, now.heads, (before.head_on, now.head_on)),
    )


def _rules(
    before: Sequence[_Thing],
    now: Sequence[_Thing],
    on: tuple[Callable[[date], _Rule], Callable[[date], _Rule]],
) -> tuple[Ruled[_Rule], ...]:
    """Return the days of either version from which something else holds, or is said anew."""
    was, listed, (before_on, now_on) = _by(before, _since), _by(now, _since), on
    days = sorted(was.keys() | listed.keys())
    return tuple(
        Ruled(day, before_on(day), now_on(day))
        for day in days
        if was.get(day) != listed.get(day) or before_on(day) != now_on(day)
    )


def _repriced(before: Catalogue, now: Catalogue, day: date) -> Iterator[Repriced]:
    was = price_on(before, day)
    for code, price in price_on(now, day).items():
        if was.get(code, price) != price:
            yield Repriced(code, was[code], price)


def _dated(
    before: Catalogue, now: Catalogue, day: date, told_of: set[str]
) -> Iterator[DatedChange]:
    was, listed = _Prices.of(before), _Prices.of(now)
    for key in sorted(was.dated.keys() | listed.dated.keys()):
        code, since = key
        price = listed.on(code, since)
        today = since <= day and code in told_of
        if price is not None and not today and was.dated.get(key) != listed.dated.get(key):
            yield DatedChange(code, since, was.on(code, since), price)


@dataclass(frozen=True, slots=True)
class _Prices:
    """What each product costs: its own price, and those by date, each product's in order."""

    own: Mapping[str, int]
    dated: Mapping[tuple[str, date], int]
    days: Mapping[str, Sequence[date]]

    @classmethod
    def of(cls, catalogue: Catalogue) -> "_Prices":
        days: dict[str, list[date]] = {}
        for price in sorted(catalogue.prices, key=_since):
            days.setdefault(price.product, []).append(price.since)
        return cls(
            {product.code: product.price for product in catalogue.products},
            {(price.product, price.since): price.price for price in catalogue.prices},
            days,
        )

    def on(self, code: str, day: date) -> int | None:
        begun = [since for since in self.days.get(code, ()) if since <= day]
        return self.dated[code, begun[-1]] if begun else self.own.get(code)


# --- things --------------------------------------------------------------------------------------


def _altered(
    before: Iterable[_Thing], now: Iterable[_Thing], key: Callable[[Any], Hashable]
) -> tuple[Altered[_Thing], ...]:
    was, have = _by(before, key), _by(now, key)
    return tuple(
        Altered(was.get(name), have.get(name))
        for name in dict.fromkeys((*have, *was))
        if was.get(name) != have.get(name)
    )


def _otherwise(
    before: Issue, now: Issue, repriced: set[str], stories_gone: Iterable[str]
) -> Iterator[Otherwise[Product]]:
    silent = set(stories_gone)
    sold = {product.code: product for product in before.catalogue.products}
    for product in now.catalogue.products:
        was = sold.get(product.code)
        if was is None:
            continue
        names = [*_fields(was, product, but=("story",)), *_of_story(was, product, before, now)]
        if product.code in repriced:
            names = [name for name in names if name != "price"]
        if product.code in silent:
            names = [name for name in names if not _has_gone(name, product)]
        if names:
            yield Otherwise(was, product, tuple(names))


def _fields(was: object, now: object, *, but: Sequence[str] = ()) -> Iterator[str]:
    for one in fields(was):  # type: ignore[arg-type]  # whatever dataclass a catalogue is made of
        if one.name not in but and getattr(was, one.name) != getattr(now, one.name):
            yield one.name


def _of_story(was: Product, product: Product, before: Issue, now: Issue) -> Iterator[str]:
    one, other = was.story, product.story
    if _texts(one) != _texts(other):
        yield "story"
    elif one and other and _ends(one, before.day) != _ends(other, now.day):
        yield UNTIL


def _texts(story: Story | None) -> Story | None:
    return replace(story, approved_until=None) if story else None


def _ends(story: Story, published: date) -> date | None:
    """Return the last day of a story, None where that is as long as any may be told."""
    until = story.approved_until
    return None if until == published + timedelta(days=LEASE_DAYS) else until


def _has_gone(name: str, product: Product) -> bool:
    return (name == "story" and product.story is None) or (
        name == "picture" and not product.picture
    )


def _people(before: Catalogue | None, now: Catalogue) -> Changes:
    was = {person.code: person for person in (before.staff if before else None) or ()}
    have = {person.code: person for person in now.staff or ()}
    if was and not have:
        # Without people in it a version leaves those of the tills as they are.
        return Changes(staff_kept=True)
    here, there = (
        {code for code, person in people.items() if person.active} for people in (have, was)
    )
    moved = here ^ there
    differ = (
        (code, tuple(_fields(was[code], person, but=("active",) if code in moved else ())))
        for code, person in have.items()
        if code in was
    )
    idle = (was.keys() ^ have.keys()) - moved if before else set[str]()
    return Changes(
        staff_added=tuple(sorted(here - there)),
        staff_gone=tuple(sorted(there - here)),
        staff=tuple(Otherwise(was[code], have[code], names) for code, names in differ if names),
        staff_listed=tuple(sorted(idle)),
    )


_KEYS: Mapping[str, Callable[[Any], Hashable]] = {
    "products": attrgetter("code"),
    "groups": attrgetter("code"),
    "pictures": attrgetter("sha256"),
    "staff": attrgetter("code"),
    "promotions": attrgetter("code"),
    "tender_types": attrgetter("code"),
    "known_tills": attrgetter("public_key"),
    "prices": attrgetter("product", "since"),
}
"""What tells one thing from another, by the name of its kind in a catalogue."""


def _order(before: Catalogue, now: Catalogue) -> Iterator[str]:
    for name, key in _KEYS.items():
        was, have = (
            [key(one) for one in getattr(catalogue, name) or ()] for catalogue in (before, now)
        )
        if _shared(was, have) != _shared(have, was):
            yield name


def _shared(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[Hashable]:
    known = set(other)
    return [each for each in one if each in known]


def _by(things: Iterable[_Thing], key: Callable[[Any], _Key]) -> dict[_Key, _Thing]:
    return {key(thing): thing for thing in things}
