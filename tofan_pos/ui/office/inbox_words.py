"""What an import came to, in words: a line for each file, the sums, and where answers lie."""

from collections.abc import Sequence
from datetime import datetime

from tofan_pos.office.intake import Result
from tofan_pos.thai.dates import format_time
from tofan_pos.ui.office.figures import Figure
from tofan_pos.ui.office.result_list import Entry
from tofan_pos.ui.office.result_words import answered_in, told, totals_of
from tofan_pos.words import Words


def entry_of(result: Result, at: datetime, say: Words) -> Entry:
    """Return a file as it is listed."""
    return Entry(
        name=result.path.name,
        folder=str(result.path.parent),
        at=format_time(at),
        told=told(result, say),
    )


def answered_said(results: Sequence[Result], say: Words) -> str:
    """Say where answers for the tills lie."""
    folders = answered_in(results)
    if not folders:
        return ""
    named = str(folders[0]) if len(folders) == 1 else f"{len(folders):,}"
    if len(folders) == 1:
        return say(
            "Answers for the tills lie in {folder}. It is safe to remove the stick.", folder=named
        )
    return say("Answers for the tills lie in {n} folders. It is safe to remove the stick.", n=named)


def figures_of(results: Sequence[Result], say: Words) -> list[Figure]:
    """Word what the last import came to; what is nought and bad news is left out."""
    sums = totals_of(results)
    usual = [
        (say("Files"), sums.files, "ink"),
        (say("New entries"), sums.entries, "ink"),
        (say("Sales taken in"), sums.sales, "ink"),
        (say("Refunds and voids"), sums.reversals, "ink"),
    ]
    others = [
        (say("Already there"), sums.there, "ink"),
        (say("Kept apart"), sums.aside, "wrong"),
        (say("Refused"), sums.refused, "wrong"),
    ]
    shown = usual + [one for one in others if one[1]]
    return [Figure(label=label, value=f"{n:,}", tone=tone) for label, n, tone in shown]
