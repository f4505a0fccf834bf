"""`tofan-office` on tills and what people have to look into."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, cast

import click

from tofan_pos import app
from tofan_pos.cli import speech
from tofan_pos.cli.office_opening import db_option, json_option, open_office
from tofan_pos.cli.office_records import conflict_record, settled_record
from tofan_pos.cli.records import gap_record
from tofan_pos.cli.speech import FolderPath, say_json
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.money import plain
from tofan_pos.office.tasks import Kind, Settled, Task, settled_tasks
from tofan_pos.office.tasks import settle as settle_task
from tofan_pos.office.tasks import tasks as find_tasks
from tofan_pos.office.tills import TillSeen
from tofan_pos.office.tills import tills as find_tills
from tofan_pos.sentences.tasks import standing_said, task_said
from tofan_pos.store.office_chain import Apart
from tofan_pos.store.office_turned_away import TurnedAway
from tofan_pos.sync.folder import make_folder
from tofan_pos.sync.keys import fingerprint
from tofan_pos.sync.sales import read_moment, write_moment
from tofan_pos.thai.dates import business_day, format_date, format_time
from tofan_pos.words import Words, plain_text


@click.command()
@db_option
@json_option
@click.pass_context
def tills(context: click.Context, url: str, *, as_json: bool) -> None:
    """Tell of every till when it was heard, and how far its journal is held."""
    office = open_office(context, url)
    found = find_tills(office.store, now=app.utc_now())
    if as_json:
        say_json({"tills": [_till_record(one) for one in found]})
        return
    say = speech.words()
    forks = [task for task in find_tasks(office.store) if task.kind is Kind.FORK]
    forked = {(task.tills[0], task.epoch) for task in forks}
    for one in found:
        _print_till(one, say, forked=(one.till, one.epoch) in forked)
    if not found:
        click.echo(say("No till is enrolled yet."))


@click.command()
@db_option
@click.option("--settled", is_flag=True, help="What people have dealt with instead.")
@json_option
@click.pass_context
def tasks(context: click.Context, url: str, *, settled: bool, as_json: bool) -> None:
    """Name what a person has to look into."""
    office = open_office(context, url)
    say = speech.words()
    if settled:
        _tell_settled(settled_tasks(office.store, now=app.utc_now()), say, as_json=as_json)
        return
    found = find_tasks(office.store, now=app.utc_now())
    if as_json:
        say_json({"tasks": [_task_record(one, say) for one in found]})
    else:
        for one in found:
            click.echo(f"{plain_text(one.id)}: {task_said(one, say)}")
            if one.before is not None:
                click.echo(
                    "  "
                    + say(
                        "It was settled by {who} ({note}), and has grown since.",
                        who=one.before.by,
                        note=one.before.note,
                    )
                )
        if not found:
            click.echo(say("There is nothing to look into."))
    context.exit(speech.REFUSED if found else 0)


def _tell_settled(found: Sequence[Settled], say: Words, *, as_json: bool) -> None:
    if as_json:
        say_json({"settled": [_settled_record(one, say) for one in found]})
        return
    for one in found:
        task = f": {task_said(one.task, say)}" if one.task is not None else ""
        click.echo(f"{plain_text(one.settlement.task)}{task}")
        click.echo(
            "  "
            + say(
                "Settled by {who} on {when}: {note}",
                who=plain_text(one.settlement.by),
                when=_moment(read_moment(one.settlement.at), say),
                note=plain_text(one.settlement.note),
            )
        )
        if one.has_grown:
            click.echo("  " + say("It has grown since, and is to be looked into again."))
    if not found:
        click.echo(say("Nobody has settled anything yet."))


@click.command()
@click.argument("task")
@db_option
@click.option("--by", required=True, help="Who has dealt with it.")
@click.option("--note", required=True, help="What was found, and done.")
@click.pass_context
def settle(context: click.Context, task: str, url: str, by: str, note: str) -> None:
    """Keep that somebody has dealt with a task."""
    if not by.strip():
        raise Refusal(Why.NOBODY_NAMED)
    office = open_office(context, url)
    settle_task(office.store, task, by=by, note=note, clock=app.utc_now)
    say = speech.words()
    click.echo(say("Settled. It comes back only if it grows."))


@click.command()
@db_option
@click.option("--to", "folder", type=FolderPath(), required=True, help="A stick or a share.")
@json_option
@click.pass_context
def acknowledge(context: click.Context, url: str, folder: Path, *, as_json: bool) -> None:
    """Leave every till's acknowledgement, and the newest catalogue, in a folder."""
    office = open_office(context, url)
    make_folder(folder)
    files = office.reception.acknowledge_all(folder)
    if as_json:
        say_json({"files": [str(path) for path in files]})
        return
    for path in files:
        click.echo(str(path))


