"""`tofan-pos open, x, close, z, pay-in, pay-out, pickup, no-sale, users`: the day, no window."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tofan_pos.cli import speech
from tofan_pos.cli.day_records import (
    blind_record,
    movement_record,
    report_record,
    staff_record,
    z_record,
)
from tofan_pos.cli.opening import (
    approved,
    data_option,
    json_option,
    open_desk,
    pin_of_second,
    user_option,
    user_options,
)
from tofan_pos.cli.selling import print_waiting
from tofan_pos.cli.speech import FilePath, say_json
from tofan_pos.counter.day import StoredZ
from tofan_pos.counter.drawer import StoredMovement
from tofan_pos.domain.count import Count, parse_count
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.money import baht, parse_baht, plain
from tofan_pos.domain.people import Right, Role
from tofan_pos.domain.report import CASH
from tofan_pos.sync.folder import write_durably
from tofan_pos.words import Words

if TYPE_CHECKING:
    from tofan_pos.counter.access import Approval
    from tofan_pos.counter.desk import Desk
    from tofan_pos.receipt.document import Document

_Z_NUMBER = re.compile(r"(?P<holder>[A-Z0-9.]+-Z)?(?P<n>\d{1,9})", re.ASCII)

Move = Callable[["Desk", int, str, str, "Approval | None"], StoredMovement]
"""Moves cash: satang, why, in which bag, on whose approval."""


@click.command("open")
@data_option
@click.option("--float", "opening", default="", help="What is in the drawer: 2000 or 1000x1,500x2.")
@click.option("--drawer", default="", help="The drawer's name, where there are several.")
@user_options
@json_option
@click.pass_context
def open_session(  # noqa: PLR0913, PLR0917 - each is one thing said of an opening
    context: click.Context,
    folder: Path | None,
    opening: str,
    drawer: str,
    user: str,
    approver: str,
    *,
    as_json: bool,
) -> None:
    """Open a till session over a counted float."""
    count = parse_count(opening)
    desk = open_desk(context, folder, user=user)
    session = approved(
        desk, approver, lambda approval: desk.day.open(count, drawer=drawer, approval=approval)
    )
    print_waiting(desk)
    if as_json:
        say_json(
            {
                "session": session.n,
                "business_date": session.business_date.isoformat(),
                "float": plain(count.total),
                "by": session.by,
                "seq": session.seq,
            }
        )
        return
    say = speech.words()
    click.echo(
        say(
            "Session {n} is open, with {amount} in the drawer.",
            n=session.n,
            amount=baht(count.total),
        )
    )


@click.command()
@data_option
@user_options
@click.option("--pdf", type=FilePath(), help="Write the report as a PDF.")
@click.option("--text", "as_text", is_flag=True, help="Show the report as it is printed.")
@json_option
@click.pass_context
def x(  # noqa: PLR0913 - as above
    context: click.Context,
    folder: Path | None,
    user: str,
    approver: str,
    pdf: Path | None,
    *,
    as_text: bool,
    as_json: bool,
) -> None:
    """Show the open session's figures; nothing is changed."""
    desk = open_desk(context, folder, user=user)
    report = approved(desk, approver, lambda approval: desk.day.x(approval=approval))
    blind = desk.access.counts_blind
    document = desk.papers.x(report, blind=blind)
    if as_json:
        say_json(blind_record(report) if blind else report_record(report))
        _write_pdf(document, pdf)
        return
    _show(document, pdf, as_text=as_text or pdf is None)


