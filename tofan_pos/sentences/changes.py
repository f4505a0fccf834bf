"""What a version of the catalogue changes, a line each: what touches money first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from tofan_pos.domain.catalogue import Product, SharePolicy
from tofan_pos.domain.changes import UNTIL, Altered, Changes, DatedChange, Otherwise, Ruled
from tofan_pos.domain.money import baht
from tofan_pos.domain.people import Staff
from tofan_pos.sentences.marking import N_
from tofan_pos.sentences.people import role_said
from tofan_pos.sentences.things import (
    day_said,
    group_said,
    head_said,
    promotion_said,
    rate_said,
    tax_said,
    tender_said,
    text_said,
    till_said,
)
from tofan_pos.words import Words, plain_text

NAMED = 10
"""So many are named in a line; the rest are counted."""
NONE = "\N{EN DASH}"

_Thing = TypeVar("_Thing")


def _yes_or_no(is_so: bool, say: Words) -> str:  # noqa: FBT001 - it is a value to be shown
    return say("yes") if is_so else say("no")


_PRODUCT: Mapping[str, tuple[str, Callable[[Any, Words], str]]] = {
    "name": (N_("Name changed"), lambda name, _: text_said(name)),
    "price": (N_("Price without a date changed"), lambda price, _: baht(price)),
    "group": (N_("Producer group changed"), lambda group, _: plain_text(group)),
    "category": (N_("Category changed"), lambda category, _: text_said(category) or NONE),
    "barcode": (N_("Barcode changed"), lambda barcode, _: plain_text(barcode) or NONE),
    "vat": (N_("VAT of products changed"), tax_said),
    "unique": (N_("One of a kind changed"), _yes_or_no),
    "favourite": (N_("Favourites changed"), _yes_or_no),
    "active": (N_("On sale changed"), _yes_or_no),
    "story": (N_("Story changed"), lambda _story, _say: ""),
    "picture": (N_("Picture changed"), lambda _picture, _say: ""),
    UNTIL: (N_("Last day of the story changed"), lambda _product, _say: ""),
}
"""A product's fields: the name of the line, and how a value is shown; not at all is as well."""

_STAFF: Mapping[str, str] = {"name": N_("name"), "role": N_("role"), "verifier": N_("PIN")}

_KINDS: Mapping[str, str] = {
    "products": N_("products"),
    "groups": N_("producer groups"),
    "pictures": N_("pictures"),
    "staff": N_("people"),
    "promotions": N_("promotions"),
    "tender_types": N_("ways to pay"),
    "known_tills": N_("tills' keys"),
    "prices": N_("dated prices"),
}


def changes_told(changes: Changes, say: Words) -> list[str]:
    """Tell in a line each what a version changes; of the first, only what holds by date."""
    lines = [*_rules(changes, say)]
    if changes.since:
        lines += [line for line in _things(changes, say) if line]
        lines += [line for line in _people(changes, say) if line]
        lines += [line for line in _others(changes, say) if line]
        if not lines:
            return [say("Nothing changes against version {version}.", version=changes.since)]
    return lines


def lowered_told(changes: Changes, say: Words) -> list[str]:
    """Warn of each day from which the makers are owed less than before."""
    return [
        say(
            "ATTENTION: the makers' share is LOWERED from {day} on, {before} → {now}. If that is "
            "not meant, publish the right rate before that day: what is sold keeps its share.",
            day=day_said(one.since, say),
            before=rate_said(one.before.rate_bp),
            now=rate_said(one.now.rate_bp),
        )
        for one in changes.lowered
    ]


# --- what holds by date --------------------------------------------------------------------------


def _rules(changes: Changes, say: Words) -> Iterator[str]:
    for policy in changes.policies:
        yield say(
            "Makers' share from {day}: {before} → {now}{policy}",
            day=day_said(policy.since, say),
            before=rate_said(policy.before.rate_bp),
            now=rate_said(policy.now.rate_bp),
            policy=_policy(policy, say),
        )
    for rate in changes.rates:
        yield say(
            "VAT from {day}: {before} → {now}",
            day=day_said(rate.since, say),
            before=rate_said(rate.before),
            now=rate_said(rate.now),
        )
    for head in changes.heads:
        yield say(
            "Head of papers from {day}: {before} → {now}",
            day=day_said(head.since, say),
            before=head_said(head.before, say),
            now=head_said(head.now, say),
        )


