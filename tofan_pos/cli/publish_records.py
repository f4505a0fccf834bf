"""What `publish` prints as JSON of what a version changes: stable names, amounts in baht."""

from collections.abc import Callable
from typing import Any, TypeVar

from tofan_pos.domain.catalogue import KnownTill, ProducerGroup, Product, SharePolicy, Text
from tofan_pos.domain.changes import UNTIL, Altered, Changes, Otherwise, Ruled
from tofan_pos.domain.money import plain
from tofan_pos.domain.promotion import Promotion, PromotionKind
from tofan_pos.domain.rules import Head
from tofan_pos.domain.sale import TenderType
from tofan_pos.sync.keys import fingerprint

_Thing = TypeVar("_Thing")
_Shown = Callable[[_Thing], Any]


def changes_record(changes: Changes) -> dict[str, Any]:
    """Return all that a version changes."""
    return {
        "since": changes.since or None,
        "nothing_changed": bool(changes.since) and changes.nothing,
        "share_lowered": bool(changes.lowered),
        "share": [_ruled(one, _share) for one in changes.policies],
        "vat": [_ruled(one, _rate) for one in changes.rates],
        "heads": [_ruled(one, _head) for one in changes.heads],
        "added": list(changes.added),
        "gone": list(changes.gone),
        "repriced": [
            {"code": one.code, "before": plain(one.before), "now": plain(one.now)}
            for one in changes.repriced
        ],
        "dated_prices": changes.dated,
        "dated_price_changes": [
            {
                "code": one.code,
                "since": one.since.isoformat(),
                "before": None if one.before is None else plain(one.before),
                "now": plain(one.now),
            }
            for one in changes.prices
        ],
        "products_changed": [_product(one) for one in changes.products],
        "groups": [_altered(one, _group) for one in changes.groups],
        "promotions": [_altered(one, _promotion) for one in changes.promotions],
        "tenders": [_altered(one, _tender) for one in changes.tenders],
        "stories_gone": list(changes.stories_gone),
        "staff_added": list(changes.staff_added),
        "staff_gone": list(changes.staff_gone),
        "staff_changed": [
            {"code": one.now.code, "fields": ["pin" if f == "verifier" else f for f in one.fields]}
            for one in changes.staff
        ],
        "staff_listed": list(changes.staff_listed),
        "staff_kept": changes.staff_kept,
        "tills_added": [_till(one.now) for one in changes.tills if one.now],
        "tills_gone": [_till(one.before) for one in changes.tills if one.before],
        "order": list(changes.order),
    }


def _ruled(one: Ruled[_Thing], shown: "_Shown[_Thing]") -> dict[str, Any]:
    return {
        "since": one.since.isoformat(),
        "before": shown(one.before),
        "now": shown(one.now),
    }


def _altered(one: Altered[_Thing], shown: "_Shown[_Thing]") -> dict[str, Any]:
    thing = one.now or one.before
    return {
        "code": getattr(thing, "code", ""),
        "before": shown(one.before) if one.before else None,
        "now": shown(one.now) if one.now else None,
    }


def _share(policy: SharePolicy) -> dict[str, Any]:
    return {"number": policy.number, "rate": _rate(policy.rate_bp)}


def _rate(rate_bp: int) -> str:
    return f"{rate_bp / 100:g}%"


def _named(name: str, text: Text) -> dict[str, str]:
    return {f"{name}_th": text.th, f"{name}_en": text.en}


def _head(head: Head | None) -> dict[str, str] | None:
    if head is None:
        return None
    return {
        **_named("brand", head.brand),
        **_named("owner", head.owner),
        "tax_id": head.tax_id,
        "branch": head.branch,
    }


def _group(group: ProducerGroup) -> dict[str, str]:
    return _named("label", group.label)


def _tender(tender: TenderType) -> dict[str, Any]:
    return {
        **_named("name", tender.name),
        "kind": tender.kind.value,
        "needs_reference": tender.needs_reference,
    }


def _promotion(promotion: Promotion) -> dict[str, Any]:
    percent = promotion.kind is PromotionKind.PERCENT
    since, until = promotion.since, promotion.until
    return {
        **_named("name", promotion.name),
        "kind": promotion.kind.value,
        "value": _rate(promotion.value) if percent else plain(promotion.value),
        "count": promotion.count,
        "scope": promotion.scope.value,
        "about": promotion.about,
        "least": plain(promotion.least),
        "since": since.isoformat() if since else None,
        "until": until.isoformat() if until else None,
        "mall": promotion.mall,
        "bearer": str(promotion.bearer),
    }


def _till(till: KnownTill) -> dict[str, Any]:
    return {
        "till": till.till,
        "epoch": till.epoch,
        "fingerprint": fingerprint(till.public_key),
    }


def _product(one: Otherwise[Product]) -> dict[str, Any]:
    before, now = (
        {name: _value(product, name) for name in one.fields} for product in (one.before, one.now)
    )
    return {"code": one.now.code, "before": before, "now": now}


def _value(product: Product, name: str) -> Any:
    """Return a field of a product as JSON has it; a story as its four texts."""
    story = product.story
    if name == UNTIL:
        until = story.approved_until if story else None
        return until.isoformat() if until else None
    if name == "story":
        return {**_named("short", story.short), **_named("long", story.long)} if story else None
    value = getattr(product, name)
    if isinstance(value, Text):
        return {"th": value.th, "en": value.en}
    return plain(value) if name == "price" else value
