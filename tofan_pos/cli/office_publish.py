"""`tofan-office publish`: the next version of the catalogue, for every till."""

from pathlib import Path
from typing import Any

import click

from tofan_pos import app
from tofan_pos.cli import speech
from tofan_pos.cli.office_opening import db_option, json_option, open_office
from tofan_pos.cli.publish_records import changes_record
from tofan_pos.cli.speech import FilePath, FolderPath, say_json
from tofan_pos.domain.changes import Changes
from tofan_pos.office.publishing import changes_of, publish, write_publication
from tofan_pos.sentences.changes import changes_told, lowered_told
from tofan_pos.store.office_published import Publication


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
    for line in lowered_told(changes, say):
        speech.complain(line)
    if as_json:
        say_json(_record(made, changes, path))
        return
    click.echo(
        say(
            "Version {version} is published, products: {products}. Stories may be told until they "
            "are published again, 30 days at the most.",
            version=made.version,
            products=f"{made.products:,}",
        )
    )
    for line in changes_told(changes, say):
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
        **changes_record(changes),
    }
