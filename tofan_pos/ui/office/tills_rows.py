"""What the Tills room shows, worded: a row for each till, and one till in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.money import baht
from tofan_pos.office.gaps import Gap
from tofan_pos.office.listing import Head, Mark, Table
from tofan_pos.office.tasks import Task
from tofan_pos.office.tills import TillSeen
from tofan_pos.sentences.tasks import standing_said, task_said
from tofan_pos.store.office_chain import Apart
from tofan_pos.store.office_turned_away import TurnedAway
from tofan_pos.sync.contact import Standing
from tofan_pos.sync.keys import fingerprint
from tofan_pos.thai.dates import business_day
from tofan_pos.thai.sorting import sort_key
from tofan_pos.ui.kit.grid import Cell, GridRow, Heading
from tofan_pos.ui.office.asking import Deed
from tofan_pos.ui.office.till_pane import Fact, Part, TillShown
from tofan_pos.ui.office.till_words import (
    began_said,
    heard_said,
    moment_said,
    runs_said,
)
from tofan_pos.words import Words

NONE = "\N{EN DASH}"
TITLE = Text("เครื่องขาย", "Tills")
REVOKE, REVOKE_EARLIER, RETIRE = "revoke", "revoke_earlier", "retire"
_HEARD = frozenset({Standing.TRUSTED, Standing.RETIRED})
"""How an epoch stands whose key's files are taken in."""


@dataclass(frozen=True, slots=True)
class Whole:
    """One till over all of its epochs, the newest last.

    `known` is false of one that is not enrolled, and of which only a file was seen.
    """

    epochs: tuple[TillSeen, ...]
    known: bool = True

    @property
    def newest(self) -> TillSeen:
        """The epoch it sells in, as far as head office knows."""
        return self.epochs[-1]

    @property
    def trusted_before(self) -> tuple[int, ...]:
        """The epochs before the newest whose keys are trusted still."""
        return tuple(one.epoch for one in self.epochs[:-1] if one.standing in _HEARD)

    @property
    def code(self) -> str:
        """The till's code."""
        return self.newest.till

    @property
    def heard(self) -> datetime | None:
        """When anything was heard of it last."""
        return max((one.heard for one in self.epochs if one.heard), default=None)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What is missing, of all epochs."""
        return tuple(gap for one in self.epochs for gap in one.gaps)

    @property
    def missing(self) -> int:
        """How many entries are missing."""
        return sum(one.missing for one in self.epochs)

    @property
    def apart(self) -> tuple[Apart, ...]:
        """What was kept apart, of all epochs."""
        return tuple(run for one in self.epochs for run in one.apart)

    @property
    def silent(self) -> bool:
        """Whether it should have been heard of: a till that was taken down need not be."""
        return any(one.silent for one in self.epochs)


def wholes_of(seen: Sequence[TillSeen], tasks: Sequence[Task] = ()) -> list[Whole]:
    """Put the epochs of each till together; strangers that a person has to look into come last."""
    known = {one.till for one in seen}
    strange = [_stranger(one) for task in tasks if (one := task.away) and one.till not in known]
    return [
        Whole(
            tuple(sorted((s for s in found if s.till == code), key=lambda s: s.epoch)),
            known=found is seen,
        )
        for found in (seen, strange)
        for code in dict.fromkeys(one.till for one in found)
    ]


def _stranger(away: TurnedAway) -> TillSeen:
    """Return what there is to show of a till whose file was seen, and of which nothing is held."""
    return TillSeen(
        till=away.till,
        epoch=away.epoch,
        fingerprint=fingerprint(away.public_key),
        standing=Standing.UNKNOWN,
        why="",
        after=0,
        head=0,
        told=away.last,
        heard=None,
        enrolled=None,
        gaps=(),
        apart=(),
        program="",
        catalogue=0,
        newest=True,
        silent=False,
    )


def headings(say: Words) -> tuple[Heading, ...]:
    """Return the table's columns."""
    return (
        Heading(name=say("Till"), width=80),
        Heading(name=say("Last heard"), width=116),
        Heading(name=say("Standing"), width=140),
        Heading(name=say("To do"), width=56, right=True),
        Heading(name=say("Missing"), width=56, right=True),
        Heading(name=say("Kept apart"), width=80, right=True),
        Heading(name=say("Held to entry"), width=96, right=True),
        Heading(name=say("Catalogue"), width=96, right=True),
        Heading(name=say("Program"), width=88),
        Heading(name=say("Fingerprint"), width=168),
        Heading(name=say("Epoch"), width=72, right=True),
        Heading(name=say("It began because"), width=280),
    )


