"""`tofan-office import`: what tills wrote into files, taken in and answered where it was read."""

from pathlib import Path
from typing import Any

import click

from tofan_pos import sentences
from tofan_pos.cli import speech
from tofan_pos.cli.office_opening import db_option, json_option, open_office
from tofan_pos.cli.records import result_record
from tofan_pos.cli.speech import say_json
from tofan_pos.domain.money import baht, plain
from tofan_pos.office.answering import Brought
from tofan_pos.office.intake import Outcome, Result, gaps_after
from tofan_pos.sync import published
from tofan_pos.sync.contact import ACK_SUFFIX
from tofan_pos.sync.enrolment import GRANT_SUFFIX
from tofan_pos.words import Words

_FOR_TILLS = frozenset({ACK_SUFFIX, GRANT_SUFFIX, published.SUFFIX})
"""How what head office itself writes ends."""


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@db_option
@click.option("--no-answer", is_flag=True, help="Leave nothing in the folders for the tills.")
@json_option
@click.pass_context
def import_files(
    context: click.Context, paths: tuple[Path, ...], url: str, *, no_answer: bool, as_json: bool
) -> None:
    """Take in sync files, and every one in folders."""
    reception = open_office(context, url).reception
    say = speech.words()
    with speech.progress(0, say("Importing")) as bar:

        def advance(done: int, files: int) -> None:
            bar.length = files
            bar.update(done - bar.pos)

        brought = reception.bring(paths, answer=not no_answer, progress=advance)
    results, waiting = brought.results, reception.pending()
    if as_json:
        say_json(_record(brought, len(waiting), say))
    bad = {Outcome.REFUSED, Outcome.QUARANTINED}
    for result in results:
        line = _told(result, say)
        if result.outcome in bad:
            speech.complain(line)
        elif not as_json:
            click.echo(line)
    _warn(brought, say)
    if not as_json:
        _tell_of_requests(len(brought.grants), len(waiting), say)
    nothing = not (results or waiting or brought.grants or brought.unanswered)
    if nothing:
        speech.complain(say("There is no sync file there."))
    unanswered = not results and bool(brought.unanswered)
    wrong = nothing or unanswered or any(result.outcome in bad for result in results)
    context.exit(speech.REFUSED if wrong else 0)


def _tell_of_requests(granted: int, waiting: int, say: Words) -> None:
    if granted:
        click.echo(say("Answers to enrolment requests, left beside them: {count}", count=granted))
    if waiting:
        click.echo(say("Enrolment requests that wait for you: {count}", count=waiting))


def _warn(brought: Brought, say: Words) -> None:
    results = brought.results
    for result in results:
        if result.misdated:
            speech.complain(_misdated(result, say))
    for missing in gaps_after(results):
        speech.complain(sentences.gap(missing, say))
    for folder, problem in brought.unanswered.items():
        speech.complain(
            say(
                "No answer could be left in {folder}: {reason}",
                folder=folder,
                reason=sentences.sentence(problem, say),
            )
        )


def _record(brought: Brought, waiting: int, say: Words) -> dict[str, Any]:
    results = brought.results
    outcomes = [result.outcome for result in results]
    return {
        "files": [_file_record(result, say) for result in results],
        "imported": outcomes.count(Outcome.IMPORTED),
        "already_there": outcomes.count(Outcome.ALREADY_THERE),
        "quarantined": outcomes.count(Outcome.QUARANTINED),
        "refused": outcomes.count(Outcome.REFUSED),
        "added": sum(r.added for r in results),
        "sales": sum(r.sales for r in results),
        "reversals": sum(r.reversals for r in results),
        "misdated": sum(r.misdated for r in results),
        "requests": waiting,
        "grants": [str(path) for path in brought.grants],
    }


def _file_record(result: Result, say: Words) -> dict[str, Any]:
    apart = result.apart
    return result_record(result, reason=_reason(result, say)) | {
        "epoch": result.epoch,
        "reversals": result.reversals,
        "parted_at": apart.seq if apart else None,
        "sales_apart": apart.sales if apart else 0,
        "total_apart": plain(apart.total if apart else 0),
        "again": result.again,
        "answered": result.unanswered is None,
    }


def _reason(result: Result, say: Words) -> str:
    return sentences.sentence(result.problem, say) if result.problem else ""


def _way_on(result: Result, say: Words) -> str:
    """Say what to do with a file that was refused."""
    if result.path.suffix in _FOR_TILLS:
        return say("It is head office's own word to the tills: take it to the till instead.")
    return sentences.way_on(result.problem, say) if result.problem else ""


def _told(result: Result, say: Words) -> str:
    """Tell in a line what became of a file."""
    file = result.path.name
    if result.outcome is Outcome.REFUSED:
        said = say("{file}: refused: {reason}", file=file, reason=_reason(result, say))
        onward = _way_on(result, say)
        return f"{said}. {onward}" if onward else said
    if result.outcome is Outcome.ALREADY_THERE:
        return say("{file}: already there, nothing changed", file=file)
    if result.again:
        return say(
            "{file}: the same branch again, all of which is kept apart already: {reason}",
            file=file,
            reason=_reason(result, say),
        )
    if result.apart is not None:
        return say(
            "{file}: kept apart (sales: {sales}, {total}): {reason}",
            file=file,
            sales=f"{result.apart.sales:,}",
            total=baht(result.apart.total),
            reason=_reason(result, say),
        )
    told = say(
        "{file}: imported of till {till}: entries: {added}, sales: {sales}",
        file=file,
        added=result.added,
        sales=result.sales,
        till=result.till,
    )
    if result.reversals:
        told += say(", refunds and voids: {count}", count=result.reversals)
    if result.unknown:
        told += say(", {count} of kinds this program does not know", count=result.unknown)
    return told


def _misdated(result: Result, say: Words) -> str:
    """Tell that a till's clock is ahead, which takes sales out of the month they belong to."""
    file, till = result.path.name, result.till
    if result.misdated == 1:
        return say(
            "{file}: 1 sale carries a date after today: look at the clock of till {till}",
            file=file,
            till=till,
        )
    return say(
        "{file}: {count} sales carry a date after today: look at the clock of till {till}",
        file=file,
        count=result.misdated,
        till=till,
    )
