"""Entries for tests: one of each kind, runs of them chained, and any sale at all."""

from datetime import UTC, date, datetime

import msgspec
from hypothesis import strategies as st

from tests.domain.baskets import baskets
from tofan_pos.domain.basket import Basket
from tofan_pos.domain.catalogue import SharePolicy
from tofan_pos.domain.numbering import DocumentKind
from tofan_pos.domain.sale import Sale, Tender, TenderKind, Terms, complete
from tofan_pos.sync.chain import Head, Link
from tofan_pos.sync.dealings import (
    EnrolledBody,
    EpochOpenedBody,
    ExportedBody,
    KeyRotatedBody,
    LostBody,
    StoriesGoneBody,
    SyncPausedBody,
)
from tofan_pos.sync.documents import (
    PolicyBody,
    ReversalBody,
    ReversalLineBody,
    TenderBody,
    VoidBody,
    VoidedLineBody,
)
from tofan_pos.sync.entries import entry_line
from tofan_pos.sync.events import (
    BackedUpBody,
    BasketVoidedBody,
    BearerBody,
    CatalogueBody,
    ClockStepBody,
    CountBody,
    CountedBody,
    DateRolledBody,
    FiguresBody,
    GroupBody,
    GroupsBody,
    LoginFailedBody,
    MovementBody,
    NoSaleBody,
    OpenedBody,
    OverrideBody,
    ParkedBody,
    ParkedLineBody,
    PieceBody,
    RecalledBody,
    ReprintedBody,
    RunBody,
    SessionClosedBody,
    SessionOpenedBody,
    SettledBody,
    SignedInBody,
    SignedTallyBody,
    StaffBody,
    StaffMemberBody,
    SumsBody,
    TallyBody,
    TenderCountBody,
)
from tofan_pos.sync.keys import SigningKey
from tofan_pos.sync.kinds import Body