def _policy(policy: Ruled[SharePolicy], say: Words) -> str:
    before, now = policy.before.number, policy.now.number
    return say(" (share policy no. {before} → {now})", before=before, now=now)


# --- goods ---------------------------------------------------------------------------------------


def _things(changes: Changes, say: Words) -> Iterator[str]:
    for one in changes.promotions:
        names = say("Promotion added"), say("Promotion gone"), say("Promotion changed")
        yield _altered(one, promotion_said, names, say)
    prices = [
        f"{plain_text(one.code)} {baht(one.before)} → {baht(one.now)}" for one in changes.repriced
    ]
    yield _line(say("Added"), changes.added, say)
    yield _line(say("No longer sold"), changes.gone, say)
    yield _line(say("Price changed"), prices, say)
    yield _line(say("Dated price changed"), [_price(one, say) for one in changes.prices], say)
    for name, (told, shown) in _PRODUCT.items():
        found = [_field(one, name, shown, say) for one in changes.products if name in one.fields]
        yield _line(say(told), found, say)
    yield _line(say("Story withdrawn"), changes.stories_gone, say)
    for group in changes.groups:
        names = say("Producer group added"), say("Producer group gone"), say("Group renamed")
        yield _altered(group, group_said, names, say)


def _price(one: DatedChange, say: Words) -> str:
    return say(
        "{code} from {day} {before} → {now}",
        code=one.code,
        day=day_said(one.since, say),
        before=NONE if one.before is None else baht(one.before),
        now=baht(one.now),
    )


def _field(
    one: Otherwise[Product], name: str, shown: Callable[[Any, Words], str], say: Words
) -> str:
    code = plain_text(one.now.code)
    if name == UNTIL:
        return f"{code} {_until(one.before, say)} → {_until(one.now, say)}"
    before, now = (shown(getattr(each, name), say) for each in (one.before, one.now))
    return f"{code} {before} → {now}" if before or now else code


def _until(product: Product, say: Words) -> str:
    day = product.story.approved_until if product.story else None
    return day_said(day, say) if day else NONE


# --- people, and the rest ------------------------------------------------------------------------


def _people(changes: Changes, say: Words) -> Iterator[str]:
    yield _line(say("People added"), changes.staff_added, say)
    yield _line(say("People gone"), changes.staff_gone, say)
    yield _line(say("People changed"), [_person(one, say) for one in changes.staff], say)
    yield _line(say("People who do not work, listed or left out anew"), changes.staff_listed, say)
    if changes.staff_kept:
        yield say("Nobody is named any more: people stay as each till has them.")


def _person(one: Otherwise[Staff], say: Words) -> str:
    parts = [
        f"{say(_STAFF[name])} {role_said(one.before.role, say)} → {role_said(one.now.role, say)}"
        if name == "role"
        else say(_STAFF[name])
        for name in one.fields
    ]
    return f"{plain_text(one.now.code)} ({', '.join(parts)})"


def _others(changes: Changes, say: Words) -> Iterator[str]:
    for tender in changes.tenders:
        names = say("Way to pay added"), say("Way to pay gone"), say("Way to pay changed")
        yield _altered(tender, tender_said, names, say)
    come = [till_said(one.now, say) for one in changes.tills if one.now]
    gone = [till_said(one.before, say) for one in changes.tills if one.before]
    yield _line(say("Tills' keys added"), come, say)
    yield _line(say("Tills' keys gone"), gone, say)
    kinds = [say(_KINDS[name]) for name in changes.order]
    yield _line(say("In another order"), kinds, say)


def _altered(
    one: Altered[_Thing],
    shown: Callable[[_Thing, Words], str],
    names: tuple[str, str, str],
    say: Words,
) -> str:
    """Tell of one thing by its code what it is, or was, or both; named as added, gone, changed."""
    added, gone, changed = names
    code = plain_text(getattr(one.now or one.before, "code", ""))
    if one.before is None or one.now is None:
        name, thing = (added, one.now) if one.before is None else (gone, one.before)
        return f"{name}: {code}, {shown(thing, say)}" if thing else ""
    return f"{changed}: {code}, {shown(one.before, say)} → {shown(one.now, say)}"


def _line(name: str, found: Sequence[str], say: Words) -> str:
    if not found:
        return ""
    more = say(" and {count} more", count=len(found) - NAMED) if len(found) > NAMED else ""
    return f"{name} ({len(found):,}): {', '.join(map(plain_text, found[:NAMED]))}{more}"
