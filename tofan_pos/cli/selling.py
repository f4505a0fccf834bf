"""`tofan-pos ring`: one sale, from the scans to the change."""

from pathlib import Path

import click

from tofan_pos.cli import speech
from tofan_pos.cli.opening import approved, data_option, json_option, open_desk, user_options
from tofan_pos.cli.records import sale_record
from tofan_pos.cli.speech import say_json
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.basket import Bearer, Discount, DiscountKind
from tofan_pos.domain.count import Count
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.domain.money import baht, parse_baht
from tofan_pos.domain.sale import Tender, TenderKind
from tofan_pos.sentences import sentence

_TIMES = "x"
_PERCENT = "%"


@click.command()
@data_option
@click.option("--scan", "scans", multiple=True, required=True, help="A code, or CODExN.")
@click.option("--cash", default="", help="What the customer hands over in cash, in baht.")
@click.option(
    "--tender", "others", multiple=True, help="CODE=AMOUNT or CODE=AMOUNT:REFERENCE, beside cash."
)
@click.option("--discount", default="", help="Off the whole basket: 10% or 50.")
@click.option("--reason", default="", help="Why the discount is given.")
@click.option("--bearer", type=click.Choice([b.value for b in Bearer]), default=Bearer.BRAND.value)
@user_options
@json_option
@click.pass_context
def ring(  # noqa: PLR0913, PLR0917 - each is one thing said of a sale
    context: click.Context,
    folder: Path | None,
    scans: tuple[str, ...],
    cash: str,
    others: tuple[str, ...],
    discount: str,
    reason: str,
    bearer: str,
    user: str,
    approver: str,
    *,
    as_json: bool,
) -> None:
    """Ring up one sale, paid in cash or otherwise. Opens a session where none is open."""
    tenders = [Tender(TenderKind.CASH, parse_baht(cash))] if cash else []
    desk = open_desk(context, folder, user=user)
    register = desk.register
    _open_session(desk)
    tenders += [_tender(text, desk) for text in others]
    for scan in scans:
        _scan(desk, scan)
    if discount:
        given = _discount(discount, reason, Bearer(bearer))
        approved(
            desk, approver, lambda approval: register.discount_basket(given, approval=approval)
        )
    done = register.pay(tenders)
    printed = print_waiting(desk, done.seq)
    desk.close()
    if as_json:
        say_json(sale_record(done, printed=printed))
        return
    say = speech.words()
    click.echo(
        say(
            "{number}: {total} paid, {change} change; {share} goes to the makers.",
            number=done.sale.number,
            total=baht(done.sale.total),
            change=baht(done.sale.change),
            share=baht(done.sale.share),
        )
    )


def _scan(desk: Desk, text: str) -> None:
    """Scan a code, or a code with how many: the code wins where both readings are possible."""
    code, times, count = text.rpartition(_TIMES)
    try:
        desk.register.scan(text)
    except Refusal as refusal:
        if refusal.why is Why.INACTIVE_PRODUCT or not (
            times and count.isascii() and count.isdigit()
        ):
            raise
        index = desk.register.scan(code).index
        before = desk.register.basket.lines[index].quantity
        desk.register.set_quantity(index, before - 1 + int(count))


def _discount(text: str, reason: str, bearer: Bearer) -> Discount:
    percent = text.endswith(_PERCENT)
    return Discount(
        kind=DiscountKind.PERCENT if percent else DiscountKind.AMOUNT,
        value=parse_baht(text.removesuffix(_PERCENT)),
        reason=reason,
        bearer=bearer,
    )


def _open_session(desk: Desk) -> None:
    """Open a session over nothing where none is open, and say so."""
    if desk.day.session is None:
        session = desk.day.open(Count())
        say = speech.words()
        speech.complain(
            say("No session was open: number {n} is now, with nothing in the drawer.", n=session.n)
        )


def _tender(text: str, desk: Desk) -> Tender:
    """Read a tender beside cash: `CARD=590` or `CARD=590:778421`."""
    code, _, rest = text.partition("=")
    amount, _, reference = rest.partition(":")
    kind = next((t.kind for t in desk.register.tender_types if t.code == code), None)
    if kind is None:
        raise Refusal(Why.TENDER_UNKNOWN, code=code[:20])
    return Tender(kind, parse_baht(amount), code=code, reference=reference)


def print_waiting(desk: Desk, seq: int = 0) -> str:
    """Print what waits, and return what became of the sale of entry `seq`.

    A printer's trouble never touches what was done.
    """
    if not desk.profile.printer:
        return ""
    try:
        while desk.spool.print_next():
            pass
    except Trouble as trouble:
        speech.complain(sentence(trouble, speech.words()))
    stored = desk.store.sale_at(seq) if seq else None
    return stored.printed if stored else ""
