"""What a person has to look into at head office, a sentence for each."""

from typing import TYPE_CHECKING, assert_never

from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.errors import Why
from tofan_pos.domain.money import baht
from tofan_pos.sentences import till_said
from tofan_pos.store.office_returns import Oversold, Reused
from tofan_pos.sync.contact import Standing
from tofan_pos.sync.keys import fingerprint
from tofan_pos.words import Words, plain_text

if TYPE_CHECKING:
    from tofan_pos.office.tasks import Task

_MOST_RUNS = 8


def task_said(task: "Task", say: Words) -> str:
    """Say what was found, and what there is to do about it."""
    from tofan_pos.office.tasks import Kind  # noqa: PLC0415 - a counter's sentences need none

    match task.kind:
        case Kind.FORK:
            return _fork(task, say)
        case Kind.GAP:
            return _gap(task, say)
        case Kind.SILENT:
            return _silent(task, say)
        case Kind.TURNED_AWAY:
            return _turned_away(task, say)
        case Kind.SOLD_TWICE | Kind.RETURNED_TWICE | Kind.VOUCHER_TWICE:
            return _conflict(task, say)
        case _ as never:
            assert_never(never)


def standing_said(standing: Standing, say: Words) -> str:
    """Say how a till stands, in a word or two."""
    return {
        Standing.TRUSTED: say("Trusted"),
        Standing.REVOKED: say("Key revoked"),
        Standing.RETIRED: say("Retired"),
        Standing.UNKNOWN: say("Not enrolled"),
        Standing.TAKEN: say("Epoch taken"),
    }[standing]


def _gap(task: "Task", say: Words) -> str:
    facts = {"till": _till(task, say), "count": f"{task.missing:,}", "runs": _runs(task, say)}
    if not any(gap.lost for gap in task.gaps):
        return say(
            "Entries that till {till} wrote have not come in ({count}): {runs}. Look for a stick "
            "that was left behind, and export at the till again.",
            **facts,
        )
    if not all(gap.lost for gap in task.gaps):
        return say(
            "Entries that till {till} wrote are not here ({count}): {runs}. Export at the till "
            "again; what went with its file when a backup was put in its place it cannot send: "
            "look for sticks, for that file, and for the paper receipts.",
            **facts,
        )
    return say(
        "Entries that till {till} wrote went with its file when a backup was put in its place "
        "({count}): {runs}. It cannot send them: look for sticks, for that file, and for the "
        "paper receipts.",
        **facts,
    )


def _fork(task: "Task", say: Words) -> str:
    return say(
        "There are two of till {till}: from entry {seq} on, another branch of its journal was kept "
        "apart. No report counts its sales ({sales}, {total}). Find out which till it was.",
        till=_till(task, say),
        seq=f"{min(run.seq for run in task.runs):,}",
        sales=f"{task.sales:,}",
        total=baht(task.total),
    )


def _silent(task: "Task", say: Words) -> str:
    if task.heard is None:
        return say(
            "Nothing was ever heard of till {till} since it was enrolled. Have it send.",
            till=_till(task, say),
        )
    return say(
        "Nothing was heard of till {till} for more than a day. Ask there whether it sells, and "
        "have it send.",
        till=_till(task, say),
    )


def _turned_away(task: "Task", say: Words) -> str:
    away = task.away
    if away is None:
        return ""
    facts = {
        "till": away.till,
        "epoch": away.epoch,
        "last": f"{away.last:,}",
        "shown": fingerprint(away.public_key),
    }
    match away.why:
        case Why.NOT_ENROLLED:
            return say(
                "A stick held entries up to {last} of till {till}, epoch {epoch}, that were not "
                "taken in, because its key ({shown}) is not enrolled. Have it ask to be enrolled, "
                "compare the fingerprint, then import the stick again. Nothing was lost.",
                **facts,
            )
        case Why.KEY_REVOKED:
            return say(
                "A stick held entries up to {last} of till {till}, epoch {epoch}, that were not "
                "taken in, because its key ({shown}) was revoked. Where they are the till's own, "
                "have it begin a new epoch, enrol that, and have it send once more; where somebody "
                "else wrote them, settle this.",
                **facts,
            )
        case Why.KEY_DIFFERS:
            return say(
                "A stick held entries up to {last} of till {till}, epoch {epoch}, that were not "
                "taken in: they bear another key ({shown}) than the one enrolled. Import the "
                "till's earlier sticks first, as it may have changed its key; or there are two of "
                "it: have the other one begin a new epoch, enrol that, and have it send once more.",
                **facts,
            )
        case _:
            return say(
                "A stick held entries up to {last} of till {till}, epoch {epoch}, that were not "
                "taken in then. Their key ({shown}) is trusted by now: import the stick again, or "
                "have the till send once more.",
                **facts,
            )


def _conflict(task: "Task", say: Words) -> str:
    named = say("Every document is named by: tofan-office conflicts")
    return f"{_at_odds(task, say)} {named}"


def _at_odds(task: "Task", say: Words) -> str:
    one, tills = task.conflict, ", ".join(task.tills)
    if isinstance(one, Oversold):
        return say(
            "{code}, {name}, is one of a kind, was sold {sold} times for {total} in all and came "
            "back {returned} times (till {tills}). Find out which piece is which.",
            code=plain_text(one.code),
            name=plain_text(Text(one.name_th, one.name_en).get(say.language)),
            sold=f"{one.sold:,}",
            total=baht(one.paid),
            returned=f"{one.returned:,}",
            tills=tills,
        )
    if isinstance(one, Reused):
        return say(
            "Voucher {code} {reference} was taken {times} times, for {total} in all (till {tills})."
            " Ask there who brought it: it pays once only.",
            code=plain_text(one.code),
            reference=plain_text(one.reference),
            times=f"{one.times:,}",
            total=baht(one.amount),
            tills=tills,
        )
    lines = one.lines if one is not None else ()
    return say(
        "More came back of sale {number} than was bought (till {tills}): {back} was paid back of "
        "what cost {paid}. Look for the slips of the refunds, and ask who paid out.",
        number=plain_text(lines[0].number) if lines else "",
        tills=tills,
        back=baht(sum(line.paid_back for line in lines)),
        paid=baht(sum(line.paid for line in lines)),
    )


def _till(task: "Task", say: Words) -> str:
    # Where entries were lost there is a later epoch, which uses their numbers again.
    return till_said(task.tills[0], task.epoch, say, always=any(gap.lost for gap in task.gaps))


def _runs(task: "Task", say: Words) -> str:
    shown = [
        f"{gap.first:,}" if gap.first == gap.last else f"{gap.first:,}–{gap.last:,}"
        for gap in task.gaps[:_MOST_RUNS]
    ]
    named, more = ", ".join(shown), len(task.gaps) - len(shown)
    return say("{names} and {count} more", names=named, count=more) if more else named