def rows(
    wholes: Sequence[Whole], tasks: Sequence[Task], *, now: datetime, say: Words
) -> list[GridRow]:
    """Return the table's rows."""
    return [GridRow(key=one.code, cells=_cells(one, tasks, now, say)) for one in wholes]


def _cells(one: Whole, tasks: Sequence[Task], now: datetime, say: Words) -> tuple[Cell, ...]:
    newest, todo = one.newest, len(tasks_of(one, tasks))
    heard = one.heard
    trusted = newest.standing is Standing.TRUSTED
    why = began_said(newest.why, say)
    standing = standing_said(newest.standing, say)
    return (
        Cell(text=one.code, order=sort_key(one.code), strong=True),
        Cell(
            text=heard_said(heard, now, say),
            order=heard.timestamp() if heard else 0,
            tone="wrong" if one.silent else "ink",
            strong=one.silent,
        ),
        Cell(text=standing, order=sort_key(standing), tone="ink" if trusted else "wrong"),
        _count(todo, bad=True),
        _count(one.missing, bad=True),
        _count(len(one.apart), bad=True),
        _count(newest.head),
        _count(newest.catalogue),
        Cell(text=newest.program or NONE, order=sort_key(newest.program)),
        Cell(text=newest.fingerprint, order=newest.fingerprint),
        _count(newest.epoch),
        Cell(text=why, order=sort_key(why)),
    )


def _count(n: int, *, bad: bool = False) -> Cell:
    """Return a count; where it is bad news and not nought, it is red, and nought is a dash."""
    text = f"{n:,}" if n or not bad else NONE
    return Cell(text=text, order=n, tone="wrong" if bad and n else "ink", strong=bad and n > 0)


def tasks_of(one: Whole, tasks: Sequence[Task]) -> list[Task]:
    """Return the tasks that are about a till."""
    return [task for task in tasks if one.code in task.tills]


def shown_of(one: Whole, tasks: Sequence[Task], *, now: datetime, say: Words) -> TillShown:
    """Return one till in full."""
    newest = one.newest
    standing = standing_said(newest.standing, say)
    trusted = newest.standing is Standing.TRUSTED
    return TillShown(
        title=one.code,
        under=standing,
        under_tone="good" if trusted else "wrong",
        fingerprint=newest.fingerprint,
        facts=_facts(one, now, say),
        parts=_parts(one, say),
        tasks=tuple((task.id, _task_said(task, say)) for task in tasks_of(one, tasks)),
        deeds=_deeds(one, say),
    )


def _task_said(task: Task, say: Words) -> str:
    """Say what a task is about; how it was settled before it grew follows."""
    said = task_said(task, say)
    if task.before is None:
        return said
    before = say(
        "It was settled by {who} ({note}), and has grown since.",
        who=task.before.by,
        note=task.before.note,
    )
    return f"{said} {before}"


def _facts(one: Whole, now: datetime, say: Words) -> tuple[Fact, ...]:
    newest, heard, missing = one.newest, one.heard, one.missing
    when = f"{heard_said(heard, now, say)}\n{moment_said(heard, say)}" if heard else say("never")
    return (
        Fact(label=say("Last heard"), text=when, tone="wrong" if one.silent else "ink"),
        Fact(label=say("Held to entry"), text=f"{newest.head:,}"),
        Fact(label=say("It has written to"), text=f"{newest.told:,}" if newest.told else NONE),
        Fact(
            label=say("Missing"),
            text=runs_said(one.gaps, say, epoch=one.newest.epoch) if missing else NONE,
            tone="wrong" if missing else "ink",
        ),
        Fact(label=say("Catalogue"), text=f"{newest.catalogue:,}" if newest.catalogue else NONE),
        Fact(label=say("Program"), text=newest.program or NONE),
    )


def _parts(one: Whole, say: Words) -> tuple[Part, ...]:
    if not one.known:
        return ()
    epochs = tuple(_epoch_said(seen, one, say) for seen in reversed(one.epochs))
    parts = [Part(title=say("Epochs"), lines=epochs)]
    if one.apart:
        parts.insert(
            0,
            Part(
                title=say("Kept apart"),
                lines=tuple(_apart_said(run, say) for run in one.apart),
                tone="wrong",
            ),
        )
    return tuple(parts)


