"""The drawer between sales, and the figures so far, by real keys."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.counter.tills import Paper, barcode, proof, ring
from tests.ui.keeping_host import Hosting, Hosts, KeepingHost, SellPage
from tofan_pos.domain.count import parse_count
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.sync import kinds
from tofan_pos.sync.entries import read_entry
from tofan_pos.ui.counter.counting import CountGrid, piece_said
from tofan_pos.ui.counter.drawer_page import Act, DrawerPage
from tofan_pos.ui.counter.open_day import OpenPage, RollPage
from tofan_pos.ui.counter.report_page import ReportPage
from tofan_pos.ui.kit import theme


@pytest.fixture
def host(qtbot: QtBot, tmp_path: Path) -> Iterator[Hosting]:
    """Return what opens a till under the day's pages."""
    hosts = Hosts(qtbot, tmp_path)
    yield hosts.open
    hosts.end()


def whys(host: KeepingHost) -> list[object]:
    return [p.why if isinstance(p, Refusal) else p for p in host.problems]


def last_entry(host: KeepingHost) -> object:
    """Return the last thing the journal holds of the day, sales and people left out."""
    wanted = ("session_opened", "movement", "no_sale", "date_rolled", "counted", "session_closed")
    with host.desk.store.reading() as look:
        (event,) = look.events(*wanted, newest=1)
    return read_entry(event.line)


# --- opening ------------------------------------------------------------------------------------


def test_a_pickup_names_its_bag(host: Hosting) -> None:
    one = host(float_="1000")
    one.keeping.open_drawer()
    page = one.pages.of(DrawerPage)
    page.choose(Act.PICKUP)
    one.type("400")
    one.enter()
    assert page.reasons.field.hasFocus()
    one.f(5)
    one.enter()
    assert whys(one) == [Why.REASON_MISSING, Why.BAG_MISSING]
    assert page.bag.hasFocus()
    one.type("B-12")
    one.enter()
    entry = last_entry(one)
    assert isinstance(entry, kinds.Moved)
    assert (entry.body.movement, entry.body.amount, entry.body.bag) == ("pickup", 400_00, "B-12")
    assert entry.body.number in page.said


def test_the_drawer_is_opened_for_a_reason_alone(host: Hosting) -> None:
    one = host(float_="1000")
    one.keeping.open_drawer()
    page = one.pages.of(DrawerPage)
    page.choose(Act.NO_SALE)
    assert not page.amount.isVisible()
    one.enter()
    assert whys(one) == [Why.REASON_MISSING]
    one.f(5)
    one.enter()
    entry = last_entry(one)
    assert isinstance(entry, kinds.NoSale)
    assert entry.body.reason == "Change a note"
    assert page.said


def test_another_drawer_is_named_and_may_hold_something(host: Hosting) -> None:
    one = host(float_="1000")
    one.keeping.open_drawer()
    page = one.pages.of(DrawerPage)
    page.choose(Act.CHANGE_DRAWER)
    one.enter()
    assert whys(one) == [Why.REASON_MISSING]
    assert page.name.hasFocus()
    one.type("B")
    one.enter()
    session = one.desk.day.session
    assert session is not None
    assert session.drawer == "B"


@pytest.mark.parametrize(
    ("amount", "why"), [("", Why.AMOUNT_OUT_OF_RANGE), ("0", Why.AMOUNT_OUT_OF_RANGE)]
)
def test_an_amount_of_nothing_moves_nothing(host: Hosting, amount: str, why: Why) -> None:
    one = host(float_="1000")
    one.keeping.open_drawer()
    before = last_entry(one)
    one.type(amount)
    one.f(5)
    one.enter()
    assert whys(one) == [why]
    assert last_entry(one) == before
    assert one.pages.shows(DrawerPage)


def test_a_missing_reason_takes_the_keyboard_to_where_it_is_given(host: Hosting) -> None:
    one = host(float_="1000")
    one.keeping.open_drawer()
    one.type("100")
    one.enter()
    assert whys(one) == [Why.REASON_MISSING]
    assert one.pages.of(DrawerPage).reasons.field.hasFocus()


def test_a_scan_on_the_drawers_page_is_no_amount(host: Hosting) -> None:
    one = host(float_="1000")
    one.keeping.open_drawer()
    one.type("40")
    one.scan(barcode("885012345678"))
    assert one.scans == [barcode("885012345678")]
    assert one.pages.of(DrawerPage).amount.text() == "40"


@pytest.mark.parametrize("deed", ["open_drawer", "open_close"])
def test_without_a_session_the_float_is_asked_for(host: Hosting, deed: str) -> None:
    one = host()
    getattr(one.keeping, deed)()
    assert one.pages.shows(OpenPage)
    assert whys(one) == [Why.NO_SESSION]


# --- figures ------------------------------------------------------------------------------------


def bytes_of(host: KeepingHost) -> list[tuple[object, ...]]:
    """Return every row of every table."""
    import sqlite3  # noqa: PLC0415 - to look past the store

    with sqlite3.connect(host.desk.store.path) as db:
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        found = [row for name in tables for row in db.execute(f'SELECT * FROM "{name}"')]  # noqa: S608
    db.close()
    return found


