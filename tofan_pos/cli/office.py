"""`tofan-office`: trusting tills, taking in their sync files, and the makers' share."""

import os
import unicodedata
from pathlib import Path
from typing import Literal, cast

import click

from tofan_pos import app, sentences
from tofan_pos.cli import office_days, speech
from tofan_pos.cli.office_exceptions import exceptions
from tofan_pos.cli.office_opening import database_url, db_option, json_option, open_office
from tofan_pos.cli.office_pin import pin
from tofan_pos.cli.office_publish import publish_catalogue
from tofan_pos.cli.office_serve import serve
from tofan_pos.cli.records import gap_record, report_record, result_record
from tofan_pos.cli.speech import FilePath, say_json
from tofan_pos.domain.money import baht
from tofan_pos.office.enrolment import enrol as enrol_till
from tofan_pos.office.finality import cautions, day_of, reasons
from tofan_pos.office.gaps import all_gaps
from tofan_pos.office.intake import Outcome, Result
from tofan_pos.office.ledger import ShareReport, share_report
from tofan_pos.office.papers import NONE, report_pdf, report_sheet
from tofan_pos.office.standing import TillStanding
from tofan_pos.settings import read_settings
from tofan_pos.store.office import OfficeStore
from tofan_pos.sync.enrolment import read_request
from tofan_pos.sync.folder import write_durably
from tofan_pos.thai.dates import format_date
from tofan_pos.words import Words, plain_text


@click.group()
@click.option("--db", "url", default="", help="The same, for every command.")
@click.version_option(package_name="tofan-pos")
@click.pass_context
def program(context: click.Context, url: str) -> None:
    """Head office: tills, sync files and the makers' share."""
    context.obj = url


@program.command()
@db_option
@click.pass_context
def init(context: click.Context, url: str) -> None:
    """Make head office's database, or bring an older one up to date."""
    where = database_url(context, url)
    if where.startswith("sqlite:///") and not url:
        read_settings(os.environ).folder.mkdir(parents=True, exist_ok=True)
    store = OfficeStore.create(where)
    shown = store.url
    store.close()
    say = speech.words()
    click.echo(say("Head office's database is ready: {url}", url=shown))


@program.command()
@click.argument("request", type=FilePath())
@db_option
@click.option("--yes", is_flag=True, help="Trust it without asking: for scripts.")
@click.pass_context
def enrol(context: click.Context, request: Path, url: str, *, yes: bool) -> None:
    """Trust a till, after comparing the fingerprint it shows."""
    office = open_office(context, url)
    asked = read_request(request)
    say = speech.words()
    facts = {"till": asked.till, "epoch": asked.epoch, "shown": asked.fingerprint}
    click.echo(say("Till {till}, epoch {epoch}, fingerprint {shown}", **facts))
    if not yes:
        click.confirm(say("Does the till show the same fingerprint?"), abort=True)
    new = enrol_till(office.store, asked, clock=app.utc_now)
    if new:
        click.echo(say("Till {till} is enrolled.", till=asked.till))
    else:
        click.echo(say("Till {till} was enrolled before; nothing was changed.", till=asked.till))


@program.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@db_option
@json_option
@click.pass_context
def import_files(
    context: click.Context, paths: tuple[Path, ...], url: str, *, as_json: bool
) -> None:
    """Take in sync files, and every one in folders."""
    office = open_office(context, url)
    say = speech.words()
    with speech.progress(0, say("Importing")) as bar:

        def advance(done: int, files: int) -> None:
            bar.length = files
            bar.update(done - bar.pos)

        results = office.intake.take_all(paths, progress=advance)
    refused = [result for result in results if result.outcome is Outcome.REFUSED]
    if as_json:
        say_json(
            {
                "files": [
                    result_record(r, reason=_reason(r, say)) | {"reversals": r.reversals}
                    for r in results
                ],
                "imported": sum(r.outcome is Outcome.IMPORTED for r in results),
                "already_there": sum(r.outcome is Outcome.ALREADY_THERE for r in results),
                "refused": len(refused),
                "added": sum(r.added for r in results),
                "sales": sum(r.sales for r in results),
                "reversals": sum(r.reversals for r in results),
                "misdated": sum(r.misdated for r in results),
            }
        )
    for result in results:
        line = _told(result, say)
        if result.outcome is Outcome.REFUSED:
            speech.complain(line)
        elif not as_json:
            click.echo(line)
    for result in results:
        if result.misdated:
            speech.complain(_misdated(result, say))
    for missing in {gap for result in results for gap in result.gaps}:
        speech.complain(sentences.gap(missing, say))
    if not results:
        speech.complain(say("There is no sync file there."))
    context.exit(speech.REFUSED if refused or not results else 0)


