"""Every act that takes a right, as data: what it is done to, its verb, and what tells of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from tests.counter.people import PINS, ROLES, crew
from tests.counter.tills import cash, catalogue, make_till, open_till, opened, ring
from tofan_pos import app
from tofan_pos.counter.access import Approval
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.setup import load_catalogue
from tofan_pos.domain.basket import Basket, Bearer, Discount, DiscountKind
from tofan_pos.domain.catalogue import KnownTill, Text
from tofan_pos.domain.count import parse_count
from tofan_pos.domain.people import Right, Role
from tofan_pos.domain.published import Catalogue
from tofan_pos.domain.sale import Tender, TenderKind, TenderType
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.return_code import return_code

SOMEBODY = {role: next(code for code in PINS if ROLES[code] is role) for role in Role}
"""One of each role, by code."""
BOSS = "LEAD2"
"""A supervisor who is none of them: prepares what is acted on, and approves."""
CARD = TenderType(code="EDC1", kind=TenderKind.CARD, name=Text("บัตร", "Card"))
PIN, WHY = "571903", "ทดสอบ"


@dataclass(frozen=True)
class House:
    """One till, open in one run of the program for the boss and one for each role."""

    boss: Desk
    runs: dict[Role, Desk]
    goods: Catalogue
    code: str
    """The return code of another till's receipt, of many pieces."""
    folder: Path
    newcomers: Iterator[int]

    def entries(self, *, after: int) -> list[Any]:
        """Return the journal's entries after a place in it."""
        found = [read_entry(entry.line) for entry in self.boss.store.entries()]
        return [entry for entry in found if entry.seq > after]

    @property
    def head(self) -> int:
        """The journal's last place."""
        return self.boss.store.journal_size()[0]

    def reopened(self) -> None:
        """Have a session nobody has counted yet."""
        self.closed()
        self.boss.day.open(parse_count("20000"))

    def closed(self) -> None:
        """Have no session."""
        if self.boss.day.session is not None:
            self.counted()
            self.boss.day.close(reason=WHY)

    def counted(self, off: int = 0) -> None:
        """Have the drawer counted: what should be there, or so many baht more."""
        self.boss.drawer.pay_in(1_00, "a coin makes every count before it void")
        expected = self.boss.day.x().expected()
        others = {key: max(amount, 0) for key, amount in expected.items() if key != "cash"}
        self.boss.day.count(parse_count(f"{expected['cash'] / 100 + off:.2f}"), others)

    def card_sale(self) -> Any:
        """Return a sale that was paid by card."""
        self.boss.register.scan("TF-SCARF")
        due = self.boss.register.basket.total
        return self.boss.register.pay([Tender(TenderKind.CARD, due, CARD.code, "0042")])


@contextmanager
def furnished(place: Path) -> Iterator[House]:
    """Set a till up in a place, where the crew works and another till is known."""
    make_till(place / "other", till="OTH1")
    with opened(place / "other") as other:
        sale = ring(other, *["TF-HONEY"] * 9).sale
        code, key = return_code(sale, other.outbox.keys.load()), other.identity.public_key
    goods = replace(catalogue(), tender_types=(CARD,), known_tills=(KnownTill("OTH1", 1, key),))
    make_till(place / "till", goods=goods)
    boss = open_till(place / "till")
    with boss.journal.fact() as fact:
        boss.access.load_staff(fact, crew())
    runs = {role: app.build_counter(place / "till", clock=boss.clock) for role in Role}
    boss.access.sign_in(BOSS, PINS[BOSS])
    for role, run in runs.items():
        run.access.sign_in(SOMEBODY[role], PINS[SOMEBODY[role]])
    yield House(boss, runs, goods, code, place, count())
    for desk in (boss, *runs.values()):
        desk.close()


Ready = Callable[[House, Desk], Any]
"""Prepares what is acted on, and returns it."""
Do = Callable[[Desk, Any, "Approval | None"], object]


