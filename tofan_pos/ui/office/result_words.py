"""What became of a file, in words: what happened, and what to do where something is to be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.office.intake import Outcome, Result
from tofan_pos.sentences import sentence, till_said
from tofan_pos.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of a file: an icon, its colour's token, what happened, and what to do."""

    icon: str
    tone: str
    happened: str
    do: str = ""


def told(result: Result, say: Words) -> Told:
    """Tell what became of a file."""
    if result.outcome is Outcome.REFUSED:
        reason = sentence(result.problem, say) if result.problem else ""
        return Told(
            icon="close",
            tone="wrong",
            happened=say("Refused: {reason}", reason=reason),
            do=_mend(result, say),
        )
    if result.outcome is Outcome.ALREADY_THERE:
        return Told(
            icon="check",
            tone="muted",
            happened=say("Already there, nothing changed. {run}", run=_run(result, say)),
            do=_unanswered(result, say),
        )
    if result.outcome is Outcome.QUARANTINED:
        return Told(
            icon="fork",
            tone="wrong",
            happened=say(
                "Kept apart whole: from entry {seq} on it contradicts what till {till} sent "
                "before.",
                seq=f"{result.apart.seq if result.apart else 0:,}",
                till=result.till,
            ),
            do=_look_into(result, say),
        )
    return Told(
        icon="warning" if result.misdated else "check",
        tone="wrong" if result.misdated else "good",
        happened=" · ".join(_imported(result, say)),
        do=" ".join(filter(None, (_misdated(result, say), _unanswered(result, say)))),
    )


def _look_into(result: Result, say: Words) -> str:
    """Say what is to be done about a second branch of a till."""
    if result.again:
        return say(
            "It is the same branch again: all of it is kept here already. See {till} under Tills.",
            till=result.till,
        )
    sales = result.apart.sales if result.apart else 0
    return say(
        "The till was copied or restored. {n} sales are kept here and not counted: see {till} "
        "under Tills.",
        n=f"{sales:,}",
        till=result.till,
    )


def _unanswered(result: Result, say: Words) -> str:
    """Say why no answer lies beside the file."""
    if result.unanswered is None:
        return ""
    return say(
        "No answer could be written beside it: {reason}", reason=sentence(result.unanswered, say)
    )


def _run(result: Result, say: Words) -> str:
    return say(
        "Till {till}, entries {first}–{last}",
        till=till_said(result.till, result.epoch, say),
        first=f"{result.first:,}",
        last=f"{result.last:,}",
    )


def _imported(result: Result, say: Words) -> list[str]:
    parts = [
        say(
            "Imported: {n} entries of till {till}",
            n=f"{result.added:,}",
            till=till_said(result.till, result.epoch, say),
        ),
        say("sales: {n}", n=f"{result.sales:,}"),
    ]
    if result.reversals:
        parts.append(say("refunds and voids: {n}", n=f"{result.reversals:,}"))
    if result.unknown:
        parts.append(say("of kinds this program does not know: {n}", n=f"{result.unknown:,}"))
    return parts


def _misdated(result: Result, say: Words) -> str:
    if not result.misdated:
        return ""
    return say(
        "Sales dated after today: {n}. Look at the clock of till {till}.",
        n=f"{result.misdated:,}",
        till=result.till,
    )


_MEND = {
    Why.NOT_ENROLLED: "enrol",
    Why.KEY_DIFFERS: "differs",
    Why.KEY_REVOKED: "differs",
}


def _mend(result: Result, say: Words) -> str:
    """Say what to do about a file that was refused."""
    why = result.problem.why if isinstance(result.problem, Refusal) else None
    kind = _MEND.get(why, "") if why else ""
    if kind == "enrol":
        return say(
            "Drop the till's enrolment request here, compare the fingerprint, then drop it again."
        )
    if kind == "differs":
        return say("Ask the till for a new enrolment request. Its sales are safe at the till.")
    return say("Nothing was changed. The till has it still: export it there once more.")


@dataclass(frozen=True, slots=True)
class Totals:
    """What an import came to, over all of its files."""

    files: int = 0
    entries: int = 0
    sales: int = 0
    reversals: int = 0
    there: int = 0
    aside: int = 0
    refused: int = 0


def totals_of(results: Sequence[Result]) -> Totals:
    """Add an import up."""
    outcomes = [result.outcome for result in results]
    return Totals(
        files=len(results),
        entries=sum(result.added for result in results),
        sales=sum(result.sales for result in results),
        reversals=sum(result.reversals for result in results),
        aside=outcomes.count(Outcome.QUARANTINED),
        there=outcomes.count(Outcome.ALREADY_THERE),
        refused=outcomes.count(Outcome.REFUSED),
    )


def answered_in(results: Sequence[Result]) -> list[Path]:
    """Return the folders in which answers were left, in the order of the files."""
    kept = (r for r in results if r.outcome is not Outcome.REFUSED and r.unanswered is None)
    return list(dict.fromkeys(result.path.parent for result in kept))
