"""`tofan-pos receipt`: a stored sale's receipt as text, picture, PDF or printer bytes."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tofan_pos.cli.opening import data_option, open_desk
from tofan_pos.cli.speech import FilePath
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.sync.folder import write_durably

if TYPE_CHECKING:
    from tofan_pos.counter.papers import Papers
    from tofan_pos.receipt.document import Document
    from tofan_pos.receipt.paper import Layout

_STDOUT = "-"


@click.command()
@click.argument("number")
@data_option
@click.option("--text", "text", help="Write it as plain text to a file, or - for the screen.")
@click.option("--png", type=FilePath(), help="Write the picture that is printed.")
@click.option("--pdf", type=FilePath(), help="Write a PDF.")
@click.option("--escpos", type=FilePath(), help="Write the printer's bytes.")
@click.option(
    "--paper",
    type=click.Choice(["80", "58", "a4"]),
    help="The paper; the till's own if not given. A4 is for PDF.",
)
@click.pass_context
def receipt(  # noqa: PLR0913, PLR0917 - each is one form of the same paper
    context: click.Context,
    number: str,
    folder: Path | None,
    text: str | None,
    png: Path | None,
    pdf: Path | None,
    escpos: Path | None,
    paper: str | None,
) -> None:
    """Build the receipt of sale or refund NUMBER, or of the `last` sale."""
    from tofan_pos.printing.compose import compose  # noqa: PLC0415 - the window starts without
    from tofan_pos.receipt.paper import A4, paper_of  # noqa: PLC0415 - as above
    from tofan_pos.receipt.text import text as as_text  # noqa: PLC0415 - as above

    desk = open_desk(context, folder)
    document = _document(desk.papers, number)
    roll = paper_of(int(paper)) if paper in {"80", "58"} else paper_of(desk.profile.paper_mm)
    layout = compose(document, roll)
    if png or escpos:
        _draw(layout, png=png, escpos=escpos)
    if pdf:
        from tofan_pos.printing.pdf import pdf as as_pdf  # noqa: PLC0415 - reportlab is slow

        write_durably(pdf, as_pdf(compose(document, A4) if paper == "a4" else layout))
    if text is not None and text != _STDOUT:
        write_durably(Path(text), as_text(layout).encode())
    if text == _STDOUT or not (text or png or pdf or escpos):
        click.echo(as_text(layout), nl=False)


def _document(papers: "Papers", number: str) -> "Document":
    try:
        return papers.receipt(papers.find(number))
    except Refusal as refusal:
        if refusal.why is not Why.NO_SUCH_RECEIPT:
            raise
    return papers.refund(papers.find_refund(number))


def _draw(layout: "Layout", *, png: Path | None, escpos: Path | None) -> None:
    from tofan_pos.printing import raster  # noqa: PLC0415 - Qt is slow to load
    from tofan_pos.printing.escpos import receipt_bytes  # noqa: PLC0415 - as above

    raster.ensure_gui()
    picture = raster.raster(layout)
    if png:
        write_durably(png, raster.png(picture))
    if escpos:
        write_durably(escpos, receipt_bytes(picture))
