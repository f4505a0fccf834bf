"""Sends by itself to a real receiver on loopback, while the counter sells on."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.net.answering import PATIENCE
from tests.net.serving import served
from tests.ui.conftest import MOMENT, Counter, Open, ean
from tests.ui.office_host import K, cloud, open_page, told
from tofan_pos import app as composition
from tofan_pos.app import Office
from tofan_pos.counter.backoff import Backoff
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.domain.published import Catalogue
from tofan_pos.office.publishing import publish
from tofan_pos.store.office import OfficeStore
from tofan_pos.sync.enrolment import request_in
from tofan_pos.sync.keys import fingerprint
from tofan_pos.ui.counter.sending import Carriage
from tofan_pos.ui.counter.shelf import ShelfPage

WAIT = 20_000
QUICK = Backoff(base=0.02, cap=0.05)
SLOW = Backoff(base=3_000, cap=3_000)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    url = f"sqlite:///{tmp_path / 'office.db'}"
    OfficeStore.create(url).close()
    office = composition.build_office(url, clock=lambda: MOMENT)
    yield office
    office.store.close()


def carriage(*, backoff: Backoff = QUICK, rest: float = 0.02) -> Callable[[Desk], Carriage]:
    def made(desk: Desk) -> Carriage:
        return Carriage(
            courier_to=lambda server: composition.courier_to(desk, server),
            backoff=backoff,
            rest=rest,
            unenrolled=0,
        )

    return made


def at(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def trusted(office: Office, port: int) -> Callable[[Desk], None]:
    """Return what has a till and head office trust each other, and tells the till where it is."""

    def before(desk: Desk) -> None:
        desk.dealings.trust(office.reception.enrol(request_in(desk.dealings.request())))
        desk.dealings.set_server(at(port))

    return before


def sell(counter: Counter, code: str = "") -> None:
    counter.hands.scan(code or ean(1))
    counter.hands.enter()
    counter.hands.enter()
    counter.settle()


def all_sent(counter: Counter) -> None:
    counter.bot.waitUntil(lambda: counter.desk.outbox.waiting().count == 0, timeout=WAIT)
    counter.bot.waitUntil(lambda: "Everything is sent" in told(counter), timeout=WAIT)


def dearer_soap(catalogue: Catalogue) -> Catalogue:
    """Return a catalogue in which soap costs more; without what no head office would publish."""
    fit = [product for product in catalogue.products if product.code != "HO-1"]
    products = [replace(one, price=99_00) if one.code == "SO-1" else one for one in fit]
    return replace(catalogue, products=tuple(products))


def free_port() -> int:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port: int = nobody.getsockname()[1]
    return port


def test_what_is_sold_is_sent_by_itself_and_acknowledged(
    open_counter: Open, office: Office
) -> None:
    with served(office) as port:
        counter = open_counter(language="en", carriage=carriage(), before=trusted(office, port))
        all_sent(counter)
        for _ in range(3):
            sell(counter)
        all_sent(counter)
        assert "acknowledged 14:05" in told(counter)
        assert office.store.counts()["sales"] == 3
        assert counter.window.rooms.office.sending.stands.problem is None


def test_a_till_is_enrolled_over_the_network_by_keys_alone(
    open_counter: Open, office: Office
) -> None:
    with served(office) as port:
        counter = open_counter(language="en", carriage=carriage(backoff=SLOW))
        page = open_page(counter)
        counter.hands.press(K.Key_F2)
        counter.hands.type(at(port))
        counter.hands.enter()
        assert counter.desk.dealings.known().server == at(port)
        reception = office.reception
        counter.bot.waitUntil(lambda: bool(reception.pending()), timeout=WAIT)
        counter.bot.waitUntil(
            lambda: "has this till's request" in page.overview.state.text, timeout=WAIT
        )
        (request,) = reception.pending()
        assert request.fingerprint == page.overview.till_print.text
        reception.enrol(request)
        counter.hands.press(K.Key_F5)
        counter.bot.waitUntil(lambda: page.asking, timeout=WAIT)
        assert page.asked.fingerprint.text == fingerprint(office.key().public)
        counter.hands.press(K.Key_F12)
        all_sent(counter)
        assert page.overview.state.text == "Head office trusts this till."


def test_an_answer_that_comes_while_somebody_sells_waits_until_the_page_is_opened(
    open_counter: Open, office: Office
) -> None:
    def before(desk: Desk) -> None:
        office.reception.enrol(request_in(desk.dealings.request()))

    with served(office) as port:
        counter = open_counter(language="en", carriage=carriage(), before=before)
        counter.desk.dealings.set_server(at(port))
        counter.window.watch.look()
        counter.bot.waitUntil(
            lambda: "Head office has answered" in counter.window.notice.text, timeout=WAIT
        )
        assert counter.window.pages.shows(ShelfPage)
        sell(counter)
        assert counter.sold() == 1
        assert open_page(counter).asking


def test_without_head_office_selling_goes_on_and_the_next_try_is_told(
    open_counter: Open, office: Office
) -> None:
    port = free_port()
    counter = open_counter(
        language="en", carriage=carriage(backoff=SLOW), before=trusted(office, port)
    )
    sending = counter.window.rooms.office.sending
    counter.bot.waitUntil(lambda: sending.stands.problem is not None, timeout=WAIT)
    sell(counter)
    assert counter.sold() == 1
    problem = sending.stands.problem
    assert isinstance(problem, Trouble)
    assert problem.ailment is Ailment.NETWORK_DOWN
    page = open_page(counter)
    assert "no connection" in page.overview.trouble.text
    assert "Next try: 14:30." in page.overview.trouble.text
    assert not cloud(counter)[1]


def test_send_now_and_a_connection_that_appears_do_not_wait_for_the_next_try(
    open_counter: Open, office: Office
) -> None:
    with served(office) as port:
        nobody = free_port()
        counter = open_counter(
            language="en", carriage=carriage(backoff=SLOW), before=trusted(office, nobody)
        )
        sending = counter.window.rooms.office.sending
        counter.bot.waitUntil(lambda: sending.stands.problem is not None, timeout=WAIT)
        with counter.desk.store.writing() as tx:
            tx.set_head_office(replace(tx.head_office(), server=at(port)))
        sending.reach.online.emit()
        all_sent(counter)
        sell(counter)
        all_sent(counter)


def test_a_pause_holds_until_somebody_sends(open_counter: Open, office: Office) -> None:
    def before(desk: Desk) -> None:
        trusted(office, port)(desk)
        desk.dealings.pause(paused=True)

    with served(office) as port:
        counter = open_counter(language="en", carriage=carriage(), before=before)
        sell(counter)
        sending = counter.window.rooms.office.sending
        assert not sending.stands.busy
        assert counter.desk.outbox.waiting().count
        assert cloud(counter) == ("pause", False)
        open_page(counter)
        counter.hands.press(K.Key_F5)
        all_sent(counter)
        counter.hands.press(K.Key_F6)
        assert not counter.desk.dealings.known().paused
        all_sent(counter)


def test_a_contact_under_way_is_marked_and_broken_off_at_the_close(
    open_counter: Open, office: Office
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        port = deaf.getsockname()[1]
        counter = open_counter(language="en", carriage=carriage(), before=trusted(office, port))
        sending = counter.window.rooms.office.sending
        counter.bot.waitUntil(lambda: sending.stands.step is not None, timeout=WAIT)
        heard, _ = deaf.accept()
        with heard:
            counter.bot.waitUntil(lambda: cloud(counter)[0] == "cloud-up", timeout=WAIT)
            sell(counter)
            assert counter.sold() == 1
            assert sending.stands.busy
            # It waits for the thread, and the thread would wait long for the deaf one.
            counter.window.close()
            heard.settimeout(PATIENCE)
            while heard.recv(4096):
                pass


def test_a_revoked_key_says_what_to_do_and_everything_arrives_under_the_new_epoch(
    open_counter: Open, office: Office
) -> None:
    with served(office) as port:
        counter = open_counter(language="en", carriage=carriage(), before=trusted(office, port))
        all_sent(counter)
        office.reception.revoke("TRY1", 1)
        sell(counter)
        page = open_page(counter)
        counter.bot.waitUntil(lambda: "revoked" in page.overview.state.text, timeout=WAIT)
        # The line below is told apart from the page, a moment later.
        counter.bot.waitUntil(lambda: cloud(counter)[1], timeout=WAIT)
        counter.hands.press(K.Key_F8)
        counter.hands.press(K.Key_F12)
        counter.bot.waitUntil(lambda: bool(office.reception.pending()), timeout=WAIT)
        (request,) = office.reception.pending()
        assert request.epoch == 2
        office.reception.enrol(request)
        counter.hands.press(K.Key_F5)
        all_sent(counter)
        assert office.store.counts()["sales"] == 1


def test_a_new_catalogue_holds_between_two_sales(open_counter: Open, office: Office) -> None:
    with served(office) as port:
        counter = open_counter(language="en", carriage=carriage(), before=trusted(office, port))
        all_sent(counter)
        counter.hands.scan(ean(3))
        catalogue = dearer_soap(counter.desk.store.whole_catalogue())
        publish(office.store, office.key(), catalogue, clock=lambda: MOMENT + timedelta(hours=1))
        counter.window.rooms.office.sending.send_now()
        incoming = counter.desk.incoming
        counter.bot.waitUntil(lambda: incoming.waiting() == 1, timeout=WAIT)
        arriving = counter.window.rooms.office.arriving
        arriving.look()
        assert incoming.waiting() == 1
        assert counter.window.sale.basket.total == 89_50
        counter.hands.enter()
        counter.hands.enter()
        counter.settle()
        counter.bot.waitUntil(lambda: incoming.waiting() == 0, timeout=WAIT)
        assert "New catalogue" in counter.window.notice.text
        counter.hands.scan(ean(3))
        assert counter.window.sale.basket.total == 99_00
