"""What holds from a business date on: prices, the makers' share, VAT, and the head of papers."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.counter.publishing import published, trust
from tests.counter.tills import NOW, Clock, catalogue, opened, proof, ring
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.catalogue import SharePolicy, Text
from tofan_pos.domain.count import Count
from tofan_pos.domain.published import Catalogue
from tofan_pos.domain.rules import DatedPolicy, DatedPrice, Head, Rules
from tofan_pos.domain.tax import TaxRate
from tofan_pos.receipt.document import Paragraph

TODAY = date(2026, 11, 22)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def till(desk: Desk) -> Desk:
    """Return a till that trusts head office."""
    trust(desk)
    return desk


def price(desk: Desk, code: str = "TF-SCARF") -> int:
    return desk.store.products_with([code])[code].price


def dated(*prices: DatedPrice, rules: Rules | None = None) -> Catalogue:
    return replace(catalogue(), prices=prices, rules=rules or Rules())


def test_prices_follow_the_business_date(folder: Path, clock: Clock) -> None:
    goods = dated(
        DatedPrice("TF-SCARF", TODAY - timedelta(days=9), 580_00),
        DatedPrice("TF-SCARF", TOMORROW, 490_00),
        DatedPrice("TF-SCARF", TODAY + timedelta(days=5), 650_00),
    )
    with opened(folder, clock=clock) as desk:
        trust(desk)
        desk.incoming.take(published(1, goods))
        desk.incoming.apply()
        assert (price(desk), price(desk, "TF-BASKET")) == (580_00, 333_33)
        clock.move(timedelta(days=1))
        # The business date is still yesterday's.
        assert ring(desk, "TF-SCARF").sale.total == 580_00
        desk.day.roll_date()
        assert ring(desk, "TF-SCARF").sale.total == 490_00
        desk.day.count(Count.of({}, loose=1_070_00))
        desk.day.close()
        clock.move(timedelta(days=4))
        assert price(desk) == 490_00
        desk.day.open(Count())
        assert price(desk) == 650_00
        whole = desk.store.whole_catalogue()
        assert whole.prices == goods.prices
        assert {one.code: one.price for one in whole.products} == {
            one.code: one.price for one in goods.products
        }
        assert proof(desk).flaw is None
    clock.at = NOW
    with opened(folder, clock=clock) as desk:
        # A session's date stands, whatever the clock says.
        assert price(desk) == 650_00


def test_at_a_start_without_a_session_the_clock_tells_the_date(folder: Path, clock: Clock) -> None:
    with opened(folder, clock=clock, session=False) as desk:
        trust(desk)
        desk.incoming.take(published(1, dated(DatedPrice("TF-SCARF", TOMORROW, 490_00))))
        desk.incoming.apply()
        assert price(desk) == 590_00
    clock.move(timedelta(days=1))
    with opened(folder, clock=clock, session=False) as desk:
        assert price(desk) == 490_00


def test_share_and_vat_follow_the_business_date(till: Desk, clock: Clock) -> None:
    rules = Rules(
        policies=(
            DatedPolicy(TODAY - timedelta(days=1), SharePolicy(number=2, rate_bp=7_200)),
            DatedPolicy(TOMORROW, SharePolicy(number=3, rate_bp=7_500)),
        ),
        rates=(TaxRate(TOMORROW, 1_000),),
    )
    first = ring(till).sale
    assert (first.policy, first.vat_rate_bp) == (SharePolicy(), 700)
    till.incoming.take(published(1, dated(rules=rules)))
    till.incoming.apply()
    second = ring(till).sale
    assert (second.policy.number, second.policy.rate_bp, second.vat_rate_bp) == (2, 7_200, 700)
    clock.move(timedelta(days=1))
    till.day.roll_date()
    # Before anything is scanned too: refunds without a receipt go by it.
    assert till.register.terms.vat_rate_bp == 1_000
    third = ring(till).sale
    assert (third.policy.number, third.policy.rate_bp, third.vat_rate_bp) == (3, 7_500, 1_000)
    # What comes back comes back as it was sold.
    till.refunds.refund(till.refunds.of_sale(till.papers.find(second.number)), {0: 1}, "คืน")
    back = till.papers.find_refund("TST1-C000001").reversal
    assert (back.policy, back.vat_rate_bp) == (second.policy, 700)
    assert proof(till).flaw is None


def heads(desk: Desk, number: str) -> list[str]:
    """Return what the head of a receipt says."""
    blocks = desk.papers.receipt(desk.papers.find(number)).blocks
    return [block.text for block in blocks if isinstance(block, Paragraph)][:4]


def test_a_reprint_shows_the_head_of_then(till: Desk, clock: Clock) -> None:
    own = heads(till, ring(till).sale.number)
    first = Head(since=TODAY - timedelta(days=9), brand=Text("ทอฝันหนึ่ง"), tax_id="0994000123451")
    second = Head(since=TOMORROW, brand=Text("ทอฝันสอง"), branch="00007")
    clock.move(timedelta(hours=1))
    till.incoming.take(published(1, dated(rules=Rules(heads=(second,)))))
    till.incoming.apply()
    numbers = [till.papers.find("last").sale.number]
    clock.move(timedelta(days=1))
    till.day.roll_date()
    numbers.append(ring(till).sale.number)
    assert heads(till, numbers[0]) == own
    assert heads(till, numbers[1])[0] == "ทอฝันสอง"
    # Another version forgets the past, and gives what came before today another head.
    clock.move(timedelta(days=1))
    till.day.roll_date()
    till.incoming.take(published(2, dated(rules=Rules(heads=(first,))), at=clock()))
    till.incoming.apply()
    numbers.append(ring(till).sale.number)
    assert heads(till, numbers[0]) == own
    assert heads(till, numbers[1])[0] == "ทอฝันสอง"
    assert heads(till, numbers[2])[0] == "ทอฝันหนึ่ง"
    assert any("0994000123451" in text for text in heads(till, numbers[2]))
    # Without any rule the till's own head holds again, from that day on.
    clock.move(timedelta(days=1))
    till.day.roll_date()
    till.incoming.take(published(3, at=clock()))
    till.incoming.apply()
    numbers.append(ring(till).sale.number)
    assert [heads(till, number)[0] for number in numbers] == [
        own[0],
        "ทอฝันสอง",
        "ทอฝันหนึ่ง",
        own[0],
    ]
