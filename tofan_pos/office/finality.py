"""Why a month is not final, in sentences: the same on the screen, on paper and in the workbook."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, cast

from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.money import baht
from tofan_pos.office.ledger import Lack, OpenPoint, ShareReport
from tofan_pos.office.standing import TillStanding, Unclosed, horizon
from tofan_pos.thai.dates import format_date
from tofan_pos.words import Words

NOT_FINAL = Text("ยังไม่ใช่ยอดสุดท้าย", "Not final")
NAMED = 8
"""So many tills are named in a sentence; the table of tills names them all."""
LISTED = 3
"""So many commands stand in a sentence."""


def reasons(report: ShareReport, say: Words) -> tuple[str, ...]:
    """Return a sentence for each open point; none where the report is final."""
    return tuple(_reason(point, report, say) + _way_out(point, say) for point in report.open_points)


def cautions(report: ShareReport, say: Words) -> tuple[str, ...]:
    """Return what to look into beside: dates that cannot be true, and what was settled."""
    return tuple(text for caution in _CAUTIONS for text in caution(report, say))


def _misdated(report: ShareReport, say: Words) -> Iterator[str]:
    if not report.misdated:
        return
    yield say(
        "Sales dated after {day}, which cannot be true: {count} (till {tills}). They belong to "
        "no month that is over. Look at the till's clock.",
        day=_shown(horizon(report.as_of), say),
        count=f"{report.misdated:,}",
        tills=_names([till for till in report.tills if till.misdated], say),
    )


def _given_up(report: ShareReport, say: Words) -> Iterator[str]:
    """Tell of entries that are missing, and that nobody waits for any more."""
    tills = [till for till in report.tills if till.missing > till.owed]
    if not tills:
        return
    yield say(
        "Journal entries that never came in, and are not waited for any more: {count} (till "
        "{tills}). What was sold in them is in no sum.",
        count=f"{sum(till.missing - till.owed for till in tills):,}",
        tills=_names(tills, say),
    )


def _set_aside(report: ShareReport, say: Words) -> Iterator[str]:
    tills = [till for till in report.tills if till.set_aside]
    if not tills:
        return
    runs = [run for till in tills for run in till.set_aside]
    yield say(
        "Kept apart and settled by a person: sales {count}, {total} (till {tills}). They are in no "
        "sum.",
        count=f"{sum(run.sales for run in runs):,}",
        total=baht(sum(run.total for run in runs)),
        tills=_names(tills, say),
    )


def _unclosed(report: ShareReport, say: Words) -> Iterator[str]:
    """Name the sessions whose sales are in the month, and in no Z."""
    yield from (unclosed_said(one, say) for one in report.unclosed[:NAMED])
    if more := report.unclosed[NAMED:]:
        yield say(
            "Other sessions that were never closed: {count}; sales in no Z report: {sales}, "
            "{total}.",
            count=f"{len(more):,}",
            sales=f"{sum(one.sales for one in more):,}",
            total=baht(sum(one.total for one in more)),
        )


def unclosed_said(one: Unclosed, say: Words) -> str:
    """Say which session no Z will close, and what was sold in it."""
    facts = {
        "n": f"{one.n:,}" if one.n else "?",
        "till": one.name,
        "sales": f"{one.sales:,}",
        "total": baht(one.total),
    }
    if one.goes_on:
        return say(
            "Session {n} of {till} was gone on with as a later epoch; what was sold here after "
            "that is in no Z report: sales {sales}, {total}.",
            **facts,
        )
    if one.whole:
        return say(
            "Session {n} of {till} was never closed: sales {sales}, {total}, in no Z report.",
            **facts,
        )
    return say(
        "No closing of session {n} of {till} has come in, and entries after its opening are "
        "missing: sales {sales}, {total}, in no Z report.",
        **facts,
    )


def _taken_back(report: ShareReport, say: Words) -> Iterator[str]:
    """Name the sales of which too much came back, and what that took of whose share."""
    for one in report.taken_back[:NAMED]:
        facts = {"number": one.number, "group": one.group, "share": baht(one.share)}
        if one.returned > one.bought:
            yield say(
                "Sale {number}: more came back than was bought ({returned} of {bought}); {share} "
                "of {group}'s share was taken back too often.",
                returned=f"{one.returned:,}",
                bought=f"{one.bought:,}",
                **facts,
            )
        else:
            yield say(
                "Sale {number}: what came back is not what was bought; {share} of {group}'s share "
                "was taken back too often.",
                **facts,
            )
    if more := report.taken_back[NAMED:]:
        yield say(
            "Other sales of which too much came back: {count}; {share} of the makers' share was "
            "taken back too often.",
            count=f"{len({one.number for one in more}):,}",
            share=baht(sum(one.share for one in more)),
        )


def _sold_again(report: ShareReport, say: Words) -> Iterator[str]:
    """Name the only pieces sold too often: each sale stands, so its share is in the sums."""
    for one in report.sold_again[:NAMED]:
        yield say(
            "{code}, {name}, is one of a kind, but was sold {sold} times and given back "
            "{returned}. Each sale stands: {share} of {group}'s share is counted for it here.",
            code=one.code,
            name=Text(one.name_th, one.name_en).get(say.language),
            sold=f"{one.sold:,}",
            returned=f"{one.returned:,}",
            share=baht(one.share),
            group=one.group,
        )
    if more := report.sold_again[NAMED:]:
        yield say(
            "Other pieces that are one of a kind and were sold too often: {count}; {share} of the "
            "makers' share is counted for them here.",
            count=f"{len({one.code for one in more}):,}",
            share=baht(sum(one.share for one in more)),
        )


_CAUTIONS = (_misdated, _given_up, _set_aside, _unclosed, _taken_back, _sold_again)


def day_of(report: ShareReport, say: Words) -> str:
    """Return the day of the report as people read it."""
    return _shown(report.as_of, say)


def _shown(day: date, say: Words) -> str:
    language = cast("Literal['th', 'en']", say.language)
    return format_date(day, language=language, style="short")


def _way_out(point: OpenPoint, say: Words) -> str:
    """Say how people let go of an epoch that was left, where nothing more will come of it."""
    if point.lack is Lack.KEPT_APART:
        # That is settled as a task.
        return ""
    left = [
        f"tofan-office retire {till.till} --epoch {till.epoch}"
        for till in point.tills
        if till.followed
    ]
    if not left:
        return ""
    commands = "; ".join(left[:LISTED]) + ("; …" if len(left) > LISTED else "")
    return say(
        " Where a till was left for a later epoch and nothing more is expected: {commands}",
        commands=commands,
    )


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
                "Kept apart, as head office holds other entries under their numbers: sales "
                "{count}, {total} (till {tills}). Find out which computer wrote them, and settle "
                "it.",
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
