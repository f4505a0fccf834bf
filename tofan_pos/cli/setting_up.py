"""`tofan-pos init` and `catalogue`: setting a till up, and what it sells."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tofan_pos import app
from tofan_pos.cli import speech
from tofan_pos.cli.opening import (
    approved,
    data_option,
    json_option,
    open_desk,
    till_folder,
    user_options,
)
from tofan_pos.cli.speech import FilePath, say_json
from tofan_pos.counter.setup import load_catalogue
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.guard import checked_text
from tofan_pos.domain.money import parse_baht
from tofan_pos.domain.numbering import DocumentKind, till_code
from tofan_pos.domain.people import Limits
from tofan_pos.domain.tax import is_tax_id
from tofan_pos.domain.till import ReceiptLanguage
from tofan_pos.printing.devices import open_printer
from tofan_pos.sync.enrolment import FILE_NAME as REQUEST
from tofan_pos.sync.keys import fingerprint
from tofan_pos.words import Words

if TYPE_CHECKING:
    from tofan_pos.workbook import Checked

_LONGEST_PLACE, _LONGEST_ADDRESS = 80, 200


@click.command()
@data_option
@click.option("--till", "code", required=True, help="The till's code, as in CTW1.")
@click.option("--catalogue", type=FilePath(), help="An Excel workbook; the sample if not given.")
@click.option(
    "--document",
    type=click.Choice([kind.value for kind in DocumentKind]),
    default=DocumentKind.VAT_RECEIPT.value,
    show_default=True,
    help="What the counter prints for a sale.",
)
@click.option("--counter", "place", default="", help="Where the counter stands, for the receipt.")
@click.option("--counter-en", "place_en", default="", help="The same in English.")
@click.option("--tax-id", default="", help="The seller's 13-digit tax number.")
@click.option("--branch", default="00000", show_default=True, help="The seller's branch number.")
@click.option(
    "--receipt-language",
    type=click.Choice([language.value for language in ReceiptLanguage]),
    default=ReceiptLanguage.TH.value,
    show_default=True,
)
@click.option("--paper", type=click.Choice(["80", "58"]), default="80", show_default=True)
@click.option("--story-cm", type=click.IntRange(0, 60), default=12, show_default=True)
@click.option("--story-page", default="", help="Address of story pages; a code is put after it.")
@click.option("--printer", default="", help="tcp:HOST:PORT or file:FOLDER.")
@click.option("--mall", default="", help="The mall, as promotions name malls.")
@click.option("--lock-after", type=click.IntRange(10, 3600), default=90, show_default=True)
@click.option("--silent-after", type=click.IntRange(1, 720), default=24, show_default=True)
@click.option("--two-to-close", is_flag=True, help="A second person signs each closing.")
@click.option("--most-discount", type=click.IntRange(0, 100), default=10, show_default=True)
@click.option("--most-refund", default="2000", show_default=True, help="Baht, without approval.")
@click.option("--most-difference", default="100", show_default=True, help="The same, at closing.")
@json_option
@click.pass_context
def init(  # noqa: PLR0913, PLR0917 - each is one setting of a new till
    context: click.Context,
    folder: Path | None,
    code: str,
    catalogue: Path | None,
    document: str,
    place: str,
    place_en: str,
    tax_id: str,
    branch: str,
    receipt_language: str,
    paper: str,
    story_cm: int,
    story_page: str,
    printer: str,
    mall: str,
    lock_after: int,
    silent_after: int,
    most_discount: int,
    most_refund: str,
    most_difference: str,
    *,
    two_to_close: bool,
    as_json: bool,
) -> None:
    """Set a till up, and leave its enrolment request beside it."""
    if tax_id and not is_tax_id(tax_id):
        raise Refusal(Why.SETTING_VALUE, name="--tax-id", value=tax_id[:40])
    if not _digits(branch, len(app.BRAND.branch)):
        raise Refusal(Why.SETTING_VALUE, name="--branch", value=branch[:40])
    if printer:
        open_printer(printer)
    seller = replace(app.BRAND, tax_id=tax_id, branch=branch, counter=_place(place, place_en))
    if code == app.TRAINING_TILL:
        raise Refusal(Why.TILL_CODE, text=code)
    profile = app.new_profile(
        till_code(code),
        seller=seller,
        kind=DocumentKind(document),
        receipt_language=ReceiptLanguage(receipt_language),
        paper_mm=int(paper),
        story_budget_mm=story_cm * 10,
        story_page=checked_text(story_page, longest=_LONGEST_ADDRESS),
        mall=checked_text(mall, longest=_LONGEST_PLACE),
        lock_after_s=lock_after,
        silent_after_h=silent_after,
        two_to_close=two_to_close,
        limits=Limits(
            discount_bp=most_discount * 100,
            refund=parse_baht(most_refund),
            difference=parse_baht(most_difference),
        ),
        printer=printer,
    )
    where = till_folder(context, folder)
    identity, checked = app.make_till(where, profile, catalogue)
    say = speech.words()
    _warn(checked, say)
    if not tax_id:
        speech.complain(
            say("No tax number is set: real receipts must carry the seller's (--tax-id).")
        )
    if not identity.key_guarded:
        speech.complain(
            say("This computer has no keyring: the till's key is in a file only you can read.")
        )
    found = checked.catalogue
    if as_json:
        say_json(
            {
                "till": identity.till,
                "products": len(found.products),
                "groups": len(found.groups),
                "fingerprint": fingerprint(identity.public_key),
                "request": str(where / REQUEST),
                "key_guarded": identity.key_guarded,
            }
        )
        return
    click.echo(
        say(
            "Till {till} is ready in {path}: {products} products of {groups} groups.",
            till=identity.till,
            path=where,
            products=len(found.products),
            groups=len(found.groups),
        )
    )
    click.echo(
        say(
            "Its key's fingerprint is {fingerprint}; "
            "head office compares it when it enrols {path}.",
            fingerprint=fingerprint(identity.public_key),
            path=where / REQUEST,
        )
    )


@click.command()
@data_option
@click.argument("workbook", type=FilePath())
@click.option("--check", is_flag=True, help="Only check it; change nothing.")
@user_options
@click.pass_context
def catalogue(  # noqa: PLR0913 - who does it, to which till, with what
    context: click.Context,
    folder: Path | None,
    workbook: Path,
    user: str,
    approver: str,
    *,
    check: bool,
) -> None:
    """Check a catalogue workbook, and sell from it from now on.

    Where people work at the till a supervisor or support does it; one that names people, a
    supervisor.
    """
    checked, digest = app.read_workbook(workbook)
    say = speech.words()
    _warn(checked, say)
    count = len(checked.catalogue.products)
    if check:
        click.echo(say("The workbook is good: {count} products.", count=count))
        return
    desk = open_desk(context, folder, user=user)
    approved(
        desk,
        approver,
        lambda approval: load_catalogue(
            desk.journal, checked.catalogue, sha256=digest, access=desk.access, approval=approval
        ),
    )
    click.echo(say("The till sells {count} products now.", count=count))


def _warn(checked: "Checked", say: Words) -> None:
    """Tell what a workbook may not have meant."""
    from tofan_pos.sentences.workbook import faults_of  # noqa: PLC0415 - selling reads none

    for line in faults_of(checked.warnings, say):
        speech.complain(line)


def _place(thai: str, english: str) -> Text:
    longest = _LONGEST_PLACE
    return Text(checked_text(thai, longest=longest), checked_text(english, longest=longest))


def _digits(text: str, count: int) -> bool:
    return len(text) == count and text.isascii() and text.isdigit()
