"""The tour: the real window driven by real keys from the first scan to the makers' share.

Nothing here is a short cut: every sale is typed or scanned into the window, every file is the one
a counter would write, and head office takes it in through its own verbs.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import click
from PySide6.QtCore import QDeadlineTimer, QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tofan_pos import app, sentences
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.count import PIECES
from tofan_pos.domain.money import baht
from tofan_pos.office.checks import Finding, check_days
from tofan_pos.office.enrolment import enrol
from tofan_pos.office.intake import Outcome, Result
from tofan_pos.office.ledger import ShareReport, share_report
from tofan_pos.office.papers import report_pdf, report_sheet
from tofan_pos.printing.compose import compose
from tofan_pos.printing.escpos import receipt_bytes
from tofan_pos.printing.pdf import pdf
from tofan_pos.printing.raster import png, raster
from tofan_pos.receipt.document import Document
from tofan_pos.receipt.paper import A4, MM58, MM80
from tofan_pos.receipt.text import text
from tofan_pos.settings import Settings
from tofan_pos.store.facts import StoredSale
from tofan_pos.store.office import OfficeStore
from tofan_pos.sync.enrolment import FILE_NAME, read_request
from tofan_pos.sync.folder import write_durably
from tofan_pos.ui.counter.window import CounterWindow
from tofan_pos.ui.kit import theme
from tofan_pos.ui.kit.application import gui
from tofan_pos.ui.kit.sounds import Silence
from tofan_pos.window import make_window
from tofan_pos.words import Words

_PATIENCE_MS = 20_000
_LOOK_MS = 20
_PAUSE_MS = 250
"""Longer than what the field takes for one scan: people pause between a scan and a key."""
_PACE_MS = 90
_PIN = "482913"
"""The tour's own supervisor; nobody works at its till before or after."""

# The second is typed as a scanner sends it while the keyboard is Thai by mistake.
_BASKETS = (
    ("2000000010014", "/จจจจจจจๅจจ/ๅ", "TF-SOA-001"),
    ("TF-CER-001", "TF-CER-001"),
    ("TF-PAN-004", "TF-JEW-004", "TF-PAP-001"),
)


