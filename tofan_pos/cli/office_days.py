"""`tofan-office` on tills' days: Z reports held against what head office finds, and conflicts."""

import sys
from collections.abc import Mapping
from datetime import date
from typing import Literal, cast

import click

from tofan_pos.cli import speech
from tofan_pos.cli.office_opening import db_option, json_option, open_office
from tofan_pos.cli.office_records import (
    conflict_record,
    day_record,
    differences_of,
    is_amount,
    read_record,
    settled_record,
)
from tofan_pos.cli.records import unclosed_record
from tofan_pos.cli.speech import say_json
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.money import baht
from tofan_pos.domain.report import CASH
from tofan_pos.office.checks import (
    Arrival,
    DayCheck,
    Difference,
    Finding,
    ReadZ,
    Seal,
    check_days,
    read_z,
)
from tofan_pos.office.conflicts import Conflict
from tofan_pos.office.conflicts import conflicts as find_conflicts
from tofan_pos.office.finality import unclosed_said
from tofan_pos.office.outstanding import never_closed
from tofan_pos.office.tasks import is_settled, task_of_conflict
from tofan_pos.store.office_returns import Oversold, ReturnedLine, Reused
from tofan_pos.store.office_settled import Settlement
from tofan_pos.store.office_tables import REFUND, VOID
from tofan_pos.sync.events import FiguresBody
from tofan_pos.thai.dates import format_date
from tofan_pos.words import Words, plain_text

NONE = "\N{EN DASH}"


@click.command()
@db_option
@click.option("--till", default="", help="One till's code.")
@json_option
@click.pass_context
def days(context: click.Context, url: str, till: str, *, as_json: bool) -> None:
    """Hold every Z report against the entries, and name the sessions that no Z will close."""
    office = open_office(context, url)
    say = speech.words()
    found = check_days(office.store, till)
    unclosed = never_closed(office.store, as_of=office.today(), till=till)
    if as_json:
        say_json(
            {
                "days": [day_record(check) for check in found],
                "never_closed": [unclosed_record(one) for one in unclosed],
            }
        )
    else:
        for check in found:
            _print_day(check, say)
        for one in unclosed:
            click.echo(unclosed_said(one, say))
        if not (found or unclosed):
            click.echo(say("No Z report has come in."))
    context.exit(speech.REFUSED if any(check.wrong for check in found) else 0)


@click.command("read-z")
@db_option
@click.argument("text")
@json_option
@click.pass_context
def read_code(context: click.Context, url: str, text: str, *, as_json: bool) -> None:
    """Read a Z report's QR code, as text or - for standard input, and check who signed it."""
    office = open_office(context, url)
    say = speech.words()
    try:
        read = read_z(office.store, sys.stdin.read() if text == "-" else text)
    except Refusal as refusal:
        if refusal.why is not Why.ENTRY_MALFORMED:
            raise
        speech.complain(say("This is not the whole code of a Z report. Scan it again."))
        context.exit(speech.REFUSED)
    if as_json:
        say_json(read_record(read))
    else:
        _print_figures(read.figures, say)
    for line, is_wrong in (_sealed(read, say), _arrived(read, say)):
        if is_wrong:
            speech.complain(line)
        elif not as_json:
            click.echo(line)
    context.exit(speech.REFUSED if read.wrong else 0)


@click.command()
@db_option
@json_option
@click.pass_context
def conflicts(context: click.Context, url: str, *, as_json: bool) -> None:
    """Name sales taken back too often, only pieces sold twice, vouchers taken twice."""
    office = open_office(context, url)
    say = speech.words()
    settled = office.store.settlements()
    found = [(one, _settled(one, settled)) for one in find_conflicts(office.store)]
    if as_json:
        records = [conflict_record(one) | {"settled": settled_record(by)} for one, by in found]
        say_json({"conflicts": records})
    else:
        for one, by in found:
            _print_conflict(one, by, say)
        if not found:
            click.echo(
                say(
                    "No sale was given back more than once, nothing that is one of a kind was "
                    "sold twice, and no voucher was taken twice."
                )
            )
    context.exit(0 if all(by for _, by in found) else speech.REFUSED)


def _settled(one: Conflict, settled: Mapping[str, Settlement]) -> Settlement | None:
    """Return how somebody has dealt with a conflict, None where nobody has or it has grown."""
    task = task_of_conflict(one)
    return settled[task.id] if is_settled(task, settled) else None


def _print_day(check: DayCheck, say: Words) -> None:
    report = check.z.report
    click.echo(
        say(
            "Till {till}, {number}, {day}: net {net}, makers' share {share}; {tenders}; {finding}",
            till=report.till if report.epoch == 1 else f"{report.till}.{report.epoch}",
            number=plain_text(check.z.number),
            day=_shown(report.business_date.isoformat(), say),
            net=baht(report.net.total),
            share=baht(report.net.share),
            tenders=_tenders(check, say),
            finding=_finding(check, say),
        )
    )
    for one in check.differences:
        click.echo("  " + _difference(one, say))
    if check.seal is Seal.WRONG:
        click.echo("  " + say("Its signature does not hold."))
    elif check.seal is Seal.UNSIGNED:
        click.echo("  " + say("It is not signed: the till's key was missing."))
    if check.unchecked:
        names = ", ".join(check.unchecked)
        click.echo("  " + say("Not checkable while entries are missing: {names}", names=names))


def _tenders(check: DayCheck, say: Words) -> str:
    """Tell of each tender, cash first, whether what was counted is what should be there."""
    return ", ".join(
        "{} {}".format(
            say("Cash") if key == CASH else plain_text(key), _over_or_short(difference, say)
        )
        for key, difference in differences_of(check).items()
    )