def _epoch_said(seen: TillSeen, one: Whole, say: Words) -> str:
    why = began_said(seen.why, say)
    if seen is one.newest:
        return say("{n}: {why}", n=seen.epoch, why=why)
    facts = {"n": seen.epoch, "why": why, "fingerprint": seen.fingerprint}
    if seen.standing is Standing.REVOKED:
        return say("{n}: {why} (key {fingerprint}, revoked)", **facts)
    return say("{n}: {why} (key {fingerprint})", **facts)


def _apart_said(run: Apart, say: Words) -> str:
    return say(
        "Entries {first}–{last}, from {seq} on another branch: {sales} sales, {total}",
        first=f"{run.first:,}",
        last=f"{run.last:,}",
        seq=f"{run.seq:,}",
        sales=f"{run.sales:,}",
        total=baht(run.total),
    )


def _deeds(one: Whole, say: Words) -> tuple[Deed, ...]:
    """Return what can be done to a till as it stands; nothing to one that is not enrolled."""
    deeds: list[Deed] = []
    if not one.known:
        return ()
    if one.newest.standing in _HEARD:
        deeds.append(
            Deed(
                code=REVOKE,
                icon="key",
                word=say("Revoke its key"),
                means=say(
                    "Nothing that till {till} signs with its key is taken in any more. Its sales "
                    "stay at the till until it has begun a new epoch and is enrolled again.",
                    till=one.code,
                ),
                do=say("Revoke the key of {till}", till=one.code),
            )
        )
    if one.trusted_before:
        named = ", ".join(map(str, one.trusted_before))
        deeds.append(
            Deed(
                code=REVOKE_EARLIER,
                icon="key",
                word=say("Revoke its earlier keys"),
                means=say(
                    "Nothing that is signed with the keys of till {till}'s earlier epochs "
                    "({epochs}) is taken in any more, files on old sticks neither. The till sells "
                    "and sends as before: what is missing comes under its new key.",
                    till=one.code,
                    epochs=named,
                ),
                do=say("Revoke the keys of epochs {epochs}", epochs=named),
            )
        )
    if one.newest.standing is not Standing.RETIRED:
        deeds.append(
            Deed(
                code=RETIRE,
                icon="close",
                word=say("Retire the till"),
                means=say(
                    "Till {till} was taken down for good: nothing more is expected of it. What "
                    "comes of it all the same is taken in.",
                    till=one.code,
                ),
                do=say("Retire {till}", till=one.code),
            )
        )
    return tuple(deeds)


def paper_of(wholes: Sequence[Whole], tasks: Sequence[Task], *, now: datetime, say: Words) -> Table:
    """Return the table as it is written down: the tills in the order given."""
    widths = (16, 20, 33, 17, 15, 15, 17, 15, 32)
    names = (
        (say("Till"), False),
        (say("Standing"), False),
        (say("Last heard"), False),
        (say("Held to entry"), True),
        (say("Missing"), True),
        (say("Kept apart"), True),
        (say("Catalogue"), True),
        (say("Program"), False),
        (say("Fingerprint"), False),
    )
    return Table(
        title=TITLE,
        as_of=moment_said(now, say),
        day=business_day(now),
        facts=(say("As head office held it then"),),
        figures=(
            (say("Tills"), sum(one.known for one in wholes)),
            (say("Not heard of for a day"), sum(one.silent for one in wholes)),
            (say("Entries missing"), sum(one.missing for one in wholes)),
            (say("Kept apart"), sum(len(one.apart) for one in wholes)),
            (say("To do"), len(tasks)),
        ),
        heads=tuple(
            Head(name=name, width=width, right=right)
            for (name, right), width in zip(names, widths, strict=True)
        ),
        rows=tuple(_marks(one, say) for one in wholes),
        empty=say("No till is enrolled yet."),
    )


def _marks(one: Whole, say: Words) -> tuple[Mark, ...]:
    newest, heard = one.newest, one.heard
    return (
        Mark(one.code),
        Mark(standing_said(newest.standing, say), newest.standing is not Standing.TRUSTED),
        Mark(moment_said(heard, say) if heard else say("never"), one.silent),
        Mark(newest.head),
        Mark(one.missing, bool(one.missing)),
        Mark(len(one.apart), bool(one.apart)),
        Mark(newest.catalogue),
        Mark(newest.program or NONE),
        Mark(newest.fingerprint),
    )
