"""What a published catalogue changes against the one before it: all of it, thing by thing."""

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from tofan_pos.domain.catalogue import KnownTill, ProducerGroup, Product, SharePolicy
from tofan_pos.domain.people import Staff
from tofan_pos.domain.promotion import Promotion
from tofan_pos.domain.published import Catalogue
from tofan_pos.domain.rules import Head
from tofan_pos.domain.sale import TenderType

_Thing = TypeVar("_Thing")
_Rule = TypeVar("_Rule")

UNTIL = "story_until"
"""Stands among a product's fields for the last day of its story; `story` is what that tells."""


@dataclass(frozen=True, slots=True)
class Repriced:
    """A product that costs something else than in the version before, in satang."""

    code: str
    before: int
    now: int


@dataclass(frozen=True, slots=True)
class DatedChange:
    """What a product costs from a day on, in satang; `before` is None where it was not sold."""

    code: str
    since: date
    before: int | None
    now: int


@dataclass(frozen=True, slots=True)
class Ruled(Generic[_Rule]):
    """What holds from a day on, and what would have held on it by the version before."""

    since: date
    before: _Rule
    now: _Rule


@dataclass(frozen=True, slots=True)
class Altered(Generic[_Thing]):
    """Something that is not as in the version before; None where one of both does not have it."""

    before: _Thing | None
    now: _Thing | None


@dataclass(frozen=True, slots=True)
class Otherwise(Generic[_Thing]):
    """Something both versions have, and the names of its fields that differ."""

    before: _Thing
    now: _Thing
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a version changes: products' codes, people's codes, and prices on its first day.

    `since` is the version before, nought for the first one. `dated` is how many prices have a
    date still to come. These two are no changes themselves.
    """

    since: int = 0
    policies: tuple[Ruled[SharePolicy], ...] = ()
    rates: tuple[Ruled[int], ...] = ()
    """Of VAT, in hundredths of a percent."""
    heads: tuple[Ruled[Head | None], ...] = ()
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    repriced: tuple[Repriced, ...] = ()
    prices: tuple[DatedChange, ...] = ()
    """Dated prices that differ, beside those that `repriced` tells of."""
    products: tuple[Otherwise[Product], ...] = ()
    """Products that differ in anything else."""
    groups: tuple[Altered[ProducerGroup], ...] = ()
    promotions: tuple[Altered[Promotion], ...] = ()
    tenders: tuple[Altered[TenderType], ...] = ()
    stories_gone: tuple[str, ...] = ()
    staff_added: tuple[str, ...] = ()
    staff_gone: tuple[str, ...] = ()
    staff: tuple[Otherwise[Staff], ...] = ()
    """People who differ in anything but that they came or went."""
    staff_listed: tuple[str, ...] = ()
    """Those who do not work, and are named in one version only."""
    staff_kept: bool = False
    """Nobody is named any more: the people of the tills stay as they are."""
    tills: tuple[Altered[KnownTill], ...] = ()
    order: tuple[str, ...] = ()
    """Kinds of things, by their names in a catalogue, that stand in another order."""
    dated: int = 0

    @property
    def nothing(self) -> bool:
        """Tell whether a version says just what the one before it says."""
        return self == Changes(since=self.since, dated=self.dated)

    @property
    def lowered(self) -> tuple[Ruled[SharePolicy], ...]:
        """The days from which the makers are owed a smaller share than before."""
        return tuple(one for one in self.policies if one.now.rate_bp < one.before.rate_bp)


@dataclass(frozen=True, slots=True)
class Issue:
    """A catalogue as it was published: as which version, and on which day in Bangkok."""

    version: int
    day: date
    catalogue: Catalogue