def _finding(check: DayCheck, say: Words) -> str:
    match check.finding:
        case Finding.AGREES:
            return say("agrees")
        case Finding.DIFFERS:
            return say("differs, figures: {count}", count=len(check.differences))
        case Finding.NOT_YET:
            return say("not checkable yet: entries are missing")


def _difference(one: Difference, say: Words) -> str:
    def shown(figure: str | int | None) -> str:
        if isinstance(figure, int):
            return baht(figure) if is_amount(one.name) else f"{figure:,}"
        return plain_text(figure) if figure else NONE

    return say(
        "{name}: the Z says {says}, head office finds {finds}",
        name=plain_text(one.name),
        says=shown(one.says),
        finds=shown(one.finds),
    )


def _over_or_short(difference: int, say: Words) -> str:
    if difference > 0:
        return say("over {amount}", amount=baht(difference))
    if difference < 0:
        return say("short {amount}", amount=baht(-difference))
    return say("exact")


def _print_figures(figures: FiguresBody, say: Words) -> None:
    """Print a Z's figures as a table of two columns."""
    sums = (
        (say("Sales"), figures.sales.total),
        (say("Refunds"), figures.refunds.total),
        (say("Voided sales"), figures.voids.total),
        (say("Net sales"), figures.net),
        (say("VAT"), figures.net_vat),
        (say("Makers' share"), figures.net_share),
        (say("Grand total"), figures.grand_total_before + figures.net),
    )
    holder = figures.till if figures.epoch == 1 else f"{figures.till}.{figures.epoch}"
    click.echo(
        say(
            "Z report {number} of {day}, closed by {by}",
            number=plain_text(f"{holder}-Z{figures.n:06d}"),
            day=_shown(figures.business_date, say),
            by=plain_text(figures.by),
        )
    )
    for name, amount in sums:
        click.echo(f"{baht(amount):>18}  {name}")
    for one in figures.settled:
        told = _over_or_short(one.counted - one.expected, say)
        name = say("{tender}, counted", tender=plain_text(one.key))
        click.echo(f"{baht(one.counted):>18}  {name} ({told})")
    for run in figures.runs:
        numbers = plain_text(f"{run.first} {NONE} {run.last}")
        click.echo(f"{run.count:>18,}  {numbers}")


def _sealed(read: ReadZ, say: Words) -> tuple[str, bool]:
    till = plain_text(read.figures.till)
    match read.seal:
        case Seal.HOLDS:
            return say("The signature holds: till {till} said so.", till=till), False
        case Seal.STRANGER:
            return say("Till {till} is not enrolled: nobody can tell who said so.", till=till), True
        case _:
            return say("The signature does not hold: do not believe these figures."), True


def _arrived(read: ReadZ, say: Words) -> tuple[str, bool]:
    match read.arrival:
        case Arrival.AGREES:
            return say("This Z report has come in as a file too, and says the same."), False
        case Arrival.DIFFERS:
            return say("This Z report has come in as a file too, and says something else."), True
        case Arrival.NOT_YET:
            return say("This Z report has not come in as a file yet."), False


def _print_conflict(one: Conflict, settled: Settlement | None, say: Words) -> None:
    if isinstance(one, Oversold):
        click.echo(_sold_again(one, say))
    elif isinstance(one, Reused):
        click.echo(
            say(
                "Voucher {code} {reference}: taken {times} times, for {total} in all",
                code=plain_text(one.code),
                reference=plain_text(one.reference),
                times=f"{one.times:,}",
                total=baht(one.amount),
            )
        )
    else:
        click.echo(say("Sale {number}:", number=plain_text(one.lines[0].number)))
        for line in one.lines:
            click.echo("  " + _returned(line, say))
    for document in one.documents:
        click.echo(
            "  "
            + say(
                "{document} {number} at till {till} on {day}: {total}",
                document=_kind(document.document, say),
                number=plain_text(document.number),
                till=document.till if document.epoch == 1 else f"{document.till}.{document.epoch}",
                day=_shown(document.business_date, say),
                total=baht(document.total),
            )
        )
    if settled is not None:
        who, note = plain_text(settled.by), plain_text(settled.note)
        click.echo("  " + say("Settled by {who} ({note})", who=who, note=note))


def _kind(document: str, say: Words) -> str:
    """Word a kind of document: what takes back, else a sale, however it was receipted."""
    return {REFUND: say("Refund"), VOID: say("Void")}.get(document) or say("Sale")


def _sold_again(one: Oversold, say: Words) -> str:
    return say(
        "{code}, {name}: one of a kind, sold {sold} times for {total} in all, given back "
        "{returned}",
        code=plain_text(one.code),
        name=plain_text(Text(one.name_th, one.name_en).get(say.language)),
        sold=f"{one.sold:,}",
        total=baht(one.paid),
        returned=f"{one.returned:,}",
    )


def _returned(line: ReturnedLine, say: Words) -> str:
    name = plain_text(Text(line.name_th, line.name_en).get(say.language))
    if line.returned_code != line.code:
        return say(
            "line {line}: sold as {code}, given back as {other}",
            line=line.line + 1,
            code=plain_text(line.code),
            other=plain_text(line.returned_code),
        )
    return say(
        "line {line}, {name}: bought {bought} for {paid}, given back {returned} for {paid_back}",
        line=line.line + 1,
        name=name,
        bought=f"{line.bought:,}",
        paid=baht(line.paid),
        returned=f"{line.returned:,}",
        paid_back=baht(line.paid_back),
    )


def _shown(day: str, say: Words) -> str:
    """Return a day as people read it; one that cannot be is shown as it was written."""
    language = cast("Literal['th', 'en']", say.language)
    try:
        return format_date(date.fromisoformat(day), language=language, style="short")
    except ValueError:
        return plain_text(day)
