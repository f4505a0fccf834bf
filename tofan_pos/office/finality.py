"""Why a month is not final, in sentences: the same on the screen, on paper and in the workbook."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, cast

from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.money import baht
from tofan_pos.office.ledger import Lack, OpenPoint, ShareReport
from tofan_pos.office.standing import TillStanding, horizon
from tofan_pos.thai.dates import format_date
from tofan_pos.words import Words

NOT_FINAL = Text("ยังไม่สิ้นงวด", "Not final")
NAMED = 8
"""So many tills are named in a sentence; the table of tills names them all."""


def reasons(report: ShareReport, say: Words) -> tuple[str, ...]:
    """Return a sentence for each open point; none where the report is final."""
    return tuple(_reason(point, report, say) for point in report.open_points)


def cautions(report: ShareReport, say: Words) -> tuple[str, ...]:
    """Return what to look into beside: dates that cannot be true, and what was settled."""
    return tuple(caution(report, say) for caution in _CAUTIONS if caution(report, say))


def _misdated(report: ShareReport, say: Words) -> str:
    if not report.misdated:
        return ""
    return say(
        "Sales dated after {day}, which cannot be true: {count} (till {tills}). They belong to "
        "no month that is over. Look at the till's clock.",
        day=_shown(horizon(report.as_of), say),
        count=f"{report.misdated:,}",
        tills=_names([till for till in report.tills if till.misdated], say),
    )


def _given_up(report: ShareReport, say: Words) -> str:
    """Tell of entries that are missing, and that nobody waits for any more."""
    tills = [till for till in report.tills if till.missing > till.owed]
    if not tills:
        return ""
    return say(
        "Journal entries that never came in, and are not waited for any more: {count} (till "
        "{tills}). What was sold in them is in no sum.",
        count=f"{sum(till.missing - till.owed for till in tills):,}",
        tills=_names(tills, say),
    )


def _set_aside(report: ShareReport, say: Words) -> str:
    tills = [till for till in report.tills if till.set_aside]
    if not tills:
        return ""
    runs = [run for till in tills for run in till.set_aside]
    return say(
        "Kept apart and settled by a person: {count} sales, {total} (till {tills}). They are in no "
        "sum.",
        count=f"{sum(run.sales for run in runs):,}",
        total=baht(sum(run.total for run in runs)),
        tills=_names(tills, say),
    )


_CAUTIONS = (_misdated, _given_up, _set_aside)


def day_of(report: ShareReport, say: Words) -> str:
    """Return the day of the report as people read it."""
    return _shown(report.as_of, say)


def _shown(day: date, say: Words) -> str:
    language = cast("Literal['th', 'en']", say.language)
    return format_date(day, language=language, style="short")


def _reason(  # noqa: PLR0911 - a sentence for each
    point: OpenPoint, report: ShareReport, say: Words
) -> str:
    last_day = _shown(report.last_day, say)
    tills = _names(point.tills, say)
    match point.lack:
        case Lack.MONTH_RUNS:
            return say("The month ends on {day}.", day=last_day)
        case Lack.ENTRIES_MISSING:
            return say(
                "Journal entries still missing at head office: {count} (till {tills}).",
                count=f"{sum(till.owed for till in point.tills):,}",
                tills=tills,
            )
        case Lack.NOTHING_SENT:
            return say("Nothing has come in at all from till {tills}.", tills=tills)
        case Lack.NOT_SENT_TO_THE_END:
            return say(
                "Nothing of {day} or later has come in from till {tills}: there may be sales to "
                "send.",
                day=last_day,
                tills=tills,
            )
        case Lack.SESSION_OPEN:
            return say(
                "A till session of {day} or before has not been closed at till {tills}: it may "
                "still sell or void.",
                day=last_day,
                tills=tills,
            )
        case Lack.KEPT_APART:
            runs = [run for till in point.tills for run in till.apart]
            return say(
                "Kept apart, as head office holds other entries under their numbers: {count} "
                "sales, {total} (till {tills}). Find out which computer wrote them, and settle it.",
                count=f"{sum(run.sales for run in runs):,}",
                total=baht(sum(run.total for run in runs)),
                tills=tills,
            )
        case Lack.TURNED_AWAY:
            return say(
                "Files were not taken in, as nobody trusts their keys (till {tills}): there may be "
                "sales in them. Each is a task: take them in, or settle it.",
                tills=_named(point.strangers, say),
            )
        case Lack.ASKS_TO_BE_ENROLLED:
            return say(
                "Tills ask to be enrolled, and may have sold: {tills}. Enrol them, or put their "
                "requests aside.",
                tills=_named(point.strangers, say),
            )


def _names(tills: Sequence[TillStanding], say: Words) -> str:
    return _named([till.name for till in tills], say)


def _named(names: Sequence[str], say: Words) -> str:
    shown = ", ".join(names[:NAMED])
    if len(names) <= NAMED:
        return shown
    return say("{names} and {count} more", names=shown, count=len(names) - NAMED)