@click.command()
@data_option
@click.option(
    "--counted",
    "counts",
    multiple=True,
    help="TENDER=SUM, as in cash=2480.50 or cash=1000x2,100x4; once for each tender. "
    "Without any, the count that stands.",
)
@click.option("--reason", default="", help="Why it differs.")
@click.option("--bag", default="", help="The sealed bag's number.")
@click.option("--second", default="", help="Who signs beside the one who counted.")
@user_options
@json_option
@click.pass_context
def close(  # noqa: PLR0913, PLR0917 - as above
    context: click.Context,
    folder: Path | None,
    counts: tuple[str, ...],
    reason: str,
    bag: str,
    second: str,
    user: str,
    approver: str,
    *,
    as_json: bool,
) -> None:
    """Close the session over what was counted: a numbered, signed Z report."""
    counted = _counted(counts)
    desk = open_desk(context, folder, user=user)
    if desk.profile.two_to_close and not second:
        raise Refusal(Why.SECOND_PERSON)
    seconded = _second(desk, second)
    if counted:
        cash = counted.pop(CASH)
        others = {key: count.total for key, count in counted.items()}
        approved(desk, approver, lambda approval: desk.day.count(cash, others, approval=approval))
    stored = approved(
        desk,
        approver,
        lambda approval: desk.day.close(reason=reason, bag=bag, approval=approval, second=seconded),
    )
    print_waiting(desk)
    say = speech.words()
    _name_parked(desk, say)
    if as_json:
        say_json(z_record(stored))
        return
    click.echo(_closed(stored, say))


@click.command()
@click.argument("which", default="last")
@data_option
@click.option("--pdf", type=FilePath(), help="Write the report as a PDF.")
@click.option("--text", "as_text", is_flag=True, help="Show the report as it was printed.")
@json_option
@click.pass_context
def z(  # noqa: PLR0913 - as above
    context: click.Context,
    which: str,
    folder: Path | None,
    pdf: Path | None,
    *,
    as_text: bool,
    as_json: bool,
) -> None:
    """Show Z report WHICH, as in 7 or CTW1-Z000007, or the `last` one."""
    read = _Z_NUMBER.fullmatch(which.strip().upper())
    if which != "last" and read is None:
        raise Refusal(Why.NO_Z_YET)
    desk = open_desk(context, folder)
    stored = desk.day.z(int(read["n"]) if read else None)
    found = desk.papers.at(stored.seq)
    if found is None or (read and not stored.z.number.startswith(read["holder"] or "")):
        raise Refusal(Why.NO_Z_YET)
    if as_json:
        say_json(z_record(stored))
        _write_pdf(found[1], pdf)
        return
    _show(found[1], pdf, as_text=as_text or pdf is None)


def _movement(name: str, help_text: str, move: Move, *, bagged: bool = False) -> click.Command:
    """Make the verb for one kind of movement; what is `bagged` names its bag."""

    @click.command(name, help=help_text)
    @click.argument("amount")
    @data_option
    @click.option("--reason", required=True, help="Why.")
    @user_options
    @json_option
    @click.pass_context
    def verb(  # noqa: PLR0913, PLR0917 - each is one thing said of a movement
        context: click.Context,
        amount: str,
        folder: Path | None,
        reason: str,
        user: str,
        approver: str,
        *,
        as_json: bool,
        bag: str = "",
    ) -> None:
        satang = parse_baht(amount)
        desk = open_desk(context, folder, user=user)
        done = approved(desk, approver, lambda approval: move(desk, satang, reason, bag, approval))
        print_waiting(desk)
        if as_json:
            say_json(movement_record(done))
            return
        say = speech.words()
        moved = done.movement
        click.echo(say("{number}: {amount}.", number=moved.number, amount=baht(moved.amount)))

    if bagged:
        verb.params.append(click.Option(["--bag"], required=True, help="The bag's number."))
    return verb


pay_in = _movement(
    "pay-in",
    "Put AMOUNT of cash in that is from no sale.",
    lambda desk, amount, reason, _, approval: desk.drawer.pay_in(amount, reason, approval=approval),
)
pay_out = _movement(
    "pay-out",
    "Take AMOUNT of cash out for something the counter needs.",
    lambda desk, amount, reason, _, approval: desk.drawer.pay_out(
        amount, reason, approval=approval
    ),
)
pickup = _movement(
    "pickup",
    "Take AMOUNT of cash to the safe.",
    lambda desk, amount, reason, bag, approval: desk.drawer.pickup(
        amount, reason, bag=bag, approval=approval
    ),
    bagged=True,
)


@click.command("no-sale")
@data_option
@click.option("--reason", required=True, help="Why the drawer is opened.")
@user_options
@click.pass_context
def no_sale(
    context: click.Context, folder: Path | None, reason: str, user: str, approver: str
) -> None:
    """Open the drawer without a sale."""
    desk = open_desk(context, folder, user=user)
    approved(desk, approver, lambda approval: desk.drawer.no_sale(reason, approval=approval))
    print_waiting(desk)


