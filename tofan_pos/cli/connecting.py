"""`tofan-pos`' dealings with head office: enrolling, sending, keys and epochs."""

import os
from pathlib import Path
from typing import Literal, cast

import click

from tofan_pos import app
from tofan_pos.cli import speech
from tofan_pos.cli.opening import (
    approved,
    data_option,
    json_option,
    open_desk,
    user_options,
)
from tofan_pos.cli.speech import FilePath, FolderPath, say_json
from tofan_pos.counter.courier import Contact, Step
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.sentences import sentence, standing
from tofan_pos.settings import read_settings
from tofan_pos.sync.contact import Standing
from tofan_pos.sync.enrolment import GRANT_SUFFIX, REQUEST_SUFFIX, read_short
from tofan_pos.sync.folder import make_folder, write_durably
from tofan_pos.sync.request_code import request_code
from tofan_pos.thai.dates import business_day, format_date, format_time


@click.command("enrol-request")
@data_option
@click.option("--to", "target", type=FolderPath(), help="A folder or stick to put it on.")
@click.option("--qr", type=FilePath(), help="Write it as a QR code, as SVG or PNG.")
@json_option
@click.pass_context
def enrol_request(
    context: click.Context,
    folder: Path | None,
    target: Path | None,
    qr: Path | None,
    *,
    as_json: bool,
) -> None:
    """Write this till's request to be enrolled, and show the fingerprint to compare."""
    desk = open_desk(context, folder)
    content = desk.dealings.request()
    desk.epochs.leave_request()
    path = desk.epochs.request_path
    identity = desk.identity
    if target:
        make_folder(target)
        path = target / f"{identity.till}-{identity.epoch}{REQUEST_SUFFIX}"
        write_durably(path, content)
    if qr:
        _write_code(qr, content)
    if as_json:
        say_json(
            {
                "till": identity.till,
                "epoch": identity.epoch,
                "fingerprint": desk.dealings.fingerprint,
                "request": str(path),
            }
        )
        return
    say = speech.words()
    click.echo(
        say(
            "Till {till}, epoch {epoch}, fingerprint {shown}",
            till=identity.till,
            epoch=identity.epoch,
            shown=desk.dealings.fingerprint,
        )
    )
    click.echo(str(path))


@click.command()
@click.argument("grant", type=FilePath())
@data_option
@click.option("--yes", is_flag=True, help="Trust it without asking: for scripts.")
@user_options
@click.pass_context
def enrol(  # noqa: PLR0913 - each is one thing asked
    context: click.Context,
    grant: Path,
    folder: Path | None,
    user: str,
    approver: str,
    *,
    yes: bool,
) -> None:
    """Trust head office by its answer to the request, after comparing its fingerprint."""
    desk = open_desk(context, folder, user=user)
    content = read_short(grant)
    found = desk.dealings.read_grant(content)
    say = speech.words()
    name, shown = found.body.office, found.fingerprint
    click.echo(
        say("Head office {name}, fingerprint {shown}", name=name, shown=shown)
        if name
        else say("Head office's fingerprint: {shown}", shown=shown)
    )
    if desk.dealings.known().office_key not in {b"", found.office_key}:
        speech.complain(say("This is not the head office that this till trusts now."))
    if not yes:
        click.confirm(say("Does head office show the same fingerprint?"), abort=True)
    approved(desk, approver, lambda approval: desk.dealings.trust(content, approval))
    click.echo(say("This till trusts that head office from now on."))


@click.command()
@data_option
@json_option
@click.pass_context
def send(context: click.Context, folder: Path | None, *, as_json: bool) -> None:
    """Make one contact with head office: send what waits, and fetch what is new."""
    desk = open_desk(context, folder)
    known = desk.dealings.known()
    if not known.server:
        raise Refusal(Why.NO_SERVER_YET)
    courier = app.courier_to(desk, known.server, ca_file=read_settings(os.environ).ca_file)
    say = speech.words()
    with speech.progress(0, say("Sending")) as bar:

        def told(step: Step, at: int, of: int) -> None:
            if step is Step.SENDING:
                bar.length = of
                bar.update(at - bar.pos)

        done = courier.contact(told=told)
    applied = desk.incoming.apply() if done.catalogue else None
    waiting = desk.outbox.waiting().count
    standing_now = done.standing or Standing.UNKNOWN
    if done.grant:
        write_durably(
            desk.epochs.request_path.with_name(f"{desk.profile.till}{GRANT_SUFFIX}"), done.grant
        )
    if as_json:
        say_json(
            {
                "standing": standing_now.value,
                "files": done.files,
                "acknowledged": done.acked,
                "waiting": waiting,
                "catalogue": applied.version if applied and not applied.problem else None,
                "granted": bool(done.grant),
                "began": done.began.value if done.began else None,
                "refused": sentence(done.refused, say) if done.refused else "",
            }
        )
    else:
        _tell_sent(desk, done, standing_now, waiting)
    for problem in (done.refused, applied.problem if applied else None):
        if problem is not None:
            speech.complain(sentence(problem, say))
    if done.refused or standing_now is not Standing.TRUSTED:
        context.exit(speech.REFUSED)


