"""The tills that are shown: the sample as it ships and as it is used, and an awkward one."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from tofan_pos import app
from tofan_pos.counter import setup
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.catalogue import ProducerGroup, Product, Story, Text
from tofan_pos.domain.count import parse_count
from tofan_pos.domain.people import Role
from tofan_pos.domain.published import Catalogue
from tofan_pos.domain.sale import Tender, TenderKind, TenderType
from tofan_pos.store.facts import StoredSale

MOMENT = datetime(2026, 11, 22, 7, 5, tzinfo=UTC)
PINS = {"S1": "482913", "S2": "907351", "C1": "251046", "T1": "804627", "C22": "425264"}
"""The PINs of those who sign in or approve in the pictures."""
LONG_NAME = "หัวหน้าเคาน์เตอร์ผ้าทอและเครื่องจักสาน"
LONG_TH = "ผ้าคลุมไหล่ไหมมัดหมี่ย้อมครามธรรมชาติทอมือลายนาคน้อยซ้อนดอกแก้วเชิงขอพระเทพสองชั้น" * 3
LONG_EN = "Hand-reeled silk shawl, natural indigo, double-woven ikat with temple border " * 4

_STORY = Story(
    short=Text("ทอทีละเส้นด้วยกี่พื้นบ้าน", "Woven thread by thread on a floor loom."),
    long=Text(
        "เส้นไหมสาวมือ ย้อมครามแปดครั้ง ตากในร่มทุกครั้ง " * 12,
        "Hand-reeled silk, dyed eight times and dried in the shade each time. " * 12,
    ),
    approved_until=date(2028, 12, 31),
)


class World(StrEnum):
    """Which till a picture needs."""

    BARE = "bare"
    """Set up, and nobody works there yet."""
    SAMPLE = "sample"
    """A session is open; four people; nothing is sold."""
    SHUT = "shut"
    """The same, without a session."""
    OFFLINE = "offline"
    """The same as the sample, with a printer that does not answer."""
    CROWD = "crowd"
    """Two dozen people, some with names as long as they may be."""
    LIVED = "lived"
    """Sales of two days by every tender, returns, a void, cash moved, baskets parked."""
    AWKWARD = "awkward"
    """A catalogue with everything awkward in it, and a receipt of forty lines."""


@dataclass
class Told:
    """A clock that shows what it is told."""

    at: datetime = MOMENT

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.at


def _product(code: str, th: str, en: str, price: int, **more: object) -> Product:
    made = Product(
        code=code,
        name=Text(th, en),
        price=price,
        group="G-ONE",
        category=Text("ผ้าทอและเครื่องแต่งกายพื้นเมืองภาคอีสาน", "Handwoven cloth and clothing"),
        favourite=True,
    )
    return replace(made, **more)  # type: ignore[arg-type]  # fields of a product


AWKWARD = (
    _product("AW-LONG", LONG_TH, LONG_EN, 12_900_00, story=_STORY),
    _product("AW-MARK", "<img src=x onerror=1><b>ผ้า</b>", "<img src=x><b>cloth</b>", 390_00),
    _product("AW-BIDI", "ผ้า\u202eabc\u202c ทอมือ\nบรรทัดสอง", "cloth \u202eevil\u202c\nline", 90_00),
    _product("AW-MARKS", "ปั้นปุ๊ก ญี่ปุ่น ฎีกา ฐานน้ำที่นี่", "Marks that stack", 25),
    _product("AW-FREE", "ของแถม", "A gift", 0, unique=True),
    _product("AW-RICH", "ผ้าไหมยกทองชิ้นเอก", "Gold brocade", 1_234_567_89),
    _product("AW-GONE", "หมดแล้ว", "Not for sale", 100_00, active=False),
    *(
        _product(f"AW-N{n:02d}", f"พวงกุญแจผ้าทอ แบบที่ {n}", f"Woven key ring no. {n}", 45_00 + n)
        for n in range(40)
    ),
)
_TENDERS = (
    TenderType(code="CARD", kind=TenderKind.CARD, name=Text("บัตร", "Card terminal")),
    TenderType(
        code="TRANSFER-CENTRAL",
        kind=TenderKind.TRANSFER,
        name=Text("โอนเข้าบัญชีโครงการสาขาเซ็นทรัลลาดพร้าว", "Transfer to the project account"),
    ),
    TenderType(
        code="V1", kind=TenderKind.VOUCHER, name=Text("บัตรกำนัลห้างชั้นสอง", "Second-floor voucher")
    ),
    TenderType(
        code="V2", kind=TenderKind.VOUCHER, name=Text("คูปองกรมส่งเสริม", "Department coupon"),
        needs_reference=False,
    ),
)  # fmt: skip
_CROWD = (*(f"คนที่ {number}" for number in range(1, 22)), LONG_NAME)


def make(world: World, folder: Path) -> None:
    """Set up the till of a world in a folder."""
    told = Told()
    with _till(folder, world, told) as desk:
        if world is World.BARE:
            return
        _people(desk, crowd=world is World.CROWD)
        if world is World.SHUT:
            _whole_session(desk, told)
            return
        if world is World.LIVED:
            told.at = MOMENT - timedelta(days=1, hours=3)
        desk.day.open(parse_count("1000x1,500x2"), drawer="A" if world is World.CROWD else "")
        if world is World.LIVED:
            _live(desk, told)
        elif world is World.AWKWARD:
            ring(desk, *(f"AW-N{n:02d}" for n in range(40)), "AW-LONG")


@contextmanager
def _till(folder: Path, world: World, clock: Callable[[], datetime]) -> Iterator[Desk]:
    profile = app.trial_profile()
    if world is World.AWKWARD:
        group = ProducerGroup("G-ONE", Text("กลุ่มหนึ่ง", "Group one"))
        setup.set_up(
            folder,
            profile=profile,
            catalogue=Catalogue(products=AWKWARD, groups=(group,), tender_types=_TENDERS),
            catalogue_sha256="0" * 64,
            clock=clock,
            random_bytes=os.urandom,
        )
    else:
        printer = "tcp:127.0.0.1:9" if world is World.OFFLINE else ""
        app.make_till(folder, replace(profile, printer=printer), clock=clock)
    desk = app.build_counter(folder, clock=clock)
    try:
        yield desk
    finally:
        desk.close()


def _people(desk: Desk, *, crowd: bool) -> None:
    desk.access.first_supervisor("S1", "หัวหน้าหนึ่ง", PINS["S1"])
    desk.access.add_staff("S2", "คนขายหนึ่ง", Role.SUPERVISOR, PINS["S2"])
    if not crowd:
        desk.access.add_staff("C1", "คนขายสอง", Role.CASHIER, PINS["C1"])
        desk.access.add_staff("T1", "ผู้ฝึกหัดหนึ่ง", Role.TRAINEE, PINS["T1"])
        return
    for n, name in enumerate(_CROWD, start=1):
        pin = PINS["C1"] if n == 1 else f"{251_046 + 7_919 * n}"
        desk.access.add_staff(f"C{n}", name, Role.CASHIER, pin)


def ring(desk: Desk, *codes: str, tenders: tuple[Tender, ...] | None = None) -> StoredSale:
    """Sell products, for cash unless told otherwise."""
    for code in codes:
        desk.register.scan(code)
    cash = Tender(TenderKind.CASH, -(-desk.register.due // 1000_00) * 1000_00)
    return desk.register.pay((cash,) if tenders is None else tenders)


def _whole_session(desk: Desk, told: Told) -> None:
    told.at = MOMENT - timedelta(days=1)
    desk.day.open(parse_count("1000x1,500x2"))
    ring(desk, "TF-WEA-001", "TF-BAS-002")
    desk.day.count(parse_count("2550"))
    desk.day.close()


def _live(desk: Desk, told: Told) -> None:
    """Sell for two days, the way a counter does."""
    goods = ("TF-IND-004", "TF-WEA-002", "TF-BAS-004", "TF-SOA-001", "TF-WOO-003", "TF-PAP-001")
    for n in range(24):
        told.at += timedelta(minutes=7)
        ring(desk, *(goods[(n + more) % len(goods)] for more in range(1 + n % 4)))
    told.at = MOMENT - timedelta(hours=4)
    desk.day.roll_date()
    desk.drawer.pay_in(500_00, "เงินทอนเพิ่ม")
    told.at += timedelta(minutes=20)
    card = Tender(TenderKind.CARD, 890_00, code="CARD", reference="114477")
    ring(desk, "TF-EMB-004", "TF-JEW-002", tenders=(card, Tender(TenderKind.CASH, 1000_00)))
    transfer = Tender(TenderKind.TRANSFER, 390_00, code="TRANSFER", reference="KB20261122")
    ring(desk, "TF-WEA-001", tenders=(transfer,))
    told.at += timedelta(minutes=20)
    wrong = ring(desk, "TF-WOO-002")
    desk.refunds.void(wrong, "คิดเงินผิด")
    partly = ring(desk, "TF-IND-001", "TF-IND-001", "TF-IND-001", "TF-BAS-002")
    desk.refunds.refund(desk.refunds.find(partly.sale.number), {0: 1}, "สีไม่ถูกใจ")
    told.at += timedelta(minutes=20)
    desk.drawer.pay_out(120_00, "น้ำดื่ม")
    desk.drawer.no_sale("แลกธนบัตร")
    desk.drawer.pickup(3_000_00, "เก็บเข้าตู้เซฟ", bag="B-0042")
    for n, (name, codes) in enumerate(_PARKED.items()):
        told.at += timedelta(minutes=3 + n)
        for code in codes:
            desk.register.scan(code)
        desk.parking.park(name)
    told.at = MOMENT - timedelta(minutes=4)
    ring(desk, "TF-WEA-002")


_PARKED = {
    "": ("TF-WEA-001",),
    "คุณลูกค้าเสื้อฟ้า กลับมาบ่ายสอง": ("TF-WEA-003", "TF-IND-002", "TF-IND-002"),
    "โต๊ะ 2": ("TF-PAN-001", "TF-PAN-002"),
    "กลุ่มทัวร์": ("TF-PAP-004", "TF-PAP-004", "TF-PAP-004", "TF-PAP-001", "TF-SOA-001"),
}
