"""What one till is: whose counter it stands at, and how it prints."""

from dataclasses import dataclass, field
from enum import StrEnum

from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.numbering import DocumentKind
from tofan_pos.domain.people import Limits


class ReceiptLanguage(StrEnum):
    """The language, or languages, a receipt is printed in."""

    TH = "th"
    EN = "en"
    BOTH = "both"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in the order they stand on paper."""
        return ("th", "en") if self is ReceiptLanguage.BOTH else (self.value,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    """Who sells and where, as the head of a receipt says it. `tax_id` is 13 digits or empty."""

    brand: Text
    owner: Text
    tax_id: str = ""
    branch: str = "00000"
    counter: Text = field(default_factory=Text)


@dataclass(frozen=True, slots=True, kw_only=True)
class TillProfile:
    """A till's own settings, as head office or the person setting it up gave them."""

    till: str
    epoch: int
    install_id: str
    seller: Seller
    kind: DocumentKind = DocumentKind.VAT_RECEIPT
    receipt_language: ReceiptLanguage = ReceiptLanguage.TH
    paper_mm: int = 80
    story_budget_mm: int = 120
    story_page: str = ""
    """Where stories can be read in full: an address that a product's code is put after."""
    mall: str = ""
    """Which mall it stands in, as promotions name malls."""
    limits: Limits = field(default_factory=Limits)
    lock_after_s: int = 90
    """After so many idle seconds the window locks itself."""
    silent_after_h: int = 24
    """What head office has not acknowledged after so many hours is shown in red."""
    two_to_close: bool = False
    """Whether a second person signs a closing, beside the one who counted."""
    training: bool = False
    """A till to learn on: nothing of it is real, and every paper says so."""
    printer: str = ""
    """`tcp:host:port` or `file:path`; empty where there is none."""
