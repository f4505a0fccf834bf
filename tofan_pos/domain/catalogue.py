"""What is for sale: products, their stories, the groups that make them, and the share policy."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages; either may be empty, and then the other stands in."""

    th: str = ""
    en: str = ""

    def get(self, language: str) -> str:
        """Return the text in `language` (`th` or `en`), or the other where it is empty."""
        first, second = (self.en, self.th) if language == "en" else (self.th, self.en)
        return first or second


class TaxKind(StrEnum):
    """How VAT applies to a product."""

    STANDARD = "standard"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What a product tells of its craft; told only while it is approved and in date."""

    short: Text
    long: Text = field(default_factory=Text)
    approved_until: date | None = None

    def may_be_told(self, on: date) -> bool:
        """Tell whether the story is approved on that (CE) day."""
        return self.approved_until is not None and on <= self.approved_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One thing for sale. `price` is in satang with VAT; `group` is a producer group's code."""

    code: str
    name: Text
    price: int
    group: str
    category: Text = field(default_factory=Text)
    barcode: str = ""
    vat: TaxKind = TaxKind.STANDARD
    unique: bool = False
    favourite: bool = False
    active: bool = True
    story: Story | None = None
    picture: str = ""
    """SHA-256 of the picture's bytes in hex, or empty."""


@dataclass(frozen=True, slots=True)
class ProducerGroup:
    """The makers behind products, as a code and a neutral craft label; never a person or place."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class Picture:
    """A product's picture: the bytes of a PNG, JPEG or WebP, and their SHA-256 in hex."""

    sha256: str
    content: bytes = field(repr=False)


MOST_ROTATIONS = 100
"""So often a till changes its key in one epoch at most: every one of them goes to every till."""


@dataclass(frozen=True, slots=True)
class KnownTill:
    """Another till whose receipts can be checked: `public_key` is its 32 bytes (Ed25519)."""

    till: str
    epoch: int
    public_key: bytes


class Basis(StrEnum):
    """What a share is computed from."""

    PAID_WITHOUT_VAT = "paid_without_vat"


@dataclass(frozen=True, slots=True, kw_only=True)
class SharePolicy:
    """A numbered rule for the makers' share: `rate_bp` in hundredths of a percent of the basis."""

    number: int = 1
    rate_bp: int = 7000
    basis: Basis = Basis.PAID_WITHOUT_VAT


def ean13_check_digit(first_twelve: str) -> str:
    """Return the check digit that completes twelve digits to an EAN-13 (GS1 General Specs 7.9)."""
    total = sum(int(digit) * (3 if i % 2 else 1) for i, digit in enumerate(first_twelve))
    return str(-total % 10)


def is_ean(code: str) -> bool:
    """Tell whether `code` has the shape of an EAN-13 or EAN-8: that many ASCII digits."""
    return code.isascii() and code.isdigit() and len(code) in {8, 13}


def has_right_check_digit(code: str) -> bool:
    """Tell whether an EAN-8 or EAN-13 closes with its right check digit."""
    return ean13_check_digit(code.rjust(13, "0")[:-1]) == code[-1]