@dataclass(slots=True)
class _Tour:
    """One tour under way: the window, and where its pictures and papers go."""

    target: Path
    window: CounterWindow
    desk: Desk
    shown: int = 0
    sold: list[StoredSale] = field(default_factory=list)
    refund_seq: int = 0

    def scan(self, code: str) -> None:
        """Send a code to the window as a scanner does: all its keys, then Enter."""
        self.type(code)
        QTest.keyClick(self.window.field, Qt.Key.Key_Return)

    def type(self, text: str, *, delay: int = 0) -> None:
        """Send a text's keys to whatever has the keyboard; `delay` is between them, in ms."""
        # Qt's own test keys know ASCII alone; a Thai keyboard sends the character with no key.
        for character in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
                QApplication.sendEvent(self.window.focusWidget() or self.window, event)
            if delay:
                QTest.qWait(delay)

    def press(
        self, key: Qt.Key, *, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press one key, after the pause a person makes."""
        QTest.qWait(_PAUSE_MS)
        QTest.keyClick(self.window.focusWidget() or self.window, key, held)

    def wait(self, condition: Callable[[], bool]) -> None:
        """Let the window work until something holds."""
        patience = QDeadlineTimer(_PATIENCE_MS)
        while not condition():
            if patience.hasExpired():
                message = "the window did not get there in time"
                raise TimeoutError(message)
            QTest.qWait(_LOOK_MS)

    def picture(self, name: str) -> None:
        """Save a picture of the window as it stands."""
        # What is painted first may ask for a picture that is not read yet; so it rests twice.
        for _ in range(2):
            self.wait(lambda: self.window.at_rest)
            QTest.qWait(_PAUSE_MS)
        self.wait(lambda: self.window.at_rest)
        self._save(name, self.window.grab().toImage())

    def page(self, name: str, title: str, lines: list[tuple[str, str]]) -> None:
        """Save a picture of what head office says, which has no window in this tour."""
        self._save(name, _page(title, lines))

    def _save(self, name: str, image: QImage) -> None:
        self.shown += 1
        image.save(str(self.target / f"{self.shown:02d}-{name}.png"))


def take_the_tour(target: Path, settings: Settings) -> None:
    """Drive the window through a sale and everything after it; leave pictures and papers."""
    target = target.resolve()
    target.mkdir(parents=True, exist_ok=True)
    for rest in ("till", "stick", "papers"):
        shutil.rmtree(target / rest, ignore_errors=True)
    for picture in target.glob("[0-9][0-9]-*.png"):
        picture.unlink()
    (target / "office.sqlite3").unlink(missing_ok=True)
    identity, _ = app.make_till(target / "till", app.trial_profile())
    desk = app.build_counter(target / "till")
    gui()
    window = make_window(desk, settings, sounds=Silence())
    tour = _Tour(target, window, desk)
    window.show()
    try:
        _begin(tour)
        _sell(tour)
        _take_back(tour)
        _close_the_day(tour)
        _export(tour)
    finally:
        window.close()
    papers = target / "papers"
    papers.mkdir()
    for stored in tour.sold:
        _keep_papers(papers, stored.sale.number, desk.papers.receipt(stored))
    for seq in (tour.refund_seq, desk.day.z().seq):
        paper = desk.papers.at(seq)
        if paper is not None:
            _keep_papers(papers, *paper)
    say = app.all_words()[settings.language]
    results, report, agrees = _at_head_office(tour, say)
    _tell(tour, identity.till, results, report, agrees=agrees)
    desk.close()


def _begin(tour: _Tour) -> None:
    """Set the first supervisor up, and open a session over a counted float."""
    tour.wait(lambda: tour.window.isVisible() and tour.window.at_rest)
    tour.picture("first-run")
    tour.press(Qt.Key.Key_Return)
    tour.press(Qt.Key.Key_Return)
    for _ in range(2):
        tour.type(_PIN, delay=_PACE_MS)
    tour.press(Qt.Key.Key_Return)
    tour.wait(lambda: not tour.window.covered)
    for many in ("1", "2"):
        tour.type(many)
        tour.press(Qt.Key.Key_Return)
    tour.picture("float")
    tour.press(Qt.Key.Key_F12)
    tour.wait(lambda: tour.desk.day.session is not None)


def _take_back(tour: _Tour) -> None:
    """Scan the first receipt, take one piece back, and pay for it."""
    tour.window.turn_language()
    tour.scan(tour.sold[0].sale.number)
    tour.press(Qt.Key.Key_Space)
    tour.press(Qt.Key.Key_F5)
    tour.picture("return")
    tour.press(Qt.Key.Key_Return)
    tour.wait(lambda: bool(tour.desk.day.x().refunds.count))
    tour.refund_seq = tour.desk.store.journal_size()[0]
    tour.picture("returned")
    # Back to selling.
    tour.press(Qt.Key.Key_Return)


def _close_the_day(tour: _Tour) -> None:
    """Count the drawer without being told what is in it, and close."""
    left = tour.desk.day.x().expected()["cash"]
    tour.press(Qt.Key.Key_F8, held=Qt.KeyboardModifier.ShiftModifier)
    tour.picture("count")
    for piece in PIECES:
        many, left = divmod(left, piece)
        if many:
            tour.type(str(many))
        tour.press(Qt.Key.Key_Down)
    tour.picture("counted")
    tour.press(Qt.Key.Key_F12)
    tour.picture("over-or-short")
    tour.press(Qt.Key.Key_F12)
    tour.wait(lambda: tour.desk.day.session is None)
    tour.picture("closed")


def _sell(tour: _Tour) -> None:
    tour.picture("open")
    for code in _BASKETS[0]:
        tour.scan(code)
    tour.picture("scan")
    tour.type("คราม", delay=90)
    tour.picture("search")
    tour.press(Qt.Key.Key_Return)
    tour.picture("found")
    tour.press(Qt.Key.Key_Return)
    tour.picture("pay")
    tour.press(Qt.Key.Key_F5)
    _completed(tour)
    tour.picture("receipt")
    for basket in _BASKETS[1:]:
        tour.window.turn_language()
        for code in basket:
            tour.scan(code)
        tour.picture("next-sale")
        tour.press(Qt.Key.Key_Return)
        tour.press(Qt.Key.Key_Return)
        _completed(tour)
        tour.picture("paid-exact")


def _completed(tour: _Tour) -> None:
    """Keep the sale that was just completed, as the till's own file has it."""
    stored = tour.desk.store.last_sale()
    if stored is None or len(tour.sold) + 1 != stored.sale.n:
        message = "the sale was not completed"
        raise RuntimeError(message)
    tour.sold.append(stored)


def _export(tour: _Tour) -> None:
    tour.press(Qt.Key.Key_F11, held=Qt.KeyboardModifier.ShiftModifier)
    tour.picture("export")
    entry = tour.window.focusWidget()
    QTest.keySequence(entry, "Ctrl+A")
    tour.type(str(tour.target / "stick"), delay=40)
    QTest.keyClick(entry, Qt.Key.Key_Return)
    tour.wait(lambda: any((tour.target / "stick").glob("*.tofan")))
    tour.picture("exported")


def _keep_papers(folder: Path, number: str, document: Document) -> None:
    """Save a paper in every form it has."""
    name = folder / number
    for paper, width in ((MM80, "80mm"), (MM58, "58mm")):
        layout = compose(document, paper)
        picture = raster(layout)
        write_durably(name.with_suffix(f".{width}.png"), png(picture))
        write_durably(name.with_suffix(f".{width}.escpos"), receipt_bytes(picture))
    write_durably(name.with_suffix(".pdf"), pdf(compose(document, MM80)))
    write_durably(name.with_suffix(".a4.pdf"), pdf(compose(document, A4)))
    write_durably(name.with_suffix(".txt"), text(compose(document, MM80)).encode())


def _at_head_office(tour: _Tour, say: Words) -> tuple[list[Result], ShareReport, bool]:
    url = f"sqlite:///{tour.target / 'office.sqlite3'}"
    OfficeStore.create(url).close()
    office = app.build_office(url)
    enrol(office.store, read_request(tour.target / "till" / FILE_NAME), clock=app.utc_now)
    results = office.intake.take_all([tour.target / "stick"])
    month = tour.sold[0].sale.business_date.strftime("%Y-%m")
    report = share_report(office.store, month, as_of=office.today())
    agrees = all(day.finding is Finding.AGREES for day in check_days(office.store))
    office.store.close()
    write_durably(tour.target / "papers" / "shares.pdf", report_pdf(report, say))
    write_durably(tour.target / "papers" / "shares.xlsx", report_sheet(report, say))
    tour.page("import", say("Import at head office"), [_result(result, say) for result in results])
    tour.page("shares", say("The makers' share"), _shares(report, say))
    return results, report, agrees


def _result(result: Result, say: Words) -> tuple[str, str]:
    if result.problem is not None:
        return result.path.name, sentences.sentence(result.problem, say)
    told = say("{added} entries, {sales} sales", added=result.added, sales=result.sales)
    return result.path.name, told


def _shares(report: ShareReport, say: Words) -> list[tuple[str, str]]:
    labels = [
        (g.label_en if say.language == "en" else g.label_th) or g.group for g in report.groups
    ]
    shares = [baht(group.share) for group in report.groups]
    return [*zip(labels, shares, strict=True), (say("Total"), baht(report.share))]


def _tell(
    tour: _Tour, till: str, results: list[Result], report: ShareReport, *, agrees: bool
) -> None:
    """Print what was sold, what head office has, and each group's share; the sums must agree."""
    click.echo(f"Sold at till {till}:")
    for stored in tour.sold:
        sale = stored.sale
        said = f"  {sale.number}  {sale.quantity} pieces  {baht(sale.total)}"
        click.echo(f"{said}  makers {baht(sale.share)}")
    z = tour.desk.day.z().z
    net = z.report.net
    back = z.report.refunds.total
    click.echo(f"  taken back {baht(back)}; together {baht(net.total)}, makers {baht(net.share)}")
    off = baht(z.difference)
    click.echo(f"Closed: {z.number}, the drawer is off by {off}.")
    sales = sum(result.sales for result in results)
    held = baht(report.sales - report.refunds)
    click.echo(f"Head office has {sales} sales, {held} in all; nothing is missing.")
    for group in report.groups:
        click.echo(f"  {group.group:<8} {baht(group.share):>12}  {group.label_th}")
    click.echo(f"  {'':<8} {baht(report.share):>12}  together")
    click.echo(f"Pictures and papers: {tour.target}")
    refused = any(result.outcome is Outcome.REFUSED for result in results)
    agreed = (report.sales - report.refunds, report.share, report.gaps)
    if refused or not agrees or agreed != (net.total, net.share, 0):
        message = "what was sold and what head office has differ"
        raise RuntimeError(message)


def _page(title: str, lines: list[tuple[str, str]]) -> QImage:
    """Draw a page of labels and what belongs to them, in the window's own colours."""
    image = QImage(920, 150 + 56 * len(lines), QImage.Format.Format_RGB32)
    image.fill(theme.colour("ground"))
    painter = QPainter(image)
    painter.setPen(theme.colour("ink"))
    painter.setFont(theme.font(28, bold=True))
    painter.drawText(QPoint(48, 72), title)
    painter.setFont(theme.font(20))
    for row, (left, right) in enumerate(lines):
        baseline = 136 + 56 * row
        painter.drawText(QPoint(48, baseline), left)
        width = painter.fontMetrics().horizontalAdvance(right)
        painter.drawText(QPoint(image.width() - 48 - width, baseline), right)
        painter.setPen(QColor(theme.colour("line")))
        painter.drawLine(48, baseline + 18, image.width() - 48, baseline + 18)
        painter.setPen(theme.colour("ink"))
    painter.end()
    return image