def test_x_is_shown_and_printed_and_writes_nothing(host: Hosting, qtbot: QtBot) -> None:
    paper = Paper()
    one = host(float_="1000", paper=paper)
    ring(one.desk, "TF-SCARF")
    before = bytes_of(one)
    one.keeping.open_report()
    page = one.pages.of(ReportPage)
    qtbot.waitUntil(lambda: page.paper.drawn, timeout=15_000)
    one.f(12)
    qtbot.waitUntil(lambda: page.said == "It is printed.", timeout=15_000)
    assert paper.sent == ["TST1-X000001"]
    assert bytes_of(one) == before
    assert proof(one.desk).flaw is None


def test_a_printer_that_will_not_take_an_x_is_said(host: Hosting, qtbot: QtBot) -> None:
    from tofan_pos.domain.errors import Ailment  # noqa: PLC0415 - for this one alone

    paper = Paper(trouble=Trouble(Ailment.PRINTER_UNREACHABLE, printer="tcp:x"))
    one = host(float_="1000", paper=paper)
    one.keeping.open_report()
    page = one.pages.of(ReportPage)
    one.f(12)
    qtbot.waitUntil(lambda: not page.said.startswith("It is"), timeout=15_000)
    assert page.said
    assert one.main.isEnabled()


def test_without_a_printer_the_key_says_so(host: Hosting) -> None:
    one = host(float_="1000")
    one.keeping.open_report()
    assert not one.main.isEnabled()
    assert "No printer" in one.main.accessibleName()


def test_the_last_z_is_shown_where_no_session_is_open(host: Hosting, qtbot: QtBot) -> None:
    one = host(float_="1000")
    one.desk.day.count(parse_count("1000"))
    z = one.desk.day.close()
    one.keeping.open_report()
    page = one.pages.of(ReportPage)
    qtbot.waitUntil(lambda: page.paper.drawn, timeout=15_000)
    assert page.z_number == z.z.number
    assert z.z.number in page.heading.whole


def test_a_till_that_never_closed_has_no_z_to_show(host: Hosting) -> None:
    one = host()
    one.keeping.open_report()
    assert whys(one) == [Why.NO_Z_YET]
    assert one.pages.shows(SellPage)


# --- every page ---------------------------------------------------------------------------------


def open_roll(host: KeepingHost) -> None:
    session = host.desk.day.session
    assert session is not None
    host.pages.of(RollPage).show_days(session.business_date, session.business_date)
    host.pages.turn_to(RollPage)


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("text_percent", [100, 200])
@pytest.mark.parametrize(
    "turn",
    [
        lambda one: one.keeping.open_drawer(),
        lambda one: one.keeping.open_report(),
        lambda one: one.keeping.open_close(),
        open_roll,
    ],
    ids=["drawer", "report", "close", "date"],
)
def test_everything_to_press_has_a_name_and_is_large_enough(
    host: Hosting,
    qapp: QApplication,
    language: str,
    text_percent: int,
    turn: Callable[[KeepingHost], None],
) -> None:
    one = host(float_="1000", language=language)
    theme.apply(qapp, False, text_percent=text_percent)  # noqa: FBT003 - its own shape
    turn(one)
    one.pages.dress()
    qapp.processEvents()
    found = [
        widget
        for kind in (QAbstractButton, QLineEdit)
        for widget in one.pages.shown.findChildren(kind)
        if widget.isVisible()
    ]
    assert found
    for widget in found:
        assert widget.accessibleName(), widget
        assert widget.height() >= 48, widget.accessibleName()
        assert widget.width() >= 48, widget.accessibleName()


def test_a_count_is_as_wide_as_its_place_at_twice_the_text(
    host: Hosting, qapp: QApplication
) -> None:
    one = host()
    theme.apply(qapp, True, text_percent=200)  # noqa: FBT003 - its own shape
    one.resize(806, 700)
    one.keeping.open_session()
    one.pages.dress()
    qapp.processEvents()
    grid = one.pages.of(OpenPage).grid
    assert grid.keypad.mapTo(grid, grid.keypad.rect().topLeft()).y() > grid.loose.y()
    assert grid.minimumSizeHint().width() <= 774


def test_notes_and_coins_are_written_as_people_say_them() -> None:
    assert [piece_said(piece) for piece in (1000_00, 20_00, 1_00, 50)] == [
        "฿1,000",
        "฿20",
        "฿1",
        "฿0.50",
    ]


def test_a_grid_asks_for_the_tenders_it_is_told_and_keeps_their_sums(qtbot: QtBot) -> None:
    grid = CountGrid()
    qtbot.addWidget(grid)
    grid.ask_tenders({"KB": "Card", "TR": "Transfer"})
    grid.field("KB").setText("500")
    grid.ask_tenders({"KB": "บัตร"})
    assert grid.tenders() == {"KB": 500_00}
    assert grid.missing() is None
    grid.ask_tenders({"KB": "บัตร", "TR": "โอน"})
    assert grid.missing() is grid.field("TR")
