"""All that head office publishes to its tills, as one whole; it stands above what it is made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from operator import attrgetter

from tofan_pos.domain.catalogue import KnownTill, Picture, ProducerGroup, Product
from tofan_pos.domain.people import Staff
from tofan_pos.domain.promotion import Promotion
from tofan_pos.domain.rules import DatedPrice, Rules
from tofan_pos.domain.sale import TenderType

LEASE_DAYS = 30
"""How long a till may tell a story before head office has to say again that it may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What a till sells, how, and who may; checked as a whole.

    `staff` is None where it is not head office that says who works at the till.
    """

    products: tuple[Product, ...]
    groups: tuple[ProducerGroup, ...]
    pictures: tuple[Picture, ...] = ()
    staff: tuple[Staff, ...] | None = None
    promotions: tuple[Promotion, ...] = ()
    tender_types: tuple[TenderType, ...] = ()
    known_tills: tuple[KnownTill, ...] = ()
    prices: tuple[DatedPrice, ...] = ()
    """Prices that change, from a business date on; before the first, a product's own holds."""
    rules: Rules = field(default_factory=Rules)


def leased(catalogue: Catalogue, day: date) -> Catalogue:
    """Return a catalogue as it is published on a day: each story for `LEASE_DAYS` at the most.

    A story that may not be told on that day is left out, and its product's picture with it.
    """
    last = day + timedelta(days=LEASE_DAYS)
    kept = without(catalogue, [p.code for p in catalogue.products if not _may_be_told(p, day)])
    return replace(kept, products=tuple(_until(product, last) for product in kept.products))


def over(catalogue: Catalogue, day: date) -> tuple[str, ...]:
    """Return the codes of the products whose story's lease is over on a day."""
    return tuple(
        product.code
        for product in catalogue.products
        if (until := product.story and product.story.approved_until) and until < day
    )


def without(catalogue: Catalogue, codes: Iterable[str]) -> Catalogue:
    """Return a catalogue without the stories and pictures of some products."""
    gone = frozenset(codes)
    if not gone:
        return catalogue
    products = tuple(
        replace(product, story=None, picture="") if product.code in gone else product
        for product in catalogue.products
    )
    shown = {product.picture for product in products}
    pictures = tuple(picture for picture in catalogue.pictures if picture.sha256 in shown)
    return replace(catalogue, products=products, pictures=pictures)


@dataclass(frozen=True, slots=True)
class Told:
    """What a product tells and shows: its story's texts, and its picture's SHA-256."""

    texts: tuple[str, ...] = ()
    picture: str = ""

    @property
    def all(self) -> frozenset[str]:
        """Every text, and the picture."""
        return frozenset((*self.texts, self.picture)) - {""}


NOTHING_TOLD = Told()


def told(catalogue: Catalogue) -> dict[str, Told]:
    """Return what the products tell and show, by their codes."""
    return {product.code: _told(product) for product in catalogue.products}


@dataclass(frozen=True, slots=True)
class Left:
    """What one catalogue no longer holds of another, as products' codes.

    `changed` are those of which a text or a picture is published nowhere any more; `gone` those
    among them that have no story, or no picture, in its place.
    """

    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def left(before: Mapping[str, Told], after: Mapping[str, Told]) -> Left:
    """Return what leaves when one catalogue takes the place of another."""
    stays = frozenset[str]().union(*(one.all for one in after.values()))
    changed = tuple(code for code, one in before.items() if one.all - stays)
    return Left(
        changed,
        tuple(code for code in changed if _is_gone(before[code], after.get(code, NOTHING_TOLD))),
    )


def _is_gone(before: Told, now: Told) -> bool:
    no_story = bool(before.texts) and not now.texts
    return no_story or (bool(before.picture) and not now.picture)


def price_on(catalogue: Catalogue, day: date) -> dict[str, int]:
    """Return what each product costs on a business date, in satang, by code."""
    prices = {product.code: product.price for product in catalogue.products}
    for price in sorted(catalogue.prices, key=attrgetter("since")):
        if price.since <= day:
            prices[price.product] = price.price
    return prices


def _told(product: Product) -> Told:
    story = product.story
    said = (story.short.th, story.short.en, story.long.th, story.long.en) if story else ()
    return Told(tuple(text for text in said if text), product.picture)


def _may_be_told(product: Product, day: date) -> bool:
    return product.story is None or product.story.may_be_told(day)


def _until(product: Product, last: date) -> Product:
    story = product.story
    if story is None or story.approved_until is None or story.approved_until <= last:
        return product
    return replace(product, story=replace(story, approved_until=last))
