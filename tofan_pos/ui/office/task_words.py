"""What a person has to look into, in words: what was found, and what to do about it."""

from collections.abc import Callable, Mapping
from datetime import datetime

from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.money import baht
from tofan_pos.office.tasks import Kind, Task
from tofan_pos.store.office_returns import Involved, Overdrawn, Oversold, Reused
from tofan_pos.ui.office.till_words import heard_said, runs_said
from tofan_pos.words import Words

_MOST = 4


def task_said(task: Task, *, now: datetime, say: Words) -> str:
    """Say what was found and what to do; how it was settled before it grew follows."""
    said = _SAID[task.kind](task, now, say)
    if task.before is None:
        return said
    before = say(
        "It was settled by {who} ({note}), and has grown since.",
        who=task.before.by,
        note=task.before.note,
    )
    return f"{said} {before}"


def _fork(task: Task, _now: datetime, say: Words) -> str:
    return say(
        "Two branches under the same numbers: the till was copied or restored. Kept apart: {sales} "
        "sales, {total}. Find out which computer wrote them.",
        sales=f"{task.sales:,}",
        total=baht(task.total),
    )


def _gap(task: Task, _now: datetime, say: Words) -> str:
    return say(
        "Entries {runs} never came. Have the till export again.", runs=runs_said(task.gaps, say)
    )


def _silent(task: Task, now: datetime, say: Words) -> str:
    if task.heard is None:
        return say("Nothing was heard of it since it was enrolled. Call the counter.")
    heard = heard_said(task.heard, now, say)
    return say("It was heard of last {heard}. Call the counter.", heard=heard)


def _sold_twice(task: Task, _now: datetime, say: Words) -> str:
    one = task.conflict
    if not isinstance(one, Oversold):
        return ""
    return say(
        "“{name}” is one of a kind and was sold {n} times: {documents}. Ask where the piece is.",
        name=Text(one.name_th, one.name_en).get(say.language),
        n=one.sold,
        documents=_documents(one.documents),
    )


def _returned_twice(task: Task, _now: datetime, say: Words) -> str:
    one = task.conflict
    if not isinstance(one, Overdrawn):
        return ""
    return say(
        "More came back of {number} than was bought: {documents}. Look at the papers.",
        number=one.lines[0].number,
        documents=_documents(one.documents),
    )


def _voucher_twice(task: Task, _now: datetime, say: Words) -> str:
    one = task.conflict
    if not isinstance(one, Reused):
        return ""
    return say(
        "Voucher {reference} was taken more than once: {documents}. Look at the papers.",
        reference=one.reference,
        documents=_documents(one.documents),
    )


def _documents(documents: tuple[Involved, ...]) -> str:
    named = ", ".join(document.number for document in documents[:_MOST])
    return f"{named}, …" if len(documents) > _MOST else named


_SAID: Mapping[Kind, Callable[[Task, datetime, Words], str]] = {
    Kind.FORK: _fork,
    Kind.GAP: _gap,
    Kind.SILENT: _silent,
    Kind.SOLD_TWICE: _sold_twice,
    Kind.RETURNED_TWICE: _returned_twice,
    Kind.VOUCHER_TWICE: _voucher_twice,
}
