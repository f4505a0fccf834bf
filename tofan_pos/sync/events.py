"""What happens at a till beside its documents, as journal entries hold it."""

from typing import Annotated

from msgspec import Meta

from tofan_pos.sync.documents import DiscountBody, VoidedLineBody
from tofan_pos.sync.record import (
    Count,
    Day,
    Digest,
    Moment,
    Name,
    Record,
    Signed,
    Whole,
)


class OpenedBody(Record, frozen=True):
    """A till's first entry: who it is and with which key it signs."""

    document: str
    install_id: str
    program: str
    public_key: Digest


class CatalogueBody(Record, frozen=True):
    """A catalogue was loaded: how many products, the SHA-256 of what was read, and by whom."""

    products: Whole
    sha256: Digest
    approved_by: str = ""
    by: str = ""
    version: Whole = 0
    """Which of head office's it is; nought where a person loaded a workbook."""


class GroupBody(Record, frozen=True):
    """A producer group's code and neutral labels."""

    code: Name
    label_en: str
    label_th: str


class GroupsBody(Record, frozen=True):
    """Groups of the catalogue loaded last, a hundred to an entry at most."""

    groups: tuple[GroupBody, ...]


class ClockStepBody(Record, frozen=True):
    """The clock was found behind the entry before by so many seconds."""

    seconds: Whole


# --- people -------------------------------------------------------------------------------------


class StaffMemberBody(Record, frozen=True):
    """Somebody who works at the till, as a code and a role; never a name."""

    code: str
    role: str


class StaffBody(Record, frozen=True):
    """Who works at the till from now on. `by` is who set them up, empty where a catalogue did."""

    by: str
    staff: tuple[StaffMemberBody, ...]
    pin_of: str = ""
    """Whose PIN was set, where it was somebody's."""


class SignedInBody(Record, frozen=True):
    """Somebody took over the till with their PIN. `after` is who had it before."""

    by: str
    role: str
    after: str = ""


class LoginFailedBody(Record, frozen=True):
    """A wrong PIN: the how-manieth in a row, and for how many seconds it shut that person out."""

    failures: Whole
    who: str
    wait: Whole = 0


class OverrideBody(Record, frozen=True):
    """A supervisor approved what is no entry of its own: what, and about what."""

    about: str
    approved_by: str
    by: str
    right: str


# --- the till session ---------------------------------------------------------------------------


class PieceBody(Record, frozen=True):
    """So many of a note or coin of so many satang."""

    count: Whole
    piece: Whole


class CountBody(Record, frozen=True):
    """Money counted: piece by piece, and what was counted as a sum."""

    loose: Whole = 0
    pieces: tuple[PieceBody, ...] = ()


class SessionOpenedBody(Record, frozen=True):
    """A session was opened over a counted float."""

    business_date: Day
    by: str
    n: Whole
    opening: CountBody
    approved_by: str = ""
    drawer: str = ""


class DateRolledBody(Record, frozen=True):
    """From now on sales count for another business date."""

    business_date: Day
    by: str
    approved_by: str = ""


class MovementBody(Record, frozen=True):
    """Cash went in or out without a sale; the amount in satang."""

    amount: Whole
    business_date: Day
    by: str
    movement: str
    n: Whole
    number: str
    reason: str
    approved_by: str = ""
    bag: str = ""
    drawer: str = ""


class NoSaleBody(Record, frozen=True):
    """The drawer was opened without a sale."""

    by: str
    reason: str
    approved_by: str = ""


class BasketVoidedBody(Record, frozen=True):
    """A basket was emptied before completion."""

    by: str
    lines: tuple[VoidedLineBody, ...]


class ParkedLineBody(Record, frozen=True):
    """A line of a parked basket; `price` in satang where another than the catalogue's was given."""

    code: str
    quantity: Whole
    discount: DiscountBody | None = None
    price: Whole | None = None
    price_reason: str = ""


class ParkedBody(Record, frozen=True):
    """A basket was set aside under a name."""

    by: str
    id: str
    lines: tuple[ParkedLineBody, ...]
    name: str
    total: Whole
    discount: DiscountBody | None = None
    voided: tuple[VoidedLineBody, ...] = ()


class RecalledBody(Record, frozen=True):
    """A parked basket was taken up again."""

    by: str
    id: str


class ReprintedBody(Record, frozen=True):
    """A paper was asked for again: the `copy`th time, or a gift receipt of it."""

    by: str
    copy: Whole
    number: str
    paper: str
    approved_by: str = ""


class BackedUpBody(Record, frozen=True):
    """A backup was made and proved by opening it: its SHA-256, and up to which entry."""

    by: str
    seq: Whole
    sha256: Digest


# --- the end of a session -----------------------------------------------------------------------


class TenderCountBody(Record, frozen=True):
    """What another tender than cash was counted to be, in satang."""

    amount: Whole
    key: str


class CountedBody(Record, frozen=True):
    """The drawer was counted, before anybody saw what should be in it."""

    by: str
    cash: CountBody
    tenders: tuple[TenderCountBody, ...] = ()


class SumsBody(Record, frozen=True):
    """Documents of one kind: how many, and what they come to in satang."""

    count: Whole = 0
    exempt: Whole = 0
    share: Whole = 0
    total: Whole = 0
    vat: Whole = 0


class TallyBody(Record, frozen=True):
    """So many times, so many satang."""

    amount: Whole = 0
    count: Whole = 0


class SignedTallyBody(Record, frozen=True):
    """So many times, so many satang less; below nought where it came to more."""

    amount: Signed = 0
    count: Whole = 0


class RunBody(Record, frozen=True):
    """The documents of one series: how many, the first number and the last."""

    count: Whole
    first: str
    last: str
    series: str


class BearerBody(Record, frozen=True):
    """What one bearer gave in discounts, in satang."""

    amount: Whole
    bearer: str


class SettledBody(Record, frozen=True):
    """One tender: what it took, paid back, should come to, and was counted to be, in satang."""

    counted: Whole
    expected: Signed
    key: str
    paid_back: Whole
    taken: Whole
    voided: Whole = 0


class FiguresBody(Record, frozen=True):
    """A session's figures as its Z report states them; amounts in satang."""

    anchor: str
    business_date: Day
    by: str
    discounts: tuple[BearerBody, ...]
    epoch: Count
    exchanges: TallyBody
    first_business_date: Day
    grand_total_before: Signed
    n: Whole
    net: Signed
    net_share: Signed
    net_vat: Signed
    no_receipt: TallyBody
    no_sales: Whole
    opened_at: Moment
    opened_by: str
    opening: Whole
    overrides: Whole
    paid_in: TallyBody
    paid_out: TallyBody
    parked: Whole
    pickups: TallyBody
    price_changes: SignedTallyBody
    refunds: SumsBody
    reprints: Whole
    runs: tuple[RunBody, ...]
    sales: SumsBody
    seq: Whole
    settled: tuple[SettledBody, ...]
    till: str
    voided_baskets: TallyBody
    voided_lines: TallyBody
    voids: SumsBody


class SessionClosedBody(Record, frozen=True):
    """A session was closed: its Z report, how the drawer was counted, and the signature over it.

    `signature` is Ed25519, in hex, over the figures' canonical bytes (see `signed_figures`);
    empty where the till's key was missing.
    """

    cash: CountBody
    counted_by: str
    figures: FiguresBody
    approved_by: str = ""
    bag: str = ""
    counts: Whole = 1
    first_cash: CountBody | None = None
    reason: str = ""
    seconded: str = ""
    signature: Annotated[str, Meta(pattern=r"^([0-9a-f]{128})?\Z")] = ""