def _print_till(one: TillSeen, say: Words, *, forked: bool) -> None:
    name = one.till if one.epoch == 1 else f"{one.till}.{one.epoch}"
    click.echo(
        say(
            "Till {till}: {standing}; held to entry {head}, {missing} missing; heard {heard}; "
            "fingerprint {shown}",
            till=name,
            standing=standing_said(one.standing, say),
            head=f"{one.head:,}",
            missing=f"{one.missing:,}",
            heard=_heard(one, say),
            shown=one.fingerprint,
        )
    )
    if one.silent:
        click.echo("  " + say("Nothing was heard of it for more than a day."))
    if one.apart:
        count = len(one.apart)
        click.echo(
            "  "
            + (
                say("Runs kept apart: {count}. See: tofan-office tasks", count=count)
                if forked
                else say(
                    "Runs kept apart and settled: {count}. See: tofan-office tasks --settled",
                    count=count,
                )
            )
        )


def _heard(one: TillSeen, say: Words) -> str:
    if one.heard is None:
        return say("never")
    return _moment(one.heard, say)


def _moment(moment: datetime, say: Words) -> str:
    language = cast("Literal['th', 'en']", say.language)
    day = format_date(business_day(moment), language=language, style="short")
    return f"{day} {format_time(moment)}"


def _till_record(one: TillSeen) -> dict[str, Any]:
    return {
        "till": one.till,
        "epoch": one.epoch,
        "fingerprint": one.fingerprint,
        "standing": one.standing.value,
        "why": str(one.why),
        "after": one.after,
        "head": one.head,
        "told": one.told,
        "heard_at": write_moment(one.heard) if one.heard else None,
        "enrolled_at": write_moment(one.enrolled) if one.enrolled else None,
        "missing": one.missing,
        "gaps": [gap_record(gap) for gap in one.gaps],
        "quarantined": [_apart_record(run) for run in one.apart],
        "program": one.program,
        "catalogue": one.catalogue,
        "newest": one.newest,
        "silent": one.silent,
    }


def _apart_record(run: Apart) -> dict[str, Any]:
    return {
        "first": run.first,
        "last": run.last,
        "parted_at": run.seq,
        "at": run.at,
        "sales": run.sales,
        "total": plain(run.total),
        "sha256": run.sha256,
    }


def _away_record(away: TurnedAway) -> dict[str, Any]:
    return {
        "fingerprint": fingerprint(away.public_key),
        "last": away.last,
        "seen_at": away.at,
        "why": away.why.value if away.why is not None else None,
    }


def _task_record(one: Task, say: Words) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind.value,
        "tills": list(one.tills),
        "epoch": one.epoch or None,
        "sentence": task_said(one, say),
        "sales": one.sales,
        "total": plain(one.total),
        "runs": [_apart_record(run) for run in one.runs],
        "missing": one.missing,
        "gaps": [gap_record(gap) for gap in one.gaps],
        "conflict": conflict_record(one.conflict) if one.conflict is not None else None,
        "heard_at": write_moment(one.heard) if one.heard else None,
        "turned_away": _away_record(one.away) if one.away is not None else None,
        "settled_before": settled_record(one.before),
    }


def _settled_record(one: Settled, say: Words) -> dict[str, Any]:
    settlement = one.settlement
    return {
        "id": settlement.task,
        "sentence": task_said(one.task, say) if one.task is not None else None,
        "at": settlement.at,
        "by": settlement.by,
        "note": settlement.note,
        "grown": one.has_grown,
    }
