"""What head office publishes holds between sales; stories over their lease leave with the day."""

from dataclasses import replace
from datetime import timedelta

from tests.counter.headoffice import HeadOffice
from tests.ui.conftest import MOMENT, Counter, Open, ean
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.published import LEASE_DAYS, leased
from tofan_pos.sync.published import seal_catalogue
from tofan_pos.ui.counter.pay import PayPage

OFFICE = HeadOffice()


def published(desk: Desk) -> bytes:
    """Return head office's catalogue: the till's own, with soap at another price, leased."""
    catalogue = leased(desk.store.whole_catalogue(), MOMENT.date())
    products = [
        replace(one, price=99_00) if one.code == "SO-1" else one
        for one in catalogue.products
        if one.code != "HO-1"
    ]
    whole = replace(catalogue, products=tuple(products))
    return seal_catalogue(whole, version=1, at=MOMENT, key=OFFICE.key)


def with_catalogue(open_counter: Open) -> Counter:
    def before(desk: Desk) -> None:
        OFFICE.enrol(desk)
        desk.incoming.take(published(desk))

    return open_counter(language="en", before=before)


def look(counter: Counter) -> None:
    counter.window.rooms.office.arriving.look()
    counter.settle()


def price(counter: Counter) -> int:
    return counter.desk.shelf.scan("SO-1").price


def test_it_is_gone_over_to_with_an_empty_basket_and_said_quietly(open_counter: Open) -> None:
    counter = with_catalogue(open_counter)
    assert price(counter) == 89_50
    look(counter)
    assert price(counter) == 99_00
    assert counter.desk.dealings.known().catalogue == 1
    assert "New catalogue" in counter.window.notice.text
    assert counter.window.notice.property("kind") == "good"


def test_never_within_a_sale(open_counter: Open) -> None:
    counter = with_catalogue(open_counter)
    counter.hands.scan(ean(3))
    look(counter)
    assert price(counter) == 89_50
    counter.hands.enter()
    assert counter.window.pages.shows(PayPage)
    look(counter)
    assert price(counter) == 89_50
    counter.hands.enter()
    counter.settle()
    assert counter.sold() == 1
    look(counter)
    assert price(counter) == 99_00


def test_nor_while_somebody_searches(open_counter: Open) -> None:
    counter = with_catalogue(open_counter)
    counter.hands.type("soap")
    counter.bot.waitUntil(
        lambda: not counter.window.rooms.office.arriving.between_sales, timeout=15_000
    )
    look(counter)
    assert price(counter) == 89_50


def test_the_shelf_shows_the_new_prices(open_counter: Open) -> None:
    counter = with_catalogue(open_counter)
    look(counter)
    counter.hands.type("soap")
    counter.hands.enter()
    counter.settle()
    assert counter.window.sale.basket.total == 99_00


def test_stories_over_their_lease_leave_when_the_day_turns(open_counter: Open) -> None:
    counter = with_catalogue(open_counter)
    look(counter)
    assert counter.desk.shelf.scan("CL-1").story is not None
    counter.clock[0] += timedelta(days=LEASE_DAYS)
    look(counter)
    assert counter.desk.shelf.scan("CL-1").story is not None
    counter.clock[0] += timedelta(days=1)
    counter.hands.scan(ean(3))
    look(counter)
    assert counter.desk.shelf.scan("CL-1").story is not None
    counter.window.sale.empty()
    look(counter)
    assert counter.desk.shelf.scan("CL-1").story is None
    assert counter.desk.shelf.scan("CL-1").price == 390_00
