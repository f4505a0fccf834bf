"""All that head office publishes to its tills, as one whole; it stands above what it is made of."""

from dataclasses import dataclass

from tofan_pos.domain.catalogue import KnownTill, Picture, ProducerGroup, Product
from tofan_pos.domain.people import Staff
from tofan_pos.domain.promotion import Promotion
from tofan_pos.domain.sale import TenderType


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