KEY = SigningKey(bytes(range(32)))
AT = "2026-11-22T03:04:05Z"
COUNT = CountBody(loose=50, pieces=(PieceBody(count=2, piece=1000_00),))
REFUND = ReversalBody(
    business_date="2026-11-23",
    by="B2",
    id="r1",
    lines=(
        ReversalLineBody(
            code="TF-1",
            group="G1",
            line=0,
            name_th="ผ้า",
            paid=590_00,
            quantity=1,
            share=386_00,
            tax="standard",
            vat=38_60,
        ),
    ),
    n=1,
    number="CTW1-C000001",
    of="CTW1-V000001",
    of_date="2026-11-22",
    policy=PolicyBody(basis="paid_without_vat", number=1, rate_bp=7000),
    reason="สีไม่ถูกใจ",
    share=386_00,
    tenders=(TenderBody(amount=590_00, kind="card", code="CARD1", reference="778"),),
    total=590_00,
    vat=38_60,
    vat_rate_bp=700,
    approved_by="A1",
)
FIGURES = FiguresBody(
    anchor="0123abcd",
    business_date="2026-11-22",
    by="B2",
    discounts=(BearerBody(amount=59_00, bearer="mall"),),
    epoch=1,
    exchanges=TallyBody(),
    first_business_date="2026-11-22",
    grand_total_before=-1,
    n=1,
    net=590_00,
    net_share=386_00,
    net_vat=38_60,
    no_receipt=TallyBody(),
    no_sales=1,
    opened_at=AT,
    opened_by="B2",
    opening=2000_00,
    overrides=2,
    paid_in=TallyBody(),
    paid_out=TallyBody(amount=100_00, count=1),
    parked=0,
    pickups=TallyBody(),
    price_changes=SignedTallyBody(amount=-50_00, count=1),
    refunds=SumsBody(),
    reprints=1,
    runs=(RunBody(count=1, first="CTW1-V000001", last="CTW1-V000001", series="V"),),
    sales=SumsBody(count=1, share=386_00, total=590_00, vat=38_60),
    seq=9,
    settled=(
        SettledBody(counted=2470_00, expected=2490_00, key="cash", paid_back=0, taken=590_00),
    ),
    till="CTW1",
    voided_baskets=TallyBody(),
    voided_lines=TallyBody(),
    voids=SumsBody(),
)
BODIES: tuple[Body, ...] = (
    OpenedBody(
        document="VAT_RECEIPT", install_id="i1", program="0.1.0", public_key=KEY.public.hex()
    ),
    CatalogueBody(products=3, sha256="ab" * 32),
    GroupsBody(groups=(GroupBody(code="G1", label_en="Weavers", label_th="กลุ่มทอผ้า"),)),
    ClockStepBody(seconds=86_400),
    ExportedBody(header='{"a":"\\n"}', signature="0f" * 64),
    EpochOpenedBody(
        after=1,
        install_id="ab" * 16,
        program="0.1.0",
        public_key=KEY.public.hex(),
        why="restored",
        lost=(LostBody(epoch=1, first=700, hash="cd" * 32, last=812),),
    ),
    KeyRotatedBody(by="A1", public_key=KEY.public.hex(), signature="0f" * 64, approved_by="B2"),
    EnrolledBody(by="A1", office_key=KEY.public.hex(), server="https://office.example"),
    SyncPausedBody(by="A1", paused=1),
    StoriesGoneBody(codes=("TF-1", "TF-2"), why="lease"),
    StaffBody(by="SETUP", staff=(StaffMemberBody(code="A1", role="supervisor"),)),
    SignedInBody(by="A1", role="supervisor", after="B2"),
    LoginFailedBody(failures=5, who="A1", wait=30),
    OverrideBody(about="TF-1 percent 2000", approved_by="A1", by="B2", right="discount_above"),
    SessionOpenedBody(
        business_date="2026-11-22", by="B2", n=1, opening=COUNT, approved_by="A1", drawer="2"
    ),
    DateRolledBody(business_date="2026-11-23", by="A1"),
    MovementBody(
        amount=500_00,
        business_date="2026-11-22",
        by="B2",
        movement="pickup",
        n=1,
        number="CTW1-M000001",
        reason="ฝากธนาคาร",
        bag="B-77",
    ),
    NoSaleBody(by="B2", reason="แลกเหรียญ", approved_by="A1"),
    BasketVoidedBody(by="B2", lines=(VoidedLineBody(amount=590_00, code="TF-1", quantity=1),)),
    ParkedBody(
        by="B2",
        id="01",
        lines=(ParkedLineBody(code="TF-1", quantity=2, price=0, price_reason="ตำหนิ"),),
        name="ลูกค้าเสื้อเขียว",
        total=0,
    ),
    RecalledBody(by="A1", id="01"),
    ReprintedBody(by="B2", copy=2, number="CTW1-V000001", paper="receipt", approved_by="A1"),
    BackedUpBody(by="A1", seq=12, sha256="cd" * 32),
    REFUND,
    VoidBody(**(msgspec.structs.asdict(REFUND) | {"number": "CTW1-V000001"})),
    CountedBody(by="B2", cash=COUNT, tenders=(TenderCountBody(amount=590_00, key="CARD1"),)),
    SessionClosedBody(
        cash=COUNT, counted_by="B2", figures=FIGURES, bag="B-78", reason="ทอนเกิน", seconded="A1"
    ),
)


def sale_of(basket: Basket, *, n: int = 1, kind: DocumentKind = DocumentKind.VAT_RECEIPT) -> Sale:
    """Return a basket's sale, paid to the satang."""
    rate = 700 if kind is DocumentKind.VAT_RECEIPT else 0
    return complete(
        basket,
        [Tender(TenderKind.CASH, basket.total)],
        terms=Terms(kind=kind, vat_rate_bp=rate, policy=SharePolicy()),
        sale_id=f"id-{n}",
        till="CTW1",
        epoch=1,
        n=n,
        at=datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC),
        business_date=date(2026, 11, 22),
        by="SETUP",
    )


def sales() -> st.SearchStrategy[Sale]:
    """Draw a sale of any basket, of either kind of document."""
    return st.builds(
        lambda basket, n, kind: sale_of(basket, n=n, kind=kind),
        baskets(),
        st.integers(1, 10**9),
        st.sampled_from(DocumentKind),
    )


def written(*bodies: Body, till: str = "CTW1", epoch: int = 1) -> list[Link]:
    """Return bodies as a journal's first entries."""
    head, links = Head(), []
    for body in bodies:
        line = entry_line(body, till=till, epoch=epoch, seq=head.seq + 1, at=AT)
        links.append(head.then(line))
        head = Head(links[-1].seq, links[-1].hash)
    return links
