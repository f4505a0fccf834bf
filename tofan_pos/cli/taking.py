"""`tofan-pos take`: what head office left in a folder, taken and told."""

from pathlib import Path

import click

from tofan_pos.cli import speech
from tofan_pos.cli.opening import data_option, json_option, open_desk
from tofan_pos.cli.speech import say_json
from tofan_pos.counter.dealings import Found, Heard
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.stick import needs_enrolling, newest_catalogue
from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.sentences import sentence, standing
from tofan_pos.sync.contact import Standing

Problems = list[tuple[Path, Refusal | Trouble]]


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@data_option
@json_option
@click.pass_context
def take(context: click.Context, source: Path, folder: Path | None, *, as_json: bool) -> None:
    """Take what head office left in a folder: acknowledgements and the newest catalogue."""
    desk = open_desk(context, folder)
    found = desk.dealings.take_folder(source)
    version, problems = _take_catalogues(desk, found)
    say = speech.words()
    heard = found.heard
    news = heard if heard is not None and not heard.stale else None
    if as_json:
        say_json(
            {
                "acknowledged": news.acked if news else None,
                "waiting": desk.outbox.waiting().count,
                "standing": desk.dealings.known().standing,
                "began": news.began.value if news and news.began else None,
                "catalogue": version or None,
                "grants": [one.fingerprint for one in found.grants],
                "problems": [f"{path.name}: {sentence(why, say)}" for path, why in problems],
            }
        )
    else:
        if news is not None:
            _tell_heard(desk, news)
        elif heard is not None:
            click.echo(standing.known_already(say))
        if version:
            click.echo(say("Catalogue {version} is in use.", version=version))
        grants = found.grants if needs_enrolling(desk.dealings) else ()
        for grant in grants:
            click.echo(
                say(
                    "Head office has answered, fingerprint {shown}: compare it, then enrol.",
                    shown=grant.fingerprint,
                )
            )
        if heard is None and not (version or problems or grants):
            click.echo(say("There is nothing for this till there."))
    for path, why in problems:
        speech.complain(f"{path.name}: {sentence(why, say)}")
    if problems or (news and (news.began or news.standing is not Standing.TRUSTED)):
        context.exit(speech.REFUSED)


def _tell_heard(desk: Desk, heard: Heard) -> None:
    say = speech.words()
    if heard.began is not None:
        click.echo(standing.began(heard.began, say))
        click.echo(standing.goes_on(desk.identity.epoch, say))
        return
    if heard.standing is not Standing.TRUSTED:
        click.echo(standing.standing(heard.standing, say))
    click.echo(
        say(
            "Head office holds this till's journal up to entry {seq}; waiting: {count}.",
            seq=heard.acked,
            count=desk.outbox.waiting().count,
        )
    )


def _take_catalogues(desk: Desk, found: Found) -> tuple[int, Problems]:
    """Take the newest catalogue of a folder into use; return its version and what went wrong."""
    version, wrong = newest_catalogue(found, desk.incoming.take)
    problems = [*found.problems, *wrong]
    done = desk.incoming.apply() if version else None
    if done is not None and done.problem is not None:
        problems.append((found.catalogues[-1], done.problem))
    return (done.version if done and done.problem is None else 0), problems