@dataclass(frozen=True)
class Act:
    """One act: the right it takes, and the kind of entry that tells of it, if any does."""

    name: str
    right: Right
    entry: str
    ready: Ready
    do: Do


def off(percent: int) -> Discount:
    return Discount(kind=DiscountKind.PERCENT, value=percent * 100, reason=WHY, bearer=Bearer.BRAND)


def basket(_: House, desk: Desk) -> None:
    """Put a scarf before whoever acts, also before those who may not scan one."""
    desk.register.put(Basket().scan(desk.shelf.scan("TF-SCARF"))[0])


def sell(desk: Desk, _: None, __: Approval | None) -> None:
    desk.register.scan("TF-SCARF")
    desk.register.pay(cash(desk.register.basket.total))


def nothing(*_: object) -> None:
    """Prepare nothing."""


def sold(house: House, _: Desk) -> Any:
    return ring(house.boss)


def returnable(*codes: str) -> Ready:
    return lambda house, desk: desk.refunds.of_sale(ring(house.boss, *codes))


def refund(desk: Desk, found: Any, approval: Approval | None) -> object:
    return desk.refunds.refund(found, {0: found.origin.lines[0].quantity}, WHY, approval=approval)


def refund_one(desk: Desk, found: Any, approval: Approval | None) -> object:
    return desk.refunds.refund(found, {0: 1}, WHY, approval=approval)


def refund_in_cash(desk: Desk, found: Any, approval: Approval | None) -> object:
    back = cash(found.origin.total)
    return desk.refunds.refund(found, {0: 1}, WHY, tenders=back, approval=approval)


def printed_again(house: House, desk: Desk) -> str:
    number: str = sold(house, desk).sale.number
    house.boss.reprints.reprint(number)
    return number


def counted_twice(house: House, _: Desk) -> None:
    house.reopened()
    for _again in range(2):
        house.counted()
    house.boss.drawer.pay_in(1_00, WHY)


def next_day(house: House, _: Desk) -> date:
    session = house.boss.day.session
    assert session is not None
    return session.business_date + timedelta(days=1)


