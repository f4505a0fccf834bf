"""The day's pack in one step: papers for the mall, a backup and sync files for head office."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tofan_pos.counter.backup import Backups
from tofan_pos.counter.day import StoredZ
from tofan_pos.counter.outbox import Outbox
from tofan_pos.counter.papers import Papers
from tofan_pos.domain.basket import Bearer
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.money import baht, plain
from tofan_pos.domain.numbering import DocumentKind
from tofan_pos.domain.people import Right
from tofan_pos.domain.report import CASH
from tofan_pos.domain.session import Movement
from tofan_pos.receipt.printable import printable
from tofan_pos.store.counter import CounterStore
from tofan_pos.store.day import Document
from tofan_pos.sync.days import movement_of
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.folder import make_folder, write_durably
from tofan_pos.sync.kinds import Moved
from tofan_pos.sync.sales import read_moment
from tofan_pos.thai.dates import BANGKOK, format_date, format_time
from tofan_pos.words import Words

if TYPE_CHECKING:
    from tofan_pos.domain.report import Settled, ZReport

Progress = Callable[[int, int], None]
"""Told how many steps are done, and of how many."""

MALL = "mall"
HEAD_OFFICE = "head-office"
"""The pack's folders: names of people and stories do not go to the mall."""

_STEPS = 4
_FORMULAS = ("=", "+", "-", "@")
_WHAT = ("number", "kind", "of", "business_date", "date", "time")
_FIGURES = ("pieces", "gross", "discounts", "total", "taxable_base", "vat", "exempt")
_RECEIPTS = {kind.series for kind in DocumentKind}
_WHO = ("by", "approved_by", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What the pack holds: its files, each read back, and the words to paste in a chat.

    Papers are in the folder for the mall, backup and sync files in that for head office.
    """

    pdf: Path
    csv: Path
    backup: Path
    sync_files: tuple[Path, ...]
    words: str

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file of it."""
        return (self.pdf, self.csv, self.backup, *self.sync_files)


@dataclass(frozen=True, slots=True)
class Pack:
    """One till's packs. Making one again gives the same files, and a newer backup."""

    store: CounterStore
    papers: Papers
    backups: Backups
    outbox: Outbox

    def make(
        self, stored: StoredZ, folder: Path, say: Words, *, progress: Progress | None = None
    ) -> Packed:
        """Write everything of a closed session into a folder. Raises `Refusal` or `Trouble`.

        The backup comes before the sync files, so that they tell of it.
        """
        if self.papers.profile.training:
            raise Refusal(Why.TRAINING_ONLY)
        # Before anything is written; backup and export ask for themselves as well.
        self.backups.access.warrant(Right.EXPORT)
        done = _Steps(progress)
        mall, office = folder / MALL, folder / HEAD_OFFICE
        make_folder(mall)
        z = stored.z
        pdf = mall / f"{z.number}.pdf"
        write_durably(pdf, self._pdf(stored))
        done.step()
        table = mall / f"{z.number}.csv"
        write_durably(table, self._csv(stored))
        done.step()
        backup = self.backups.make(office)
        done.step()
        exported = self.outbox.export(office)
        done.step()
        return Packed(
            pdf=pdf,
            csv=table,
            backup=backup,
            sync_files=exported.files,
            words=chat_words(z, say),
        )

    def _pdf(self, stored: StoredZ) -> bytes:
        from tofan_pos.printing.compose import compose  # noqa: PLC0415 - slow to load
        from tofan_pos.printing.pdf import pdf  # noqa: PLC0415 - as above
        from tofan_pos.receipt.paper import SHEET  # noqa: PLC0415 - as above

        found = self.papers.at(stored.seq)
        if found is None:
            raise Refusal(Why.NO_Z_YET)
        return pdf(compose(found[1], SHEET))

    def _csv(self, stored: StoredZ) -> bytes:
        """Return the session as a table, as the mall's people open it in Excel.

        Its documents, one a row, then the slips of cash in and out, then the sum of each column.
        Amounts are in baht, what came back or went out below nought.
        """
        with self.store.reading() as look:
            documents = look.documents_of_session(stored.seq)
            (opened,) = look.events("session_opened", until=stored.seq, newest=1)
            moved = look.events("movement", after=opened.seq, until=stored.seq)
        found = (read_entry(event.line) for event in moved)
        slips = [movement_of(entry) for entry in found if isinstance(entry, Moved)]
        rows = [*(_document(one, self.papers) for one in documents), *map(_slip, slips)]
        target = io.StringIO(newline="")
        csv.writer(target).writerows(_table(rows))
        # Without the mark Excel takes UTF-8 for the system's old code page.
        return target.getvalue().encode("utf-8-sig")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A row of the table: texts, then figures in the table's order, then satang by tender."""

    what: Sequence[str]
    figures: Sequence[int] = ()
    who: Sequence[str] = ("",) * len(_WHO)
    tenders: Mapping[str, int]


class _Steps:
    def __init__(self, progress: Progress | None) -> None:
        self._progress, self._done = progress, 0

    def step(self) -> None:
        self._done += 1
        if self._progress:
            self._progress(self._done, _STEPS)


def chat_words(z: "ZReport", say: Words) -> str:
    """Return a session's figures as a few lines to paste in a chat."""
    report = z.report
    day = format_date(
        report.business_date, language="en" if say.language == "en" else "th", style="short"
    )
    lines = [f"{z.number} · {day}"]
    for run in report.runs:
        if run.series in _RECEIPTS:
            numbers = run.first if run.count == 1 else f"{run.first} – {run.last}"
            lines.append(say("Receipts {numbers}", numbers=numbers))
    lines.append(
        say("Sales {count}: {amount}", count=report.sales.count, amount=baht(report.sales.total))
    )
    if report.refunds.count or report.voids.count:
        back = report.refunds.total + report.voids.total
        count = report.refunds.count + report.voids.count
        lines.append(say("Returns and voids {count}: {amount}", count=count, amount=baht(-back)))
    lines.append(say("Net: {amount}", amount=baht(report.net.total)))
    if report.sales.vat or report.net.vat:
        lines.append(say("VAT: {amount}", amount=baht(report.net.vat)))
    for bearer, amount in report.discounts:
        given = {"bearer": _bearer(bearer, say), "amount": baht(-amount)}
        lines.append(say("Discounts, {bearer}: {amount}", **given))
    lines.append(say("For the makers: {amount}", amount=baht(report.net.share)))
    for one in z.settled:
        name = say("Cash") if one.key == CASH else one.key
        lines.append(f"{name}: {baht(one.counted)} ({_verdict(one, say)})")
    lines.append(say("Running total: {amount}", amount=baht(report.grand_total)))
    lines.append(say("Journal {anchor}", anchor=f"{report.seq} · {report.anchor}"))
    return "\n".join(lines)


def _verdict(one: "Settled", say: Words) -> str:
    if one.expected < 0:
        # More went out than there was: what is there all the same is no surplus.
        return say("should be {amount}", amount=baht(one.expected))
    return baht(one.difference) if one.difference else say("agrees")


def _bearer(bearer: str, say: Words) -> str:
    match bearer:
        case Bearer.BRAND:
            return say("The brand")
        case Bearer.MALL:
            return say("The mall")
        case Bearer.SHARED:
            return say("Shared")
    return bearer


def _table(rows: Sequence[_Row]) -> Iterator[tuple[str, ...]]:
    """Yield the table's head, its rows, and the sum of each column."""
    used = dict.fromkeys(key for row in rows for key in row.tenders)
    keys = tuple(dict.fromkeys((CASH, *sorted(used))))
    yield tuple(map(_text, (*_WHAT, *_FIGURES, *_WHO, *keys)))
    figures = [row.figures for row in rows if row.figures]
    total = _Row(
        what=("", "total", *("",) * (len(_WHAT) - 2)),
        figures=[sum(column) for column in zip(*figures, strict=True)] or (0,) * len(_FIGURES),
        tenders={key: sum(row.tenders.get(key, 0) for row in rows) for key in keys},
    )
    for row in (*rows, total):
        pieces, *amounts = row.figures or (None,)
        yield (
            *map(_text, row.what),
            "" if pieces is None else str(pieces),
            *(map(plain, amounts) if amounts else ("",) * (len(_FIGURES) - 1)),
            *map(_text, row.who),
            *(plain(row.tenders[key]) if key in row.tenders else "" for key in keys),
        )


def _document(document: Document, papers: Papers) -> _Row:
    sign = 1 if document.kind == "sale" else -1
    return _Row(
        what=(
            papers.number(document.series, document.n, epoch=document.epoch),
            document.kind,
            document.of,
            document.business_date,
            *_when(read_moment(document.at)),
        ),
        figures=[
            sign * figure
            for figure in (
                document.pieces,
                document.gross,
                document.discounts,
                document.total,
                document.taxable,
                document.vat,
                document.exempt or 0,
            )
        ],
        who=(document.by, document.approved_by, document.reason),
        tenders={key: sign * amount for key, amount in document.tenders},
    )


def _slip(moved: Movement) -> _Row:
    """Return a row of cash in or out; a change of drawer moves none."""
    about = moved.bag or moved.drawer
    day = moved.business_date.isoformat()
    return _Row(
        what=(moved.number, moved.kind.value, about, day, *_when(moved.at)),
        who=(moved.by, moved.approved_by, moved.reason),
        tenders={CASH: moved.kind.sign * moved.amount},
    )


def _when(at: datetime) -> tuple[str, str]:
    return at.astimezone(BANGKOK).date().isoformat(), format_time(at)


def _text(words: str) -> str:
    """Return a text without control characters, and so that no spreadsheet runs it."""
    cleaned = printable(words)
    return f"'{cleaned}" if cleaned.startswith(_FORMULAS) else cleaned