def _tell_sent(desk: Desk, done: Contact, found: Standing, waiting: int) -> None:
    say = speech.words()
    click.echo(standing.standing(found, say))
    if done.grant:
        path = desk.epochs.request_path.with_name(f"{desk.profile.till}{GRANT_SUFFIX}")
        click.echo(
            say("Head office has answered: compare its fingerprint, then enrol {path}.", path=path)
        )
    if done.began is not None:
        click.echo(standing.began(done.began, say))
        click.echo(standing.goes_on(desk.identity.epoch, say))
    if found is Standing.TRUSTED:
        click.echo(
            say(
                "Head office holds this till's journal up to entry {seq}; waiting: {count}.",
                seq=done.acked,
                count=waiting,
            )
        )


@click.command("head-office")
@data_option
@json_option
@click.pass_context
def head_office(context: click.Context, folder: Path | None, *, as_json: bool) -> None:
    """Tell how this till stands with head office: what waits, and what it said last."""
    desk = open_desk(context, folder)
    known, waiting = desk.dealings.known(), desk.outbox.waiting()
    identity = desk.identity
    enrolled = bool(known.office_key)
    if as_json:
        say_json(
            {
                "till": identity.till,
                "epoch": identity.epoch,
                "fingerprint": desk.dealings.fingerprint,
                "key_guarded": identity.key_guarded,
                "office": known.office,
                "office_fingerprint": desk.dealings.office_fingerprint,
                "server": known.server,
                "standing": known.standing if enrolled else Standing.UNKNOWN.value,
                "waiting": waiting.count,
                "oldest": waiting.oldest.isoformat() if waiting.oldest else None,
                "acknowledged": known.acked,
                "acknowledged_at": known.acked_at or None,
                "catalogue": known.catalogue,
                "newest_catalogue": known.newest_catalogue,
                "paused": known.paused,
                "epochs": [
                    {"epoch": one.epoch, "first": one.first, "why": one.why}
                    for one in desk.dealings.all_epochs()
                ],
                "outlived_backups": [str(one.path) for one in desk.backups.outlived()],
            }
        )
        return
    say = speech.words()
    found = Standing(known.standing) if enrolled else Standing.UNKNOWN
    click.echo(standing.standing(found, say))
    click.echo(
        say(
            "Till {till}, epoch {epoch}, fingerprint {shown}",
            till=identity.till,
            epoch=identity.epoch,
            shown=desk.dealings.fingerprint,
        )
    )
    click.echo(
        say(
            "Entries that wait: {count}; acknowledged: {acked}.",
            count=waiting.count,
            acked=known.acked,
        )
    )
    if waiting.acked_at:
        language = cast("Literal['th', 'en']", say.language)
        day = format_date(business_day(waiting.acked_at), language=language, style="short")
        when = f"{day} {format_time(waiting.acked_at)}"
        click.echo(say("Head office last answered at {when}.", when=when))
    for backup in desk.backups.outlived():
        speech.complain(
            say("{path} still holds stories that were withdrawn: destroy it.", path=backup.path)
        )


@click.command()
@data_option
@click.option("--off", is_flag=True, help="Send by itself again.")
@user_options
@click.pass_context
def pause(
    context: click.Context, folder: Path | None, user: str, approver: str, *, off: bool
) -> None:
    """Stop sending to head office by itself."""
    desk = open_desk(context, folder, user=user)
    approved(
        desk, approver, lambda approval: desk.dealings.pause(paused=not off, approval=approval)
    )


@click.command()
@click.argument("address")
@data_option
@user_options
@click.pass_context
def server(
    context: click.Context, address: str, folder: Path | None, user: str, approver: str
) -> None:
    """Say where head office's receiver is, as in https://office.example:8443."""
    desk = open_desk(context, folder, user=user)
    approved(desk, approver, lambda approval: desk.dealings.set_server(address, approval))


@click.command("rotate-key")
@data_option
@user_options
@click.pass_context
def rotate_key(context: click.Context, folder: Path | None, user: str, approver: str) -> None:
    """Sign with a new key from now on; the old one vouches for it."""
    desk = open_desk(context, folder, user=user)
    shown = approved(desk, approver, desk.dealings.rotate_key)
    say = speech.words()
    click.echo(say("This till signs with a new key, fingerprint {shown}.", shown=shown))


@click.command("new-epoch")
@data_option
@user_options
@click.pass_context
def new_epoch(context: click.Context, folder: Path | None, user: str, approver: str) -> None:
    """Go on under a new epoch with a new key, where the old one is lost or was revoked."""
    desk = open_desk(context, folder, user=user)
    epoch = approved(desk, approver, desk.dealings.begin_epoch)
    click.echo(standing.goes_on(epoch, speech.words()))


def _write_code(path: Path, content: bytes) -> None:
    import segno  # noqa: PLC0415 - only a picture needs it

    if path.suffix.lower() not in {".svg", ".png"}:
        say = speech.words()
        raise click.UsageError(say("The code's file ends in .svg or .png."))
    segno.make(request_code(content), error="l").save(str(path), scale=4, border=4)
