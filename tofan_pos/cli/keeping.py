"""`tofan-pos export` and `verify`: the journal on its way out, and proved."""

from pathlib import Path

import click

from tofan_pos.cli import speech
from tofan_pos.cli.opening import data_option, json_option, open_desk, user_option
from tofan_pos.cli.speech import FolderPath, say_json
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.proof import prove
from tofan_pos.domain.errors import Trouble
from tofan_pos.sentences import flaw, sentence, standing


@click.command()
@data_option
@click.option("--to", "target", type=FolderPath(), required=True, help="Where the files go.")
@user_option
@json_option
@click.pass_context
def export(
    context: click.Context, folder: Path | None, target: Path, user: str, *, as_json: bool
) -> None:
    """Write what waits for head office into signed sync files."""
    desk = open_desk(context, folder, user=user)
    say = speech.words()
    with speech.progress(desk.outbox.waiting().count, say("Exporting")) as bar:
        exported = desk.outbox.export(
            target, progress=lambda done, _total: bar.update(done - bar.pos)
        )
    if as_json:
        say_json(
            {
                "files": [str(path) for path in exported.files],
                "first": exported.first,
                "last": exported.last,
            }
        )
        return
    for path in exported.files:
        click.echo(str(path))
    click.echo(
        say(
            "Entries {first}–{last} are written and read back. It is safe to remove the stick.",
            first=exported.first,
            last=exported.last,
        )
    )
    click.echo(standing.onward(say))


@click.command()
@data_option
@click.option("--to", "target", type=FolderPath(), required=True, help="Where the files go.")
@user_option
@json_option
@click.pass_context
def pack(
    context: click.Context, folder: Path | None, target: Path, user: str, *, as_json: bool
) -> None:
    """Write the last closed day's pack: Z as PDF, CSV, a proved backup, and the sync files."""
    desk = open_desk(context, folder, user=user)
    packed = desk.pack.make(desk.day.z(), target, speech.words())
    if as_json:
        say_json({"files": [str(path) for path in packed.files], "words": packed.words})
        return
    for path in packed.files:
        click.echo(str(path))
    click.echo(packed.words)


@click.command()
@data_option
@json_option
@click.pass_context
def verify(context: click.Context, folder: Path | None, *, as_json: bool) -> None:
    """Walk the whole journal: chain, signatures, gaps, and the tables against the entries."""
    desk = open_desk(context, folder)
    say = speech.words()
    with speech.progress(desk.outbox.waiting().count, say("Verifying")) as bar:
        proof = prove(
            desk.store,
            desk.identity,
            signs_with=_own_key(desk),
            progress=lambda done: bar.update(done - bar.pos),
        )
    if as_json:
        say_json(
            {
                "holds": proof.flaw is None,
                "entries": proof.entries,
                "sales": proof.sales,
                "seals": proof.seals,
                "hash": proof.head.hex(),
                "flaw": proof.flaw.value if proof.flaw else None,
                "entry": proof.at or None,
            }
        )
    if proof.flaw is not None:
        speech.complain(
            say("The journal does not hold. First bad entry: {seq}: ", seq=proof.at)
            + flaw(proof.flaw, say)
            + "."
        )
        context.exit(speech.REFUSED)
    if not as_json:
        click.echo(
            say(
                "The journal holds: entries {entries}, sales {sales}, sealed runs {seals}.",
                entries=proof.entries,
                sales=proof.sales,
                seals=proof.seals,
            )
        )


def _own_key(desk: Desk) -> bytes | None:
    """Return the key this till signs with, or say that it is not there to compare."""
    try:
        return desk.outbox.keys.load().public
    except Trouble as trouble:
        speech.complain(sentence(trouble, speech.words()))
        return None