@program.command()
@db_option
@json_option
@click.pass_context
def gaps(context: click.Context, url: str, *, as_json: bool) -> None:
    """Name every journal entry that is missing."""
    office = open_office(context, url)
    found = all_gaps(office.store)
    say = speech.words()
    if as_json:
        say_json({"gaps": [gap_record(gap) for gap in found]})
        return
    for gap in found:
        click.echo(sentences.gap(gap, say))
    if not found:
        click.echo(say("Nothing is missing."))


@program.group()
def report() -> None:
    """Figures for people to act on."""


@report.command()
@db_option
@click.option("--month", required=True, help="As in 2026-11, or 2569-11.")
@click.option("--group", default="", help="One producer group's code.")
@click.option("--pdf", type=FilePath(), help="Write the report as PDF.")
@click.option("--xlsx", type=FilePath(), help="Write the report as a workbook.")
@json_option
@click.pass_context
def shares(  # noqa: PLR0913, PLR0917 - each is one thing asked of the report
    context: click.Context,
    url: str,
    month: str,
    group: str,
    pdf: Path | None,
    xlsx: Path | None,
    *,
    as_json: bool,
) -> None:
    """Add up what the makers are owed for a month."""
    office = open_office(context, url)
    found = share_report(office.store, month, as_of=office.today(), group=group)
    say = speech.words()
    if pdf:
        write_durably(pdf, report_pdf(found, say))
    if xlsx:
        write_durably(xlsx, report_sheet(found, say))
    if as_json:
        say_json(report_record(found))
    else:
        _print_report(found, say)
    for reason in reasons(found, say):
        speech.complain(say("Not final: {reason}", reason=reason))
    for caution in cautions(found, say):
        speech.complain(caution)


for command in (
    office_days.days,
    office_days.read_code,
    office_days.conflicts,
    exceptions,
    pin,
    publish_catalogue,
    serve,
):
    program.add_command(command)


def main() -> None:
    """Run `tofan-office`."""
    speech.run(program, "tofan-office")


def _reason(result: Result, say: Words) -> str:
    return sentences.sentence(result.problem, say) if result.problem else ""


def _told(result: Result, say: Words) -> str:
    """Tell in a line what became of a file."""
    if result.outcome is Outcome.REFUSED:
        return say("{file}: refused: {reason}", file=result.path.name, reason=_reason(result, say))
    if result.outcome is Outcome.ALREADY_THERE:
        return say("{file}: already there, nothing changed", file=result.path.name)
    told = say(
        "{file}: imported {added} entries, {sales} sales of till {till}",
        file=result.path.name,
        added=result.added,
        sales=result.sales,
        till=result.till,
    )
    if result.reversals:
        told += say(", {count} refunds and voids", count=result.reversals)
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


def _print_report(found: ShareReport, say: Words) -> None:
    heads = (say("Group"), say("Sales"), say("Refunds"), say("Makers' share"))
    click.echo(_row(*heads, say("Producer group")))
    for group in found.groups:
        label = plain_text(group.label_en if say.language == "en" else group.label_th)
        amounts = (baht(group.sales), baht(group.refunds), baht(group.share))
        click.echo(_row(plain_text(group.group), *amounts, label))
    amounts = (baht(found.sales), baht(found.refunds), baht(found.share))
    click.echo(_row(say("Total"), *amounts))
    click.echo()
    for till in found.tills:
        _print_till(till, say)
    if found.final:
        click.echo(say("Final, as held on {day}.", day=day_of(found, say)))


def _row(name: str, sales: str, refunds: str, share: str, label: str = "") -> str:
    """Return a line of the table, in columns also where Thai letters stand on one another."""
    figures = " ".join(_gap(text, 16) + text for text in (sales, refunds, share))
    return f"{name}{_gap(name, 12)} {figures}  {label}".rstrip()


def _gap(text: str, width: int) -> str:
    """Return the spaces that fill a column up; marks above and below a letter take no place."""
    return " " * (width - sum(unicodedata.category(letter) != "Mn" for letter in text))


def _print_till(till: TillStanding, say: Words) -> None:
    """Print where a till's part comes from: its documents, and how far its journal is held."""
    language = cast("Literal['th', 'en']", say.language)
    day = till.last_business_date
    numbers = ", ".join(plain_text(f"{one.first} \N{EN DASH} {one.last}") for one in till.series)
    click.echo(
        say(
            "Till {till}: {documents} documents, {numbers}; held to entry {last}, {missing} "
            "missing; last day {day}",
            till=till.name,
            documents=f"{till.documents:,}",
            numbers=numbers or NONE,
            last=till.last,
            missing=till.missing,
            day=format_date(day, language=language, style="short") if day else NONE,
        )
    )


if __name__ == "__main__":
    main()
