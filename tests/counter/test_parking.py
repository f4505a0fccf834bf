"""Baskets set aside: they survive, are taken up once, and cost what things cost then."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.counter.people import refuses
from tests.counter.test_register import Interrupted
from tests.counter.tills import Clock, cash, catalogue, make_till, opened, proof, ring
from tests.domain.baskets import amount, percent
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.parking import Parking
from tofan_pos.counter.register import Register
from tofan_pos.counter.setup import load_catalogue
from tofan_pos.domain.basket import Basket
from tofan_pos.domain.catalogue import Product, Text
from tofan_pos.domain.count import Count
from tofan_pos.domain.errors import Why
from tofan_pos.domain.promotion import Promotion, PromotionKind, Scope
from tofan_pos.domain.published import Catalogue

ROOT = Path(__file__).parents[2]
OFFER = Promotion(
    code="P1",
    name=Text("ลด 30%", "30% off"),
    kind=PromotionKind.PERCENT,
    value=3_000,
    scope=Scope.PRODUCT,
    about="TF-SCARF",
)


def sells(desk: Desk, *changes: Product, promotions: tuple[Promotion, ...] = ()) -> None:
    """Load the catalogue anew, with some products as they are given here."""
    changed = {product.code: product for product in changes}
    goods = catalogue()
    products = tuple(changed.get(product.code, product) for product in goods.products)
    load_catalogue(
        desk.journal,
        replace(goods, products=products, promotions=promotions),
        sha256="1" * 64,
        access=desk.access,
    )


def product(code: str, **changes: object) -> Product:
    (found,) = [one for one in catalogue().products if one.code == code]
    return replace(found, **changes)  # type: ignore[arg-type]  # names and values of its fields


def park(desk: Desk, *codes: str, name: str = "") -> str:
    """Scan and park a basket; return what it is recalled by."""
    for code in codes:
        desk.register.scan(code)
    desk.parking.park(name)
    return desk.parking.waiting()[-1].id


def test_several_baskets_wait_by_name(desk: Desk, clock: Clock) -> None:
    park(desk, "TF-SCARF", "TF-SCARF", name="  ลูกค้าหมวกแดง\u202e ")
    clock.move(timedelta(minutes=5))
    park(desk, "TF-HONEY")
    assert desk.register.basket == Basket()
    first, second = desk.parking.waiting()
    assert (first.name, first.total, first.pieces, first.by) == (
        "ลูกค้าหมวกแดง",
        1_180_00,
        2,
        "SETUP",
    )
    assert (second.name, second.total, second.at) == ("", 10_00, clock())
    assert desk.day.x().parked == 2
    assert desk.parking.recall(second.id) == ()
    assert desk.parking.waiting() == [first]
    assert desk.register.basket.total == 10_00
    assert proof(desk).flaw is None


def test_what_was_given_by_hand_is_kept_over_a_restart(folder: Path) -> None:
    with opened(folder) as desk:
        for code in ("TF-SCARF", "TF-SCARF", "TF-BASKET", "TF-HONEY"):
            desk.register.scan(code)
        desk.register.override_price(0, 500_00, "รอยเปื้อน")
        desk.register.discount_line(1, percent(1_000))
        desk.register.void_line(2)
        desk.register.discount_basket(amount(50_00))
        before = desk.register.basket
        parked_id = park(desk)
    with opened(folder) as desk:
        assert desk.parking.recall(parked_id) == ()
        assert desk.register.basket == before
        assert [line.code for line in desk.register.basket.voided] == ["TF-HONEY"]
        done = desk.register.pay(cash(desk.register.basket.total))
        assert done.sale.total == before.total
        assert (done.sale.lines[0].listed, done.sale.lines[0].price_reason) == (590_00, "รอยเปื้อน")
        assert desk.day.x().voided_lines.count == 1
        assert proof(desk).flaw is None


def test_two_lines_of_one_product_stay_two(desk: Desk) -> None:
    """A line without a discount before one with: what is scanned again must not run together."""
    desk.register.scan("TF-SCARF")
    desk.register.discount_line(0, percent(500))
    desk.register.scan("TF-SCARF")
    desk.register.set_quantity(1, 3)
    desk.register.discount_line(1, percent(1_000))
    desk.register.discount_line(0, None)
    before = desk.register.basket
    assert [line.quantity for line in before.lines] == [1, 3]
    desk.parking.recall(park(desk))
    assert desk.register.basket == before


def test_a_basket_costs_what_things_cost_now(desk: Desk) -> None:
    desk.register.scan("TF-SCARF")
    desk.register.scan("TF-BASKET")
    desk.register.override_price(1, 300_00, "รอย")
    parked_id = park(desk)
    sells(desk, product("TF-SCARF", price=600_00), product("TF-BASKET", price=400_00))
    desk.parking.recall(parked_id)
    lines = desk.register.basket.lines
    assert [line.price for line in lines] == [600_00, 300_00]
    assert lines[1].product.price == 400_00


def test_promotions_are_chosen_anew(desk: Desk) -> None:
    parked_id = park(desk, "TF-SCARF")
    sells(desk, promotions=(OFFER,))
    desk.parking.recall(parked_id)
    (line,) = desk.register.basket.lines
    assert line.promotion is not None
    assert desk.register.basket.total == 590_00 * 7 // 10
    parked_id = park(desk)
    sells(desk)
    desk.parking.recall(parked_id)
    assert desk.register.basket.total == 590_00


def test_what_is_no_longer_for_sale_is_named(desk: Desk) -> None:
    parked_id = park(desk, "TF-SCARF", "TF-DISH", "TF-BASKET", "TF-HONEY")
    ring(desk, "TF-DISH")
    goods = catalogue()
    left = tuple(one for one in goods.products if one.code != "TF-HONEY")
    changed = tuple(replace(one, active=one.code != "TF-SCARF") for one in left)
    load_catalogue(
        desk.journal,
        Catalogue(products=changed, groups=goods.groups),
        sha256="1" * 64,
        access=desk.access,
    )
    assert desk.parking.recall(parked_id) == ("TF-SCARF", "TF-DISH", "TF-HONEY")
    assert [line.product.code for line in desk.register.basket.lines] == ["TF-BASKET"]
    desk.register.void_basket()
    desk.register.scan("TF-BASKET")
    parked_id = park(desk)
    load_catalogue(
        desk.journal, Catalogue(products=(), groups=()), sha256="2" * 64, access=desk.access
    )
    assert desk.parking.recall(parked_id) == ("TF-BASKET",)
    assert desk.register.basket.lines == ()
    assert proof(desk).flaw is None


def test_a_discount_that_takes_more_than_there_is_is_not_given(desk: Desk) -> None:
    desk.register.scan("TF-SCARF")
    desk.register.discount_line(0, amount(400_00))
    desk.register.scan("TF-BASKET")
    desk.register.discount_basket(amount(500_00))
    parked_id = park(desk)
    sells(desk, product("TF-SCARF", price=100_00))
    assert desk.parking.recall(parked_id) == ()
    basket = desk.register.basket
    assert (basket.lines[0].discount, basket.discount) == (None, None)
    assert basket.total == 433_33


def test_nothing_is_parked_and_nothing_taken_over_a_basket(desk: Desk) -> None:
    with refuses(Why.NOTHING_TO_PARK):
        desk.parking.park()
    parked_id = park(desk, "TF-SCARF")
    desk.register.scan("TF-HONEY")
    before = desk.register.basket
    with refuses(Why.BASKET_OPEN):
        desk.parking.recall(parked_id)
    with refuses(Why.TEXT_TOO_LONG):
        desk.parking.park("x" * 41)
    with refuses(Why.CARD_NUMBER):
        desk.parking.park("4111111111111111")
    assert desk.register.basket == before
    desk.register.void_basket()
    with refuses(Why.NO_SUCH_PARKED):
        desk.parking.recall("nothing")
    desk.parking.recall(parked_id)
    desk.register.void_basket()
    with refuses(Why.NO_SUCH_PARKED):
        desk.parking.recall(parked_id)


def test_an_exchange_is_not_parked(desk: Desk) -> None:
    sold = ring(desk)
    desk.refunds.exchange(desk.refunds.of_sale(sold), {0: 1}, "สี")
    desk.register.scan("TF-BASKET")
    with refuses(Why.NOTHING_TO_PARK):
        desk.parking.park()
    assert desk.register.exchange is not None


def test_what_waits_outlives_the_session(desk: Desk) -> None:
    parked_id = park(desk, "TF-SCARF")
    desk.day.count(Count())
    z = desk.day.close().z
    assert z.report.parked == 1
    with refuses(Why.NO_SESSION):
        desk.parking.recall(parked_id)
    assert [one.id for one in desk.parking.waiting()] == [parked_id]
    desk.day.open(Count())
    assert desk.parking.recall(parked_id) == ()


def test_a_basket_that_was_paid_for_is_not_parked(desk: Desk) -> None:
    """Its commit happened though nobody was told: it must not come back as a second sale."""
    Interrupted.done.clear()
    journal = Interrupted(desk.store, desk.profile, desk.clock)
    journal.done.clear()
    register = Register(
        journal=journal, shelf=desk.shelf, access=desk.access, new_id=lambda: "only-one"
    )
    parking = Parking(desk.journal, desk.access, register, lambda: "parked-1")
    register.scan("TF-SCARF")
    with pytest.raises(KeyboardInterrupt):
        register.pay(cash(590_00))
    with refuses(Why.SALE_ALREADY_DONE):
        parking.park()
    assert parking.waiting() == []
    assert register.basket == Basket()


def test_a_basket_that_could_not_be_parked_is_still_there(desk: Desk) -> None:
    desk.register.scan("TF-SCARF")
    before = desk.register.basket
    desk.parking.park()
    (waiting,) = desk.parking.waiting()
    desk.parking.recall(waiting.id)
    same = Parking(desk.journal, desk.access, desk.register, lambda: waiting.id)
    with desk.journal.fact() as fact:
        fact.tx.park(waiting.id, fact.head.seq)
    with pytest.raises(Exception, match="UNIQUE"):
        same.park()
    assert desk.register.basket == before


TAKING = """
import sys
from pathlib import Path
from tests.counter.tills import opened
from tofan_pos.domain.errors import Refusal
with opened(Path(sys.argv[1])) as desk:
    for parked_id in sys.argv[2:]:
        try:
            desk.parking.recall(parked_id)
            print(parked_id)
            desk.register.void_basket()
        except Refusal as refusal:
            print(refusal.why.value)
"""


def test_two_programs_take_a_basket_up_once(tmp_path: Path) -> None:
    make_till(tmp_path)
    with opened(tmp_path) as desk:
        ids = [park(desk, "TF-HONEY") for _ in range(12)]
    both = [
        subprocess.Popen(
            (sys.executable, "-c", TAKING, str(tmp_path), *ids),
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(2)
    ]
    said = [program.communicate()[0].split() for program in both]
    assert [program.returncode for program in both] == [0, 0]
    taken = sorted(word for words in said for word in words if word != Why.NO_SUCH_PARKED.value)
    assert taken == sorted(ids)
    with opened(tmp_path) as desk:
        assert desk.parking.waiting() == []
        assert proof(desk).flaw is None
