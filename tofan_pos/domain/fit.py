"""What a catalogue may hold, whoever made it: each text, number and reference, checked as a whole.

A workbook is checked cell by cell, so that people are told what to mend. What arrives as a file is
held to the same limits here, and is whole or refused.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from typing import Final

from tofan_pos.domain import wording
from tofan_pos.domain.basket import MOST_QUANTITY
from tofan_pos.domain.catalogue import (
    Picture,
    Product,
    SharePolicy,
    Story,
    Text,
    has_right_check_digit,
    is_ean,
)
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.money import MOST
from tofan_pos.domain.numbering import till_code
from tofan_pos.domain.people import LONGEST_NAME, SETUP, Role, Staff
from tofan_pos.domain.pin import verifier_cost
from tofan_pos.domain.promotion import Promotion, PromotionKind, Scope
from tofan_pos.domain.published import Catalogue
from tofan_pos.domain.rules import Rules
from tofan_pos.domain.sale import TenderKind, TenderType
from tofan_pos.domain.tax import WHOLE_BP, is_tax_id

MOST_PRODUCTS: Final = 60_000
MOST_GROUPS: Final = 5_000
MOST_STAFF: Final = 500
MOST_PROMOTIONS: Final = 1_000
MOST_TENDERS: Final = 30
MOST_TILLS: Final = 20_000
MOST_PRICES: Final = 60_000
MOST_RULES: Final = 1_000
LARGEST_PICTURE: Final = 2 * 1024 * 1024
LARGEST_COUNT: Final = 2**31 - 1
LONGEST_HEAD: Final = 80
"""How long a brand or an owner may be in the head of papers."""

_CODE = re.compile(r"[A-Z0-9._-]{1,24}", re.ASCII)
_SHORT_CODE = re.compile("[A-Z0-9]{2,12}")
_BRANCH = re.compile("[0-9]{5}")
_DAYS = (date(2000, 1, 1), date(2199, 12, 31))
_RESERVED = frozenset({TenderKind.CASH.name, TenderKind.EXCHANGE.name})
_NAMED_TENDERS = frozenset({TenderKind.CARD, TenderKind.TRANSFER, TenderKind.VOUCHER})
_BEARERS = frozenset({"brand", "mall", "shared"})


def check(catalogue: Catalogue) -> None:
    """Refuse a catalogue that is not fit to be sold from.

    Raises `Refusal(NOT_A_CATALOGUE_FILE)`; its fact `detail` says, for support, what is wrong.
    """
    for flaw in _flaws(catalogue):
        raise Refusal(Why.NOT_A_CATALOGUE_FILE, detail=flaw)


def _flaws(catalogue: Catalogue) -> Iterator[str]:
    """Yield what is wrong, the first thing first; nothing where all is well."""
    yield from _counts(catalogue)
    yield from _pictures(catalogue)
    groups = {group.code for group in catalogue.groups}
    if len(groups) != len(catalogue.groups):
        yield "a group twice"
    for group in catalogue.groups:
        if not (_is_code(group.code) and _is_text(group.label, 60, needed=True)):
            yield f"group {group.code}"
    yield from _products(catalogue.products, groups)
    yield from _staff(catalogue.staff or ())
    yield from _promotions(catalogue)
    yield from _tenders(catalogue.tender_types)
    yield from _tills(catalogue)
    yield from _prices(catalogue)
    yield from _rules(catalogue.rules)


def _counts(catalogue: Catalogue) -> Iterator[str]:
    rules = catalogue.rules
    for name, found, most in (
        ("products", catalogue.products, MOST_PRODUCTS),
        ("groups", catalogue.groups, MOST_GROUPS),
        ("staff", catalogue.staff or (), MOST_STAFF),
        ("promotions", catalogue.promotions, MOST_PROMOTIONS),
        ("tenders", catalogue.tender_types, MOST_TENDERS),
        ("tills", catalogue.known_tills, MOST_TILLS),
        ("prices", catalogue.prices, MOST_PRICES),
        ("rules", (*rules.policies, *rules.rates, *rules.heads), MOST_RULES),
    ):
        if len(found) > most:
            yield f"more than {most} {name}"
    if not catalogue.products or not catalogue.groups:
        yield "nothing to sell"


# --- goods ---------------------------------------------------------------------------------------


def _products(products: Iterable[Product], groups: set[str]) -> Iterator[str]:
    scanned: set[str] = set()
    for product in products:
        # What is scanned is a code or a barcode, and must not mean two things.
        names = {product.code, product.barcode} - {""}
        if names & scanned:
            yield f"{product.code} twice"
        scanned |= names
        fit = (
            _is_code(product.code)
            and (product.barcode == "" or _is_barcode(product.barcode))
            and _is_text(product.name, 80, needed=True)
            and _is_text(product.category, 40)
            and _is_price(product.price)
            and product.group in groups
            and (product.story is None or _is_story(product.story))
        )
        if not fit:
            yield f"product {product.code}"


def _is_story(story: Story) -> bool:
    texts = (story.short.th, story.short.en, story.long.th, story.long.en)
    return (
        any(texts)
        and _is_text(story.short, 400)
        and all(_is_paragraphs(text) for text in texts[2:])
        and story.approved_until is not None
        and _is_day(story.approved_until)
    )


def _pictures(catalogue: Catalogue) -> Iterator[str]:
    wanted = {product.picture for product in catalogue.products} - {""}
    if {picture.sha256 for picture in catalogue.pictures} != wanted:
        yield "a picture that no product shows, or one that is missing"
    if len(catalogue.pictures) != len(wanted):
        yield "a picture twice"
    for picture in catalogue.pictures:
        if len(picture.content) > LARGEST_PICTURE or not is_picture(picture.content):
            yield f"picture {picture.sha256}"
        if _digest(picture) != picture.sha256:
            yield f"picture {picture.sha256} changed"


def is_picture(content: bytes) -> bool:
    """Tell a PNG, JPEG or WebP by how it begins."""
    is_webp = content.startswith(b"RIFF") and content[8:12] == b"WEBP"
    return is_webp or content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"))


def _digest(picture: Picture) -> str:
    return sha256(picture.content).hexdigest()


def _prices(catalogue: Catalogue) -> Iterator[str]:
    codes = {product.code for product in catalogue.products}
    dated = {(price.product, price.since) for price in catalogue.prices}
    if len(dated) != len(catalogue.prices):
        yield "a price twice"
    for price in catalogue.prices:
        if not (price.product in codes and _is_day(price.since) and _is_price(price.price)):
            yield f"price of {price.product}"


# --- people, promotions, tenders, tills ---------------------------------------------------------


def _staff(staff: tuple[Staff, ...]) -> Iterator[str]:
    if len({person.code for person in staff}) != len(staff):
        yield "somebody twice"
    for person in staff:
        cost = verifier_cost(person.verifier)
        fit = (
            _SHORT_CODE.fullmatch(person.code) is not None
            and person.code != SETUP.code
            and _is_line(person.name, LONGEST_NAME)
            and person.name != ""
            and cost is not None
            and cost.fits
        )
        if not fit:
            yield f"staff {person.code}"
    if staff and not any(person.active and person.role is Role.SUPERVISOR for person in staff):
        yield "no supervisor"


def _promotions(catalogue: Catalogue) -> Iterator[str]:
    codes = {product.code for product in catalogue.products}
    categories = {product.category.th for product in catalogue.products} - {""}
    known = {Scope.PRODUCT: codes, Scope.CATEGORY: categories, Scope.BASKET: {""}}
    if len({promotion.code for promotion in catalogue.promotions}) != len(catalogue.promotions):
        yield "a promotion twice"
    for promotion in catalogue.promotions:
        if promotion.about not in known[promotion.scope] or not _is_promotion(promotion):
            yield f"promotion {promotion.code}"


def _is_promotion(promotion: Promotion) -> bool:
    percent = promotion.kind is PromotionKind.PERCENT
    is_set = promotion.kind is PromotionKind.N_FOR_PRICE
    of_basket = promotion.scope is Scope.BASKET
    days = [day for day in (promotion.since, promotion.until) if day is not None]
    return (
        _is_code(promotion.code)
        and _is_text(promotion.name, 35, needed=True)
        and 0 < promotion.value <= (WHOLE_BP if percent else MOST)
        and (2 <= promotion.count <= MOST_QUANTITY if is_set else promotion.count == 1)
        and not (is_set and of_basket)
        and (_is_price(promotion.least) if of_basket else promotion.least == 0)
        and all(map(_is_day, days))
        and days == sorted(days)
        and _is_line(promotion.mall, 40)
        and promotion.bearer in _BEARERS
    )


def _tenders(types: tuple[TenderType, ...]) -> Iterator[str]:
    if len({one.code for one in types}) != len(types):
        yield "a tender twice"
    for one in types:
        fit = (
            _SHORT_CODE.fullmatch(one.code) is not None
            and one.code not in _RESERVED
            and one.kind in _NAMED_TENDERS
            and _is_text(one.name, 30, needed=True)
        )
        if not fit:
            yield f"tender {one.code}"


def _tills(catalogue: Catalogue) -> Iterator[str]:
    keys = {till.public_key for till in catalogue.known_tills}
    if len(keys) != len(catalogue.known_tills):
        yield "a till's key twice"
    for till in catalogue.known_tills:
        till_code(till.till)
        if not (1 <= till.epoch <= LARGEST_COUNT and len(till.public_key) == 32):
            yield f"till {till.till}"


# --- rules ---------------------------------------------------------------------------------------


def _rules(rules: Rules) -> Iterator[str]:
    for dates in (
        [dated.since for dated in rules.policies],
        [rate.since for rate in rules.rates],
        [head.since for head in rules.heads],
    ):
        if dates != sorted(set(dates)) or not all(map(_is_day, dates)):
            yield "rules out of order"
    numbered = {SharePolicy().number: SharePolicy()}
    for dated in rules.policies:
        policy = dated.policy
        # A sale names its policy by number, so a number means one policy for good.
        same = numbered.setdefault(policy.number, policy) == policy
        if not (same and 1 <= policy.number <= LARGEST_COUNT and _is_rate(policy.rate_bp)):
            yield f"policy {policy.number}"
    if not all(_is_rate(rate.rate_bp) for rate in rules.rates):
        yield "rate"
    for head in rules.heads:
        fit = (
            _is_text(head.brand, LONGEST_HEAD)
            and _is_text(head.owner, LONGEST_HEAD)
            and (head.tax_id == "" or is_tax_id(head.tax_id))
            and (head.branch == "" or _BRANCH.fullmatch(head.branch) is not None)
        )
        if not fit:
            yield f"head of {head.since}"


# --- single values -------------------------------------------------------------------------------


def _is_code(text: str) -> bool:
    named = _CODE.fullmatch(text) is not None
    return named and (_is_barcode(text) or not wording.reads_as_card(text))


def _is_barcode(text: str) -> bool:
    return is_ean(text) and has_right_check_digit(text)


def _is_text(text: Text, longest: int, *, needed: bool = False) -> bool:
    return _is_line(text.th, longest) and _is_line(text.en, longest) and bool(text.th or not needed)


def _is_line(text: str, longest: int) -> bool:
    # Measured first: what is too long is not worth reading.
    return (
        len(text) <= longest and wording.one_line(text) == text and not wording.reads_as_card(text)
    )


def _is_paragraphs(text: str) -> bool:
    return (
        len(text) <= 4_000 and wording.paragraphs(text) == text and not wording.reads_as_card(text)
    )


def _is_price(satang: int) -> bool:
    return 0 <= satang <= MOST


def _is_rate(rate_bp: int) -> bool:
    return 0 <= rate_bp <= WHOLE_BP


def _is_day(day: date) -> bool:
    return _DAYS[0] <= day <= _DAYS[1]