@click.command()
@data_option
@click.option("--add", "code", default="", help="Add somebody under this code.")
@click.option("--name", default="", help="The name shown on the screen.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default="cashier")
@user_option
@json_option
@click.pass_context
def users(  # noqa: PLR0913, PLR0917 - as above
    context: click.Context,
    folder: Path | None,
    code: str,
    name: str,
    role: str,
    user: str,
    *,
    as_json: bool,
) -> None:
    """List who works at the till, or add somebody; the first one is a supervisor.

    The newcomer's PIN is taken from TOFAN_NEW_PIN, or asked for twice.
    """
    desk = open_desk(context, folder, user=user)
    if code:
        pin = _new_pin(code)
        if desk.access.needs_first_run:
            desk.access.first_supervisor(code, name or code, pin)
        else:
            desk.access.add_staff(code, name or code, Role(role), pin)
    people = desk.access.staff()
    if as_json:
        say_json({"users": [staff_record(person) for person in people]})
        return
    for person in people:
        click.echo(f"{person.code}  {person.role.value}  {person.name}")


def _new_pin(code: str) -> str:
    given = os.environ.get("TOFAN_NEW_PIN")
    if given is not None:
        return given
    say = speech.words()
    asked: str = click.prompt(
        say("New PIN of {code}", code=code),
        hide_input=True,
        confirmation_prompt=True,
        err=True,
        type=str,
    )
    return asked


def _second(desk: "Desk", second: str) -> "Approval | None":
    if not second:
        return None
    return desk.access.approve(Right.CLOSE_SESSION, second, pin_of_second(second))


def _counted(counts: tuple[str, ...]) -> dict[str, Count]:
    """Read what was counted of each tender; where anything was, cash was too."""
    counted: dict[str, Count] = {}
    for text in counts:
        said, equals, amount = text.partition("=")
        key = CASH if said.strip().lower() == CASH else said.strip()
        if not equals or not amount.strip() or key in counted:
            raise Refusal(Why.COUNT_UNREADABLE, text=text[:40])
        counted[key] = parse_count(amount)
    if counted and CASH not in counted:
        raise click.UsageError("Missing --counted cash=…")
    return counted


def _name_parked(desk: "Desk", say: Words) -> None:
    """Tell on stderr which baskets still wait."""
    parked = desk.parking.waiting()
    if not parked:
        return
    speech.complain(
        say("Parked baskets that still wait: {n}. They stay for the next session.", n=len(parked))
    )
    for one in parked:
        pieces = say("Pieces: {n}", n=f"{one.pieces:,}")
        speech.complain(" · ".join((one.name or say("No name"), pieces, baht(one.total))))


def _closed(stored: StoredZ, say: Words) -> str:
    z_report = stored.z
    off = z_report.difference
    if off == 0:
        drawer = say("The drawer agrees.")
    elif off > 0:
        drawer = say("The drawer is {amount} over.", amount=baht(off))
    else:
        drawer = say("The drawer is {amount} short.", amount=baht(-off))
    share = say("{amount} goes to the makers", amount=baht(z_report.report.net.share))
    return f"{z_report.number}: {baht(z_report.report.net.total)}. {drawer} {share}."


def _write_pdf(document: "Document", pdf: Path | None) -> None:
    if pdf is None:
        return
    from tofan_pos.printing.compose import compose  # noqa: PLC0415 - only for a PDF
    from tofan_pos.printing.pdf import pdf as as_pdf  # noqa: PLC0415 - reportlab is slow
    from tofan_pos.receipt.paper import SHEET  # noqa: PLC0415 - as above

    write_durably(pdf, as_pdf(compose(document, SHEET)))


def _show(document: "Document", pdf: Path | None, *, as_text: bool) -> None:
    from tofan_pos.printing.compose import compose  # noqa: PLC0415 - as above
    from tofan_pos.receipt.paper import paper_of  # noqa: PLC0415 - as above
    from tofan_pos.receipt.text import text  # noqa: PLC0415 - as above

    _write_pdf(document, pdf)
    if as_text:
        click.echo(text(compose(document, paper_of(80))), nl=False)
