"""`tofan-office` on whom it trusts: itself, the tills that ask, and those it trusts no more."""

import os
import re
from pathlib import Path

import click

from tofan_pos import app, sentences
from tofan_pos.cli import speech
from tofan_pos.cli.office_opening import database_url, db_option, json_option, open_office
from tofan_pos.cli.speech import FilePath, say_json
from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.office.enrolment import grant_path
from tofan_pos.office.reception import Reception
from tofan_pos.sentences.standing import began
from tofan_pos.settings import read_settings
from tofan_pos.store.office import OfficeStore
from tofan_pos.store.office_tills import UNKNOWN
from tofan_pos.sync.address import address_of
from tofan_pos.sync.enrolment import Request, read_request, request_in
from tofan_pos.sync.folder import write_durably
from tofan_pos.sync.request_code import is_request_code, request_letter

_FINGERPRINT = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")
_LONGEST_NAME = 80


@click.command()
@db_option
@click.option("--name", help="What people know head office by; tills show it.")
@click.option("--server", help="Where its receiver is: https://…")
@click.pass_context
def init(context: click.Context, url: str, name: str | None, server: str | None) -> None:
    """Make head office's database and key, or bring an older database up to date."""
    if name is not None and len(name) > _LONGEST_NAME:
        raise Refusal(Why.TEXT_TOO_LONG, most=_LONGEST_NAME)
    if server:
        address_of(server)
    where = database_url(context, url)
    if where.startswith("sqlite:///") and not url:
        read_settings(os.environ).folder.mkdir(parents=True, exist_ok=True)
    OfficeStore.create(where).close()
    office = app.build_office(where)
    context.call_on_close(office.store.close)
    desk = office.identity.desk()
    office.store.name_desk(name=name, server=server)
    say = speech.words()
    click.echo(say("Head office's database is ready: {url}", url=office.store.url))
    click.echo(say("Head office's fingerprint: {shown}", shown=office.identity.fingerprint))
    if not desk.key_guarded:
        # No fault, so not on stderr: most servers have no keyring.
        click.echo(
            say(
                "This computer has no keyring: head office's key is in {path}, which only you can "
                "read. Keep a copy where nobody else can.",
                path=office.identity.key_file(desk),
            )
        )


@click.command()
@click.argument("request")
@db_option
@click.option("--yes", is_flag=True, help="Trust it without asking: for scripts.")
@click.option("--grant", type=FilePath(), help="Where to write the answer for the till.")
@click.pass_context
def enrol(context: click.Context, request: str, url: str, grant: Path | None, *, yes: bool) -> None:
    """Trust a till, after comparing the fingerprint it shows.

    REQUEST is its file, the text of its QR code, or the fingerprint of one that came over the
    network.
    """
    office = open_office(context, url)
    reception = office.reception
    asked, beside = _asked(reception, request)
    say = speech.words()
    facts = {"till": asked.till, "epoch": asked.epoch, "shown": asked.fingerprint}
    click.echo(say("Till {till}, epoch {epoch}, fingerprint {shown}", **facts))
    if asked.epoch > 1:
        click.echo(began(asked.why, say))
    if not yes:
        click.confirm(say("Does the till show the same fingerprint?"), abort=True)
    known = office.store.till(asked.till, asked.epoch)
    content = reception.enrol(asked)
    if known is None or known.standing == UNKNOWN:
        click.echo(say("Till {till} is enrolled.", till=asked.till))
        for one in reception.trusted_before(asked):
            click.echo(
                say(
                    "The key of its epoch {epoch} is trusted still. Where somebody else may have "
                    "it: tofan-office revoke {till} --epoch {epoch}",
                    till=asked.till,
                    epoch=one,
                )
            )
    else:
        click.echo(say("Till {till} was enrolled before; nothing was changed.", till=asked.till))
    target = grant or (grant_path(beside, asked) if beside else None)
    if target is None:
        click.echo(say("The till gets its answer when it asks again."))
        return
    try:
        write_durably(target, content)
    except Trouble as trouble:
        # It is enrolled all the same; the answer can be had again by the same command.
        speech.complain(
            say(
                "No answer could be left in {folder}: {reason}",
                folder=target.parent,
                reason=sentences.sentence(trouble, say),
            )
        )
        context.exit(speech.REFUSED)
    click.echo(
        say(
            "Its answer is {path}: take it to the till, and compare head office's fingerprint "
            "there: {shown}",
            path=target,
            shown=office.identity.fingerprint,
        )
    )


