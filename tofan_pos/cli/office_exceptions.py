"""`tofan-office exceptions`: what an auditor looks at first, a line each."""

from typing import Any, Literal, cast

import click

from tofan_pos.cli import speech
from tofan_pos.cli.office_opening import db_option, json_option, open_office
from tofan_pos.cli.speech import say_json
from tofan_pos.domain.money import baht, plain
from tofan_pos.domain.people import Right
from tofan_pos.domain.report import CASH
from tofan_pos.domain.sale import TenderKind
from tofan_pos.domain.session import MovementKind
from tofan_pos.office.exceptions import Mark, Notable, What
from tofan_pos.office.exceptions import exceptions as find_exceptions
from tofan_pos.sentences.people import right_said
from tofan_pos.sentences.standing import began
from tofan_pos.sync.enrolment import Beginning
from tofan_pos.thai.dates import format_date
from tofan_pos.words import Words, plain_text


@click.command()
@db_option
@click.option("--till", default="", help="One till's code.")
@click.option("--month", default="", help="As in 2026-11, or 2569-11.")
@json_option
@click.pass_context
def exceptions(context: click.Context, url: str, till: str, month: str, *, as_json: bool) -> None:
    """Name everything at the tills that was no plain sale, in its order."""
    office = open_office(context, url)
    found = find_exceptions(office.store, till=till, month=month)
    if as_json:
        say_json({"exceptions": [notable_record(one) for one in found]})
        return
    say = speech.words()
    one = None
    for one in found:
        click.echo(_line(one, say))
    if one is None:
        click.echo(say("Nothing out of the usual has come in."))


def notable_record(one: Notable) -> dict[str, Any]:
    """Return what `exceptions` says of one thing."""
    return {
        "business_date": one.business_date.isoformat(),
        "till": one.till,
        "epoch": one.epoch,
        "seq": one.seq,
        "what": one.what,
        "number": one.number,
        "amount": None if one.amount is None else plain(one.amount),
        "by": one.by,
        "approved_by": one.approved_by,
        "reason": one.reason,
        "about": one.about,
        "marks": list(one.marks),
    }


def _line(one: Notable, say: Words) -> str:
    language = cast("Literal['th', 'en']", say.language)
    by, approver = plain_text(one.by), plain_text(one.approved_by)
    parts = (
        format_date(one.business_date, language=language, style="short"),
        one.till if one.epoch == 1 else f"{one.till}.{one.epoch}",
        _what(one, say),
        plain_text(one.number),
        "" if one.amount is None else baht(one.amount),
        say("by {who}", who=by) if by else "",
        say("approved by {who}", who=approver) if approver else "",
        _reason(one, say),
    )
    return "  ".join(filter(None, parts))


def _what(one: Notable, say: Words) -> str:  # noqa: C901, PLR0911 - one for each
    about = plain_text(one.about)
    match one.what:
        case What.EPOCH | What.KEY_CHANGED | What.FORK:
            return _of_journal(one, say)
        case What.VOID:
            return say("Void")
        case What.REFUND:
            marks = ", ".join(_mark(mark, say) for mark in one.marks if mark != Mark.APPROVED)
            return say("Refund") + (f" ({marks})" if marks else "")
        case What.OVERRIDE:
            return say("Override: {right}", right=_right(one.marks, say)) + _of(about)
        case What.PRICE_CHANGE:
            return say("Another price") + _of(about)
        case What.GIVEN_AWAY:
            return say("All of it given away")
        case What.NO_SALE:
            return say("Drawer opened without a sale")
        case What.RECOUNT:
            return say("Counted again, count {n}", n=about)
        case What.PIN_CHANGE:
            return say("PIN set for {who}", who=about)
        case What.DIFFERENCE:
            return say("Z differs: {tender}", tender=_tender(about, say))
        case _:
            return _movement(one.what, say) + _of(about)


def _tender(key: str, say: Words) -> str:
    """Name what a figure of a Z is about: cash, exchanges, or a way to pay by its code."""
    if key == CASH:
        return say("Cash")
    return say("Exchange") if key == TenderKind.EXCHANGE else key


def _of_journal(one: Notable, say: Words) -> str:
    match one.what:
        case What.EPOCH:
            return say("New epoch")
        case What.KEY_CHANGED:
            return say("Key changed")
        case _:
            return say("Kept apart, sales: {sales}", sales=one.about)


def _reason(one: Notable, say: Words) -> str:
    """Return why; a reason of a newer till's is shown as it was written."""
    if one.what == What.EPOCH and one.reason in set(Beginning):
        return began(Beginning(one.reason), say)
    return plain_text(one.reason)


def _of(about: str) -> str:
    return f" {about}" if about else ""


def _movement(kind: str, say: Words) -> str:
    match kind:
        case MovementKind.PAID_IN:
            return say("Paid in")
        case MovementKind.PAID_OUT:
            return say("Paid out")
        case MovementKind.PICKUP:
            return say("Taken to the safe")
        case MovementKind.CHANGE_DRAWER:
            return say("Another drawer")
        case _:
            return plain_text(kind)


def _mark(mark: str, say: Words) -> str:
    match mark:
        case Mark.WITHOUT_RECEIPT:
            return say("without a receipt")
        case Mark.OTHER_TILL:
            return say("sold at another till")
        case _:
            return say("otherwise than it was paid")


def _right(marks: tuple[str, ...], say: Words) -> str:
    """Name the right an override took; one that is new here is shown as it was written."""
    try:
        return ", ".join(right_said(Right(mark), say) for mark in marks)
    except ValueError:
        return plain_text(", ".join(marks))
