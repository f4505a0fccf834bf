"""`tofan-pos refund, void, reprint`: what comes back, and papers asked for again."""

import re
from pathlib import Path

import click

from tofan_pos.cli import speech
from tofan_pos.cli.day_records import reversal_record
from tofan_pos.cli.opening import approved, data_option, json_option, open_desk, user_options
from tofan_pos.cli.selling import print_waiting
from tofan_pos.cli.speech import say_json
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.money import baht
from tofan_pos.domain.sale import Tender, TenderKind

_LINE = re.compile(r"(?P<line>\d{1,3})(?:x(?P<count>\d{1,4}))?", re.ASCII)


@click.command()
@click.argument("number")
@data_option
@click.option("--line", "lines", multiple=True, required=True, help="Which line, as in 1 or 1x2.")
@click.option("--reason", required=True, help="Why it comes back.")
@click.option("--cash", is_flag=True, help="Pay back in cash, however it was paid.")
@user_options
@json_option
@click.pass_context
def refund(  # noqa: PLR0913, PLR0917 - each is one thing said of a refund
    context: click.Context,
    number: str,
    folder: Path | None,
    lines: tuple[str, ...],
    reason: str,
    user: str,
    approver: str,
    *,
    cash: bool,
    as_json: bool,
) -> None:
    """Take back lines of receipt NUMBER (or of a receipt's code) and pay for them."""
    chosen: dict[int, int] = {}
    for text in lines:
        line, count = _line(text)
        chosen[line] = chosen.get(line, 0) + count
    desk = open_desk(context, folder, user=user)
    refunds = desk.refunds
    found = refunds.find(number)
    worth = refunds.worth(found, chosen)
    tenders = [Tender(TenderKind.CASH, worth)] if cash else None
    done = approved(
        desk,
        approver,
        lambda approval: refunds.refund(found, chosen, reason, tenders=tenders, approval=approval),
    )
    print_waiting(desk)
    if as_json:
        say_json(reversal_record(done))
        return
    say = speech.words()
    paper = done.reversal
    click.echo(
        say(
            "{number}: {amount} paid back; the makers' share is {share} less.",
            number=paper.number,
            amount=baht(paper.total),
            share=baht(paper.share),
        )
    )


@click.command()
@click.argument("number")
@data_option
@click.option("--reason", required=True, help="Why it is voided.")
@user_options
@json_option
@click.pass_context
def void(  # noqa: PLR0913, PLR0917 - as above
    context: click.Context,
    number: str,
    folder: Path | None,
    reason: str,
    user: str,
    approver: str,
    *,
    as_json: bool,
) -> None:
    """Void sale NUMBER of the open session, or the `last` one; it keeps its number."""
    desk = open_desk(context, folder, user=user)
    stored = desk.papers.find(number)
    done = approved(
        desk, approver, lambda approval: desk.refunds.void(stored, reason, approval=approval)
    )
    print_waiting(desk)
    if as_json:
        say_json(reversal_record(done))
        return
    say = speech.words()
    paper = done.reversal
    click.echo(say("{number} is void: {amount}.", number=paper.number, amount=baht(paper.total)))


@click.command()
@click.argument("number", default="last")
@data_option
@click.option("--gift", is_flag=True, help="Without prices, to go with a present.")
@user_options
@click.pass_context
def reprint(  # noqa: PLR0913 - as above
    context: click.Context,
    number: str,
    folder: Path | None,
    user: str,
    approver: str,
    *,
    gift: bool,
) -> None:
    """Print the receipt of NUMBER again, marked as the copy it is."""
    desk = open_desk(context, folder, user=user)
    again = desk.reprints.gift if gift else desk.reprints.reprint
    approved(desk, approver, lambda approval: again(number, approval=approval))
    print_waiting(desk)


def _line(text: str) -> tuple[int, int]:
    match = _LINE.fullmatch(text.strip().replace("×", "x"))
    if match is None or match["line"] == "0":
        raise Refusal(Why.NO_SUCH_LINE)
    return int(match["line"]) - 1, int(match["count"] or 1)
