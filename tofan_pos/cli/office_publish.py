"""`tofan-office publish`: the next version of the catalogue, for every till."""

from pathlib import Path
from typing import Any

import click

from tofan_pos import app
from tofan_pos.cli import speech
from tofan_pos.cli.office_opening import db_option, json_option, open_office
from tofan_pos.cli.speech import FilePath, FolderPath, say_json
from tofan_pos.domain.money import baht, plain
from tofan_pos.office.publishing import Changes, changes_of, publish, write_publication
from tofan_pos.store.office_published import Publication
from tofan_pos.words import Words, plain_text

_NAMED = 10
"""So many codes are named in a line; the rest are counted."""


@click.command("publish")
@click.argument("workbook", type=FilePath())
@db_option
@click.option("--to", "target", type=FolderPath(), help="Also write the file into this folder.")
@json_option
@click.pass_context
def publish_catalogue(
    context: click.Context, workbook: Path, url: str, target: Path | None, *, as_json: bool
) -> None:
    """Check a catalogue workbook whole, and publish it as the next version."""
    from tofan_pos.sentences.workbook import faults_of  # noqa: PLC0415 - one command reads any

    office = open_office(context, url)
    checked, _ = app.read_workbook(workbook)
    say = speech.words()
    for line in faults_of(checked.warnings, say):
        speech.complain(line)
    made = publish(office.store, office.key(), checked.catalogue, clock=app.utc_now)
    changes = changes_of(office.store, made)
    path = write_publication(made, target) if target else None
    if as_json:
        say_json(_record(made, changes, path))
        return
    click.echo(
        say(
            "Version {version} is published: {products} products. Stories may be told until they "
            "are published again, 30 days at the most.",
            version=made.version,
            products=f"{made.products:,}",
        )
    )
    for line in _told(changes, say):
        click.echo(line)
    if path:
        click.echo(str(path))
    if path and checked.catalogue.staff:
        speech.complain(
            say("This file can prove PINs to whoever tries them all. Keep it as you keep keys.")
        )


def _record(made: Publication, changes: Changes, path: Path | None) -> dict[str, Any]:
    return {
        "version": made.version,
        "at": made.at,
        "sha256": made.sha256,
        "products": made.products,
        "size": len(made.content),
        "file": str(path) if path else None,
        "since": changes.since or None,
        "added": list(changes.added),
        "gone": list(changes.gone),
        "repriced": [
            {"code": one.code, "before": plain(one.before), "now": plain(one.now)}
            for one in changes.repriced
        ],
        "dated_prices": changes.dated,
        "stories_gone": list(changes.stories_gone),
        "staff_added": list(changes.staff_added),
        "staff_gone": list(changes.staff_gone),
    }


def _told(changes: Changes, say: Words) -> list[str]:
    """Tell in a line each what a version changes; nothing of the first one's, which is all new."""
    if not changes.since:
        return []
    prices = [
        f"{plain_text(one.code)} {baht(one.before)} → {baht(one.now)}" for one in changes.repriced
    ]
    lines = [
        _line(say("Added"), changes.added, say),
        _line(say("No longer sold"), changes.gone, say),
        _line(say("Price changed"), prices, say),
        _line(say("Story withdrawn"), changes.stories_gone, say),
        _line(say("People added"), changes.staff_added, say),
        _line(say("People gone"), changes.staff_gone, say),
    ]
    said = [line for line in lines if line]
    return said or [say("Nothing changes against version {version}.", version=changes.since)]


def _line(name: str, values: tuple[str, ...] | list[str], say: Words) -> str:
    if not values:
        return ""
    more = say(" and {count} more", count=len(values) - _NAMED) if len(values) > _NAMED else ""
    return f"{name} ({len(values):,}): {', '.join(map(plain_text, values[:_NAMED]))}{more}"
