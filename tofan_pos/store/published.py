"""What head office publishes beside products: promotions, tenders, other tills' keys, as rows."""

import sqlite3
from collections.abc import Iterable
from datetime import date

from tofan_pos.domain.catalogue import KnownTill, Text
from tofan_pos.domain.promotion import Promotion, PromotionKind, Scope
from tofan_pos.domain.sale import TenderKind, TenderType
from tofan_pos.store.columns import select
from tofan_pos.store.rows import Values, readable

_PROMOTIONS = select("promotion", "ORDER BY code")
_TENDER_TYPES = select("tender_type", "ORDER BY position")


def promotion_rows(promotions: Iterable[Promotion]) -> list[Values]:
    """Return the rows of promotions; columns as in `schema.promotion`."""
    return [
        (
            p.code,
            p.name.th,
            p.name.en,
            p.kind.value,
            p.value,
            p.scope.value,
            p.about,
            p.count,
            p.least,
            p.since.isoformat() if p.since else None,
            p.until.isoformat() if p.until else None,
            p.mall,
            p.bearer,
        )
        for p in promotions
    ]


def promotions_on(connection: sqlite3.Connection) -> tuple[Promotion, ...]:
    """Return every promotion of the catalogue. Raises `Trouble(STORE_DAMAGED)`."""
    found = connection.execute(_PROMOTIONS).fetchall()
    with readable():
        return tuple(map(_promotion_of, found))


def tender_type_rows(types: Iterable[TenderType]) -> list[Values]:
    """Return the rows of tender types; columns as in `schema.tender_type`."""
    return [
        (t.code, place, t.kind.value, t.name.th, t.name.en, t.needs_reference)
        for place, t in enumerate(types)
    ]


def tender_types_on(connection: sqlite3.Connection) -> tuple[TenderType, ...]:
    """Return the tenders beside cash, in the catalogue's order. Raises `Trouble(STORE_DAMAGED)`."""
    found = connection.execute(_TENDER_TYPES).fetchall()
    with readable():
        return tuple(
            TenderType(
                code=code,
                kind=TenderKind(kind),
                name=Text(name_th, name_en),
                needs_reference=bool(needs),
            )
            for code, _, kind, name_th, name_en, needs in found
        )


def known_till_rows(tills: Iterable[KnownTill]) -> list[Values]:
    """Return the rows of other tills; columns as in `schema.known_till`."""
    return [(t.till, t.epoch, t.public_key) for t in tills]


def keys_of_till_on(connection: sqlite3.Connection, till: str, epoch: int) -> tuple[bytes, ...]:
    """Return the public keys of an epoch of another till; none where it is not known here."""
    found = connection.execute(
        "SELECT public_key FROM known_till WHERE till = ? AND epoch = ?", (till, epoch)
    )
    return tuple(bytes(key) for (key,) in found)


def _promotion_of(row: Values) -> Promotion:
    (code, name_th, name_en, kind, value, scope, about, count, least, since, until, *rest) = row
    mall, bearer = rest
    return Promotion(
        code=code,
        name=Text(name_th, name_en),
        kind=PromotionKind(kind),
        value=value,
        scope=Scope(scope),
        about=about,
        count=count,
        least=least,
        since=date.fromisoformat(since) if since else None,
        until=date.fromisoformat(until) if until else None,
        mall=mall,
        bearer=bearer,
    )