def _asked(reception: Reception, text: str) -> tuple[Request, Path | None]:
    """Return the request that a file holds, and its folder, or that a fingerprint names."""
    if is_request_code(text):
        return request_in(request_letter(text)), None
    path = Path(text)
    if _FINGERPRINT.fullmatch(text.upper()) and not path.exists():
        for one in reception.pending():
            if one.fingerprint == text.upper():
                return one, None
        raise Trouble(Ailment.FILE_UNREADABLE, path=text)
    return read_request(path), path.parent


@click.command()
@db_option
@click.option("--forget", help="The fingerprint of a request that no till of yours has made.")
@json_option
@click.pass_context
def requests(context: click.Context, url: str, forget: str | None, *, as_json: bool) -> None:
    """Name the tills that ask to be enrolled."""
    reception = open_office(context, url).reception
    for one in reception.pending():
        if forget and one.fingerprint == forget.upper():
            reception.forget(one)
    found = reception.pending()
    if as_json:
        say_json(
            {
                "requests": [
                    {
                        "till": one.till,
                        "epoch": one.epoch,
                        "fingerprint": one.fingerprint,
                        "why": one.why.value,
                        "after": one.after,
                        "program": one.program,
                    }
                    for one in found
                ]
            }
        )
        return
    say = speech.words()
    for one in found:
        facts = {"till": one.till, "epoch": one.epoch, "shown": one.fingerprint}
        click.echo(say("Till {till}, epoch {epoch}, fingerprint {shown}", **facts))
        if one.epoch > 1:
            click.echo("  " + began(one.why, say))
    if not found:
        click.echo(say("No till asks to be enrolled."))


@click.command()
@click.argument("till")
@db_option
@click.option("--epoch", type=click.IntRange(1), default=None, help="Of one epoch alone.")
@click.pass_context
def revoke(context: click.Context, till: str, url: str, epoch: int | None) -> None:
    """Trust a till's keys no more."""
    office = open_office(context, url)
    office.reception.revoke(till, *_meant(epoch))
    say = speech.words()
    if epoch is not None:
        click.echo(
            say(
                "The keys of till {till}, epoch {epoch}, are revoked: nothing they sign is taken "
                "in any more. What has come in stands.",
                till=till,
                epoch=epoch,
            )
        )
        return
    click.echo(
        say(
            "The keys of till {till} are revoked: nothing they sign is taken in any more. What has "
            "come in stands.",
            till=till,
        )
    )


@click.command()
@click.argument("till")
@db_option
@click.option("--epoch", type=click.IntRange(1), default=None, help="One epoch alone.")
@click.pass_context
def retire(context: click.Context, till: str, url: str, epoch: int | None) -> None:
    """Expect nothing more of a till that was taken down for good."""
    office = open_office(context, url)
    office.reception.retire(till, *_meant(epoch))
    say = speech.words()
    if epoch is not None:
        click.echo(
            say(
                "Nothing more is expected of till {till}, epoch {epoch}. What comes all the same "
                "is taken in.",
                till=till,
                epoch=epoch,
            )
        )
        return
    click.echo(
        say(
            "Nothing more is expected of till {till}. What comes all the same is taken in.",
            till=till,
        )
    )


def _meant(epoch: int | None) -> list[int]:
    """Return the one epoch that is meant, none for all of them."""
    return [] if epoch is None else [epoch]
