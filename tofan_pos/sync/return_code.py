"""The code on a receipt by which another till can take pieces back: what was sold, signed."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from tofan_pos.domain.catalogue import TaxKind, Text
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.guard import checked_text
from tofan_pos.domain.money import MOST
from tofan_pos.domain.numbering import DocumentKind, document_number, till_code
from tofan_pos.domain.reversal import Origin, SoldLine
from tofan_pos.domain.sale import Sale
from tofan_pos.sync.canonical import canonical, read_canonical
from tofan_pos.sync.documents import PolicyBody, TenderBody
from tofan_pos.sync.keys import SigningKey, holds
from tofan_pos.sync.record import Count, Day, Whole
from tofan_pos.sync.sales import policy_body, policy_of, tender_bodies, tenders_of
from tofan_pos.sync.square import packed, unpacked

MARK = "TOFANR1."
LONGEST = 1_500
"""So many letters a readable code on a receipt has at most; a longer sale bears none."""
_PURPOSE = b"tofan return code 1\n"
_Text = Annotated[str, Meta(max_length=80)]


class _Line(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    line: Count
    code: _Text
    group: _Text
    quantity: Annotated[int, Meta(ge=1, le=2**31)]
    paid: Whole
    tax: str
    vat: Whole
    share: Whole


class _Body(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    till: _Text
    epoch: Count
    number: _Text
    day: Day
    total: Whole
    change: Whole
    vat_rate_bp: Whole
    policy: PolicyBody
    tenders: tuple[TenderBody, ...]
    lines: tuple[_Line, ...]


_BODY = msgspec.json.Decoder(_Body)


class Signed(Struct, frozen=True):
    """A code as it was read: which till says it signed it, and what must be checked."""

    till: str
    epoch: int
    origin: Origin
    content: bytes
    signature: bytes

    def holds(self, public: bytes) -> bool:
        """Tell whether that till's key made the signature."""
        return holds(public, self.signature, _PURPOSE + self.content)


def return_code(sale: Sale, key: SigningKey) -> str:
    """Return the code of a sale's receipt: letters and digits of base 32.

    It is empty for a sale so long that nobody could scan it.
    """
    body = _Body(
        till=sale.till,
        epoch=sale.epoch,
        number=sale.number,
        day=sale.business_date.isoformat(),
        total=sale.total,
        change=sale.change,
        vat_rate_bp=sale.vat_rate_bp,
        policy=policy_body(sale.policy),
        tenders=tender_bodies(sale.tenders),
        lines=tuple(
            _Line(
                line=position,
                code=line.code,
                group=line.group,
                quantity=line.quantity,
                paid=line.paid,
                tax=line.tax.value,
                vat=line.vat,
                share=line.share,
            )
            for position, line in enumerate(sale.lines)
        ),
    )
    content = canonical(body)
    text = packed(MARK, content, key.sign(_PURPOSE + content))
    return text if len(text) <= LONGEST else ""


def is_return_code(text: str) -> bool:
    """Tell whether a scan means to be such a code."""
    return text.strip().upper().startswith(MARK)


def read_return_code(text: str) -> Signed:
    """Read a code; its signature is still to be checked. Raises `Refusal(RETURN_CODE_WRONG)`."""
    found = unpacked(MARK, text, longest=LONGEST)
    if found is None:
        raise Refusal(Why.RETURN_CODE_WRONG)
    content, signature = found
    try:
        body = read_canonical(content, _BODY)
        origin = _origin_of(body)
    except (ValueError, Refusal) as error:
        raise Refusal(Why.RETURN_CODE_WRONG) from error
    if not _holds_together(body):
        raise Refusal(Why.RETURN_CODE_WRONG)
    return Signed(body.till, body.epoch, origin, content, signature)


def _holds_together(body: _Body) -> bool:
    """Tell whether a code agrees with itself, as a sale's entry must.

    A signature shows who made it, not that it is right.
    """
    lines = body.lines
    numbers = {
        document_number(till=body.till, epoch=body.epoch, series=kind.series, n=int(n))
        for kind in DocumentKind
        if (n := body.number.rpartition("-")[2][1:]).isdigit()
    }
    tendered = sum(tender.amount for tender in body.tenders)
    return (
        bool(lines)
        and body.number in numbers
        and len({line.line for line in lines}) == len(lines)
        and all(line.vat <= line.paid and line.share <= line.paid for line in lines)
        and sum(line.paid for line in lines) == body.total <= MOST
        and tendered - body.change == body.total
    )


def _origin_of(body: _Body) -> Origin:
    for line in body.lines:
        if any(checked_text(t, longest=80) != t for t in (line.code, line.group)):
            raise Refusal(Why.RETURN_CODE_WRONG)
    return Origin(
        number=body.number,
        till=till_code(body.till),
        business_date=date.fromisoformat(body.day),
        total=body.total,
        vat_rate_bp=body.vat_rate_bp,
        policy=policy_of(body.policy),
        lines=tuple(
            SoldLine(
                position=line.line,
                code=line.code,
                name=Text(line.code, line.code),
                group=line.group,
                quantity=line.quantity,
                paid=line.paid,
                tax=TaxKind(line.tax),
                vat=line.vat,
                share=line.share,
            )
            for line in body.lines
        ),
        tenders=tenders_of(body.tenders),
        change=body.change,
    )