ACTS = (
    Act("sell", Right.SELL, "sale", nothing, sell),
    Act(
        "discount",
        Right.DISCOUNT,
        "",
        basket,
        lambda desk, _, word: desk.register.discount_line(0, off(5), approval=word),
    ),
    Act(
        "discount above",
        Right.DISCOUNT_ABOVE,
        "override",
        basket,
        lambda desk, _, word: desk.register.discount_basket(off(50), approval=word),
    ),
    Act(
        "price",
        Right.PRICE_OVERRIDE,
        "override",
        basket,
        lambda desk, _, word: desk.register.override_price(0, 500_00, WHY, approval=word),
    ),
    Act("refund", Right.REFUND, "refund", returnable("TF-SCARF"), refund),
    Act(
        "exchange",
        Right.REFUND,
        "",
        returnable("TF-SCARF"),
        lambda desk, found, word: desk.refunds.exchange(found, {0: 1}, WHY, approval=word),
    ),
    Act("refund above", Right.REFUND_ABOVE, "refund", returnable(*["TF-SCARF"] * 4), refund),
    Act(
        "refund without receipt",
        Right.REFUND_WITHOUT_RECEIPT,
        "refund",
        lambda _, desk: desk.refunds.without_receipt([(desk.shelf.scan("TF-SCARF"), 1)]),
        refund,
    ),
    Act(
        "refund of another till",
        Right.REFUND_OTHER_TILL,
        "refund",
        lambda house, desk: desk.refunds.find(house.code),
        refund_one,
    ),
    Act(
        "refund in cash of a card",
        Right.REFUND_OTHER_TENDER,
        "refund",
        lambda house, desk: desk.refunds.of_sale(house.card_sale()),
        refund_in_cash,
    ),
    Act(
        "void",
        Right.VOID_DOCUMENT,
        "void",
        sold,
        lambda desk, sale, word: desk.refunds.void(sale, WHY, approval=word),
    ),
    Act(
        "reprint",
        Right.REPRINT,
        "reprinted",
        lambda house, desk: sold(house, desk).sale.number,
        lambda desk, number, word: desk.reprints.reprint(number, approval=word),
    ),
    Act(
        "gift receipt",
        Right.REPRINT,
        "reprinted",
        printed_again,
        lambda desk, number, word: desk.reprints.gift(number, approval=word),
    ),
    Act(
        "reprint again",
        Right.REPRINT_AGAIN,
        "reprinted",
        printed_again,
        lambda desk, number, word: desk.reprints.reprint(number, approval=word),
    ),
    Act(
        "open",
        Right.OPEN_SESSION,
        "session_opened",
        lambda house, _: house.closed(),
        lambda desk, _, word: desk.day.open(parse_count("1000x2"), approval=word),
    ),
    Act(
        "count",
        Right.CLOSE_SESSION,
        "counted",
        lambda house, _: house.reopened(),
        lambda desk, _, word: desk.day.count(parse_count("20000"), approval=word),
    ),
    Act(
        "count a third time",
        Right.CLOSE_DIFFERENCE,
        "counted",
        counted_twice,
        lambda desk, _, word: desk.day.count(parse_count("20000"), approval=word),
    ),
    Act(
        "close",
        Right.CLOSE_SESSION,
        "session_closed",
        lambda house, _: house.counted(),
        lambda desk, _, word: desk.day.close(approval=word),
    ),
    Act(
        "close over a difference",
        Right.CLOSE_DIFFERENCE,
        "session_closed",
        lambda house, _: house.counted(off=500),
        lambda desk, _, word: desk.day.close(reason=WHY, approval=word),
    ),
    Act(
        "roll the date",
        Right.ROLL_DATE,
        "date_rolled",
        next_day,
        lambda desk, day, word: desk.day.roll_date(day, approval=word),
    ),
    Act("X", Right.X_REPORT, "", nothing, lambda desk, _, word: desk.day.x(approval=word)),
    Act(
        "pay in",
        Right.PAID_IN,
        "movement",
        nothing,
        lambda desk, _, word: desk.drawer.pay_in(10_00, WHY, approval=word),
    ),
    Act(
        "pay out",
        Right.PAID_OUT,
        "movement",
        nothing,
        lambda desk, _, word: desk.drawer.pay_out(10_00, WHY, approval=word),
    ),
    Act(
        "pickup",
        Right.PICKUP,
        "movement",
        nothing,
        lambda desk, _, word: desk.drawer.pickup(10_00, WHY, bag="B-1", approval=word),
    ),
    Act(
        "change the drawer",
        Right.CHANGE_DRAWER,
        "movement",
        nothing,
        lambda desk, _, word: desk.drawer.change_drawer("2", approval=word),
    ),
    Act(
        "open the drawer",
        Right.NO_SALE,
        "no_sale",
        nothing,
        lambda desk, _, word: desk.drawer.no_sale(WHY, approval=word),
    ),
    Act(
        "export",
        Right.EXPORT,
        "exported",
        lambda house, _: house.folder / "stick",
        lambda desk, stick, _: desk.outbox.export(stick),
    ),
    Act(
        "back up",
        Right.EXPORT,
        "backed_up",
        lambda house, _: house.folder / "stick",
        lambda desk, stick, _: desk.backups.make(stick),
    ),
    Act(
        "load a catalogue",
        Right.LOAD_CATALOGUE,
        "catalogue",
        lambda house, _: house.goods,
        lambda desk, goods, word: load_catalogue(
            desk.journal, goods, sha256="1" * 64, access=desk.access, approval=word
        ),
    ),
    Act(
        "let somebody in",
        Right.MANAGE_STAFF,
        "staff",
        lambda house, _: f"NEW{next(house.newcomers)}",
        lambda desk, code, word: desk.access.add_staff(code, "", Role.CASHIER, PIN, approval=word),
    ),
)
