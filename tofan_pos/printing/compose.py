"""Lays a document out with the faces and codes that the printing floor has."""

from tofan_pos.printing.codes import CODES
from tofan_pos.printing.fonts import measure
from tofan_pos.receipt.document import Document
from tofan_pos.receipt.layout import lay_out
from tofan_pos.receipt.paper import Layout, Paper
from tofan_pos.thai import breaks


def compose(document: Document, paper: Paper) -> Layout:
    """Return the document laid out on the paper, in Sarabun, ready for any renderer."""
    return lay_out(document, paper, measure, codes=CODES)


def warm() -> None:
    """Load what the first receipt would wait for: faces, words and codes; for a worker's thread."""
    breaks.warm()
    for bold in (False, True):
        measure("ทอฝัน", 24, bold)
    CODES.barcode("A")
    CODES.qr("A")
