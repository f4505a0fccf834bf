"""`tofan-pos ring`: one sale, from the scans to the change."""

from pathlib import Path

import click

from tofan_pos.cli import speech
from tofan_pos.cli.opening import (
    approval_for,
    approved,
    data_option,
    json_option,
    open_desk,
    user_options,
)
from tofan_pos.cli.records import sale_record
from tofan_pos.cli.speech import say_json
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.basket import Basket, Bearer, Discount, DiscountKind
from tofan_pos.domain.catalogue import Product
from tofan_pos.domain.count import Count
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.domain.money import baht, parse_baht
from tofan_pos.domain.promotion import in_force
from tofan_pos.domain.sale import Tender, TenderKind, check_payment
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
    given = _discount(discount, reason, Bearer(bearer)) if discount else None
    desk = open_desk(context, folder, user=user)
    register = desk.register
    tenders += [_tender(text, desk) for text in others]
    # All of it is tried first: what is refused must not leave a session open behind it.
    basket = _filled(desk, scans)
    check_payment(basket.discount_basket(given), tenders, types=register.tender_types)
    approval = None
    if given is not None:
        approval = approval_for(desk, approver, register.right_to(given, basket.subtotal))
    _open_session(desk, approver)
    register.put(basket.offer(register.fresh().promotions))
    if given is not None:
        register.discount_basket(given, approval=approval)
    done = register.pay(tenders)
    printed = print_waiting(desk, done.seq)
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


def _filled(desk: Desk, scans: tuple[str, ...]) -> Basket:
    """Return the basket that scans make, at today's promotions; nothing is begun by it."""
    with desk.store.reading() as look:
        session, promotions = look.session()[0], look.promotions()
    day = session.business_date if session else desk.day.today
    basket = Basket(promotions=in_force(promotions, day, desk.profile.mall))
    for text in scans:
        product, count = _scanned(desk, text)
        with desk.store.reading() as look:
            if product.unique and look.is_sold(product.code):
                raise Refusal(Why.UNIQUE_SOLD, name=product.name)
        basket, index = basket.scan(product)
        basket = basket.set_quantity(index, basket.lines[index].quantity - 1 + count)
    return basket


def _scanned(desk: Desk, text: str) -> tuple[Product, int]:
    """Read a code, or a code with how many: the code wins where both readings are possible."""
    code, times, count = text.rpartition(_TIMES)
    try:
        return desk.shelf.scan(text), 1
    except Refusal as refusal:
        counted = times and count.isascii() and count.isdigit()
        if refusal.why is Why.SCAN_TOO_LONG or not counted:
            raise
    return desk.shelf.scan(code), int(count)


def _discount(text: str, reason: str, bearer: Bearer) -> Discount:
    percent = text.endswith(_PERCENT)
    return Discount(
        kind=DiscountKind.PERCENT if percent else DiscountKind.AMOUNT,
        value=parse_baht(text.removesuffix(_PERCENT)),
        reason=reason,
        bearer=bearer,
    )


def _open_session(desk: Desk, approver: str) -> None:
    """Open a session over nothing where none is open, and say so."""
    if desk.day.session is None:
        session = approved(
            desk, approver, lambda approval: desk.day.open(Count(), approval=approval)
        )
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
