"""`tofan-pos`: the counter's window, and the same verbs without one."""

import os
from dataclasses import replace
from pathlib import Path

import click

from tofan_pos import app
from tofan_pos.cli import papers, speech
from tofan_pos.cli.records import sale_record
from tofan_pos.cli.speech import FilePath, FolderPath, say_json
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.proof import prove
from tofan_pos.counter.setup import load_catalogue
from tofan_pos.domain.basket import Bearer, Discount, DiscountKind
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.domain.money import baht, parse_baht
from tofan_pos.domain.numbering import DocumentKind, till_code
from tofan_pos.domain.sale import Tender, TenderKind
from tofan_pos.domain.till import ReceiptLanguage
from tofan_pos.printing.devices import open_printer
from tofan_pos.sentences import flaw, sentence
from tofan_pos.sentences.workbook import faults_of
from tofan_pos.settings import read_settings
from tofan_pos.sync.enrolment import FILE_NAME as REQUEST
from tofan_pos.sync.keys import fingerprint

_TIMES = "x"
_PERCENT = "%"
_TAX_ID_DIGITS = 13

data_option = click.option(
    "--data", "folder", type=FolderPath(), help="The folder the till lives in."
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object on one line.")


@click.group(invoke_without_command=True)
@data_option
@click.option("--demo", is_flag=True, help="Open a trial till with the sample catalogue.")
@click.option("--tour", type=FolderPath(), help="Drive the window by itself; pictures go here.")
@click.option("--lang", type=click.Choice(["th", "en"]), help="The window's language at first.")
@click.version_option(package_name="tofan-pos")
@click.pass_context
def program(
    context: click.Context, folder: Path | None, tour: Path | None, lang: str | None, *, demo: bool
) -> None:
    """Open the counter, or run one of its verbs without a window."""
    context.obj = folder
    if context.invoked_subcommand is not None:
        return
    settings = read_settings(os.environ)
    settings = replace(settings, language=lang or settings.language)
    if tour is not None:
        from tofan_pos.tour import take_the_tour  # noqa: PLC0415 - windows are slow to load

        take_the_tour(tour, settings)
        return
    from tofan_pos.window import open_window  # noqa: PLC0415 - as above

    if demo:
        trial = (folder or settings.folder / "trial").resolve()
        if not app.has_till(trial):
            app.make_till(trial, app.trial_profile())
        folder = trial
    context.exit(open_window(folder or settings.folder, settings))


@program.command()
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
    *,
    as_json: bool,
) -> None:
    """Set a till up, and leave its enrolment request beside it."""
    if tax_id and not _digits(tax_id, _TAX_ID_DIGITS):
        raise Refusal(Why.SETTING_VALUE, name="--tax-id", value=tax_id[:40])
    if not _digits(branch, len(app.BRAND.branch)):
        raise Refusal(Why.SETTING_VALUE, name="--branch", value=branch[:40])
    if printer:
        open_printer(printer)
    seller = replace(app.BRAND, tax_id=tax_id, branch=branch, counter=Text(place, place_en))
    profile = app.new_profile(
        till_code(code),
        seller=seller,
        kind=DocumentKind(document),
        receipt_language=ReceiptLanguage(receipt_language),
        paper_mm=int(paper),
        story_budget_mm=story_cm * 10,
        story_page=story_page,
        printer=printer,
    )
    where = _folder(context, folder)
    identity, checked = app.make_till(where, profile, catalogue)
    say = speech.words()
    for line in faults_of(checked.warnings, say):
        speech.complain(line)
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


@program.command()
@data_option
@click.argument("workbook", type=FilePath())
@click.option("--check", is_flag=True, help="Only check it; change nothing.")
@click.pass_context
def catalogue(context: click.Context, folder: Path | None, workbook: Path, *, check: bool) -> None:
    """Check a catalogue workbook, and sell from it from now on."""
    checked, digest = app.read_workbook(workbook)
    say = speech.words()
    for line in faults_of(checked.warnings, say):
        speech.complain(line)
    count = len(checked.catalogue.products)
    if check:
        click.echo(say("The workbook is good: {count} products.", count=count))
        return
    desk = _desk(context, folder)
    load_catalogue(desk.journal, checked.catalogue, sha256=digest)
    desk.close()
    click.echo(say("The till sells {count} products now.", count=count))


