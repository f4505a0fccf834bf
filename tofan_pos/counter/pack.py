"""The day's pack in one step: the Z for the mall, words for a chat, a backup, the sync files."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tofan_pos.counter.access import Approval
from tofan_pos.counter.backup import Backups
from tofan_pos.counter.day import StoredZ
from tofan_pos.counter.outbox import Outbox
from tofan_pos.counter.papers import Papers
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.money import baht, plain
from tofan_pos.domain.people import Right
from tofan_pos.store.counter import CounterStore
from tofan_pos.store.day import Document
from tofan_pos.sync.folder import make_folder, write_durably
from tofan_pos.sync.sales import read_moment
from tofan_pos.thai.dates import BANGKOK, format_date, format_time
from tofan_pos.words import Words

if TYPE_CHECKING:
    from tofan_pos.domain.report import ZReport

Progress = Callable[[int, int], None]
"""Told how many steps are done, and of how many."""

_STEPS = 4
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = ("number", "kind", "of", "business_date", "date", "time", "total", "vat", "tender")


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What the pack holds: its files, each read back, and the words to paste in a chat."""

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
        self,
        stored: StoredZ,
        folder: Path,
        say: Words,
        *,
        approval: Approval | None = None,
        progress: Progress | None = None,
    ) -> Packed:
        """Write everything of a closed session into a folder. Raises `Refusal` or `Trouble`.

        The backup comes before the sync files, so that they tell of it.
        """
        if self.papers.profile.training:
            raise Refusal(Why.TRAINING_ONLY)
        self.backups.access.warrant(Right.EXPORT, approval)
        done = _Steps(progress)
        make_folder(folder)
        z = stored.z
        pdf = folder / f"{z.number}.pdf"
        write_durably(pdf, self._pdf(stored))
        done.step()
        table = folder / f"{z.number}.csv"
        write_durably(table, self._csv(stored))
        done.step()
        backup = self.backups.make(folder)
        done.step()
        exported = self.outbox.export(folder)
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
        """Return the session's documents, one a row, as the mall's people open it in Excel.

        Amounts are in baht, what was paid back below nought; no cell begins as a formula does.
        """
        with self.store.reading() as look:
            documents = look.documents_of_session(stored.seq)
        target = io.StringIO(newline="")
        rows = csv.writer(target)
        rows.writerow(_COLUMNS)
        for document in documents:
            rows.writerow(_row(document, self.papers))
        # Without the mark Excel takes UTF-8 for the system's old code page.
        return target.getvalue().encode("utf-8-sig")


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
    lines = [
        f"{z.number} · {day}",
        say("Sales {count}: {amount}", count=report.sales.count, amount=baht(report.sales.total)),
    ]
    if report.refunds.count or report.voids.count:
        back = report.refunds.total + report.voids.total
        count = report.refunds.count + report.voids.count
        lines.append(say("Returns and voids {count}: {amount}", count=count, amount=baht(-back)))
    lines.append(say("Net: {amount}", amount=baht(report.net.total)))
    lines.append(say("For the makers: {amount}", amount=baht(report.net.share)))
    for one in z.settled:
        name = say("Cash") if one.key == "cash" else one.key
        off = say("agrees") if not one.difference else baht(one.difference)
        lines.append(f"{name}: {baht(one.counted)} ({off})")
    lines.append(say("Journal {anchor}", anchor=f"{report.seq} · {report.anchor}"))
    return "\n".join(lines)


def _row(document: Document, papers: Papers) -> tuple[str, ...]:
    at = read_moment(document.at)
    sign = 1 if document.kind == "sale" else -1
    return (
        papers.number(document.series, document.n),
        document.kind,
        document.of,
        document.business_date,
        at.astimezone(BANGKOK).date().isoformat(),
        format_time(at),
        plain(sign * document.total),
        plain(sign * document.vat),
        _text(document.tenders),
    )


def _text(words: str) -> str:
    """Return what others have named, so that no spreadsheet takes it for a formula."""
    return f"'{words}" if words.startswith(_FORMULAS) else words
