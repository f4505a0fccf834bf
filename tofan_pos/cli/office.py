"""`tofan-office`: trusting tills, taking in their sync files, and the makers' share."""

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, cast

import click

from tofan_pos import sentences
from tofan_pos.cli import office_days, office_enrol, office_tills, speech
from tofan_pos.cli.office_exceptions import exceptions
from tofan_pos.cli.office_import import import_files
from tofan_pos.cli.office_opening import (
    db_option,
    json_option,
    open_office,
    open_office_window,
)
from tofan_pos.cli.office_pin import pin
from tofan_pos.cli.office_publish import publish_catalogue
from tofan_pos.cli.office_serve import serve
from tofan_pos.cli.records import gap_record, report_record
from tofan_pos.cli.speech import FilePath, say_json
from tofan_pos.domain.money import baht
from tofan_pos.office.finality import cautions, day_of, reasons
from tofan_pos.office.gaps import all_gaps
from tofan_pos.office.ledger import ShareReport, share_report
from tofan_pos.office.papers import NONE, basis, report_pdf, report_sheet
from tofan_pos.office.standing import TillStanding
from tofan_pos.store.month import GroupTotals
from tofan_pos.sync.folder import write_durably
from tofan_pos.thai.dates import format_date
from tofan_pos.words import Words, plain_text


@click.group(invoke_without_command=True)
@click.option("--db", "url", default="", help="The same, for every command.")
@click.option("--lang", type=click.Choice(["th", "en"]), help="The window's language at first.")
@click.version_option(package_name="tofan-pos")
@click.pass_context
def program(context: click.Context, url: str, lang: str | None) -> None:
    """Open head office's window, or run one of its commands without one."""
    context.obj = url
    if context.invoked_subcommand is None:
        context.exit(open_office_window(context, lang))


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
    office_enrol.init,
    office_enrol.enrol,
    office_enrol.requests,
    office_enrol.revoke,
    office_enrol.retire,
    import_files,
    office_tills.tills,
    office_tills.tasks,
    office_tills.settle,
    office_tills.acknowledge,
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


def _print_report(found: ShareReport, say: Words) -> None:
    heads = ("Sales", "Refunds", "VAT", "Value before VAT", "Makers' share")
    click.echo(_row(say("Group"), map(say, heads), say("Producer group")))
    for group in found.groups:
        label = plain_text(group.label_en if say.language == "en" else group.label_th)
        click.echo(_row(plain_text(group.group), _amounts(group), label))
    click.echo(_row(say("Total"), _amounts(found)))
    click.echo()
    click.echo(basis(found, say))
    click.echo()
    for till in found.tills:
        _print_till(till, say)
    if found.final:
        click.echo(say("Final, as held on {day}.", day=day_of(found, say)))


def _amounts(of: GroupTotals | ShareReport) -> Iterator[str]:
    before = of.sales - of.refunds - of.vat
    return map(baht, (of.sales, of.refunds, of.vat, before, of.share))


def _row(name: str, texts: Iterable[str], label: str = "") -> str:
    """Return a line of the table, in columns also where Thai letters stand on one another."""
    figures = " ".join(_gap(text, 17) + text for text in texts)
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
            "Till {till}: documents {documents}, {numbers}; held to entry {last}, missing "
            "{missing}; last day {day}",
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