@program.command()
@data_option
@click.option("--scan", "scans", multiple=True, required=True, help="A code, or CODExN.")
@click.option("--cash", required=True, help="What the customer hands over, in baht.")
@click.option("--discount", default="", help="Off the whole basket: 10% or 50.")
@click.option("--reason", default="", help="Why the discount is given.")
@click.option("--bearer", type=click.Choice([b.value for b in Bearer]), default=Bearer.BRAND.value)
@json_option
@click.pass_context
def ring(  # noqa: PLR0913, PLR0917 - each is one thing said of a sale
    context: click.Context,
    folder: Path | None,
    scans: tuple[str, ...],
    cash: str,
    discount: str,
    reason: str,
    bearer: str,
    *,
    as_json: bool,
) -> None:
    """Ring up one sale, paid in cash."""
    tender = Tender(TenderKind.CASH, parse_baht(cash))
    desk = _desk(context, folder)
    register = desk.register
    for scan in scans:
        _scan(desk, scan)
    if discount:
        register.discount_basket(_discount(discount, reason, Bearer(bearer)))
    done = register.pay([tender])
    printed = _print(desk, done.seq)
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


@program.command()
@data_option
@click.option("--to", "target", type=FolderPath(), required=True, help="Where the files go.")
@json_option
@click.pass_context
def export(context: click.Context, folder: Path | None, target: Path, *, as_json: bool) -> None:
    """Write what waits for head office into signed sync files."""
    desk = _desk(context, folder)
    say = speech.words()
    with speech.progress(desk.outbox.waiting().count, say("Exporting")) as bar:
        exported = desk.outbox.export(
            target, progress=lambda done, _total: bar.update(done - bar.pos)
        )
    desk.close()
    if as_json:
        say_json(
            {
                "files": [str(path) for path in exported.files],
                "first": exported.first,
                "last": exported.last,
            }
        )
        return
    for path in exported.files:
        click.echo(str(path))
    click.echo(
        say(
            "Entries {first}–{last} are written and read back. It is safe to remove the stick.",
            first=exported.first,
            last=exported.last,
        )
    )


@program.command()
@data_option
@json_option
@click.pass_context
def verify(context: click.Context, folder: Path | None, *, as_json: bool) -> None:
    """Walk the whole journal: chain, signatures, gaps, and the tables against the entries."""
    desk = _desk(context, folder)
    say = speech.words()
    with speech.progress(desk.outbox.waiting().count, say("Verifying")) as bar:
        proof = prove(desk.store, desk.identity, progress=lambda done: bar.update(done - bar.pos))
    desk.close()
    if as_json:
        say_json(
            {
                "holds": proof.flaw is None,
                "entries": proof.entries,
                "sales": proof.sales,
                "seals": proof.seals,
                "hash": proof.head.hex(),
                "flaw": proof.flaw.value if proof.flaw else None,
                "entry": proof.at or None,
            }
        )
    if proof.flaw is not None:
        speech.complain(
            say("The journal does not hold. First bad entry: {seq}: ", seq=proof.at)
            + flaw(proof.flaw, say)
            + "."
        )
        context.exit(speech.REFUSED)
    if not as_json:
        click.echo(
            say(
                "The journal holds: {entries} entries, {sales} sales, {seals} sealed runs.",
                entries=proof.entries,
                sales=proof.sales,
                seals=proof.seals,
            )
        )


program.add_command(papers.receipt)


def main() -> None:
    """Run `tofan-pos`."""
    speech.run(program, "tofan-pos")


def _folder(context: click.Context, folder: Path | None) -> Path:
    """Return the folder named after the verb, before it, in the environment, or the usual one."""
    return folder or context.obj or read_settings(os.environ).folder


def _desk(context: click.Context, folder: Path | None) -> Desk:
    return app.build_counter(_folder(context, folder))


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


def _print(desk: Desk, seq: int) -> str:
    """Print what waits, this sale's receipt with it; a printer's trouble never touches a sale."""
    if not desk.profile.printer:
        return ""
    try:
        while desk.spool.print_next():
            pass
    except Trouble as trouble:
        speech.complain(sentence(trouble, speech.words()))
    stored = desk.store.sale_at(seq)
    return stored.printed if stored else ""


def _digits(text: str, count: int) -> bool:
    return len(text) == count and text.isascii() and text.isdigit()


if __name__ == "__main__":
    main()
