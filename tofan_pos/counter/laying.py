"""Laying a catalogue out in the till's file, and what leaves the till by it, to the last byte."""

import shutil
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from tofan_pos.counter.journal import Fact
from tofan_pos.domain.catalogue import Product
from tofan_pos.domain.errors import Trouble
from tofan_pos.domain.published import Catalogue, Left, left, told
from tofan_pos.store.counter import FILE_NAME, CounterStore
from tofan_pos.store.facts import SearchRow
from tofan_pos.store.incoming import BEFORE, IN_USE
from tofan_pos.store.reading import Reading
from tofan_pos.sync.dealings import StoriesGoneBody
from tofan_pos.sync.events import GroupBody, GroupsBody
from tofan_pos.thai.dates import business_day
from tofan_pos.thai.folding import fold, fold_loose

TRAINING_FOLDER = "training"
"""Where a till to learn on lives, in the folder of the real one."""

WITHDRAWN, LEASE = "withdrawn", "lease"
"""Why a story leaves."""

_GROUPS_AN_ENTRY = 100
_CODES_AN_ENTRY = 1_000


def day_of(look: Reading, at: datetime) -> date:
    """Return the business date that counts now: the open session's, else the day by the clock."""
    session = look.session()[0]
    return session.business_date if session else business_day(at)


def lay_out(fact: Fact, catalogue: Catalogue) -> Left:
    """Put a catalogue in the place of the one before, as it holds on the business date.

    Its groups are journalled. Returns what left, which `let_go` is to be told.
    """
    day = day_of(fact.tx, fact.at)
    groups = [
        GroupBody(code=group.code, label_en=group.label.en, label_th=group.label.th)
        for group in catalogue.groups
    ]
    for start in range(0, len(groups), _GROUPS_AN_ENTRY):
        fact.write(GroupsBody(groups=tuple(groups[start : start + _GROUPS_AN_ENTRY])))
    gone = left(fact.tx.told(), told(catalogue))
    rules = catalogue.rules.after(fact.tx.rules(), day)
    fact.tx.replace_catalogue(replace(catalogue, rules=rules), list(_rows(catalogue.products)))
    fact.tx.set_prices(day.isoformat())
    return gone


def let_go(
    fact: Fact,
    store: CounterStore,
    gone: Left,
    *,
    lapsed: Collection[str] = frozenset(),
    in_use: int = 0,
) -> None:
    """Journal what left, and take it out of every other place of the till that holds it.

    Of those gone, `lapsed` are the ones whose lease was over; `in_use` is the version whose file
    is in force from now on. The last thing in a transaction: a till to learn on loses its copy
    even where the transaction then fails.
    """
    if not gone.changed:
        return
    _tell(fact, [code for code in gone.gone if code not in lapsed], WITHDRAWN)
    _tell(fact, [code for code in gone.gone if code in lapsed], LEASE)
    # The file in use until now holds what was told, and the one before it may.
    fact.tx.set_incoming(
        {
            row.version: row.state
            for row in fact.tx.incoming()
            if row.state not in {IN_USE, BEFORE} or row.version == in_use
        }
    )
    forget_training(store.path.parent / TRAINING_FOLDER, gone.changed)


def forget_training(place: Path, codes: Collection[str]) -> None:
    """Take stories and pictures out of the till to learn on, which somebody may be using.

    Raises `Trouble` where they cannot be taken out.
    """
    if not (place / FILE_NAME).is_file():
        return
    try:
        learning = CounterStore(place / FILE_NAME)
        try:
            with learning.writing() as tx:
                tx.forget_stories(codes)
        finally:
            learning.close()
    except Trouble:
        # Nothing in it is real: what cannot be opened is thrown away.
        with suppress(OSError):
            shutil.rmtree(place)
        if (place / FILE_NAME).is_file():
            raise


def _tell(fact: Fact, codes: list[str], why: str) -> None:
    for start in range(0, len(codes), _CODES_AN_ENTRY):
        some = tuple(codes[start : start + _CODES_AN_ENTRY])
        fact.write(StoriesGoneBody(codes=some, why=why))


def _rows(products: Iterable[Product]) -> Iterable[SearchRow]:
    """Yield what products are found by; those not for sale are not found."""
    from tofan_pos.thai.sorting import sort_key  # noqa: PLC0415 - off the first paint

    for product in products:
        if product.active:
            names = (product.name.th, product.name.en, product.code)
            text = "\n".join(name for name in names if name)
            order = sort_key(product.name.th or product.name.en)
            yield SearchRow(product.code, fold(text), fold_loose(text), order)
