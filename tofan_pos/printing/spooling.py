"""From a document to a printer's paper: composed, drawn, packed, sent."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tofan_pos.receipt.document import Document


def sender(address: str, *, paper_mm: int) -> Callable[[str, "Document"], None]:
    """Return what draws a document and sends it to the printer at an address, as in `devices`.

    The renderers are loaded with the first receipt and not with the window. What it returns
    raises `Trouble` where the printer will not take a receipt.
    """

    def send(number: str, document: "Document") -> None:
        from tofan_pos.printing.compose import compose  # noqa: PLC0415 - see above
        from tofan_pos.printing.devices import open_printer  # noqa: PLC0415
        from tofan_pos.printing.escpos import (  # noqa: PLC0415
            INITIALISE,
            OPEN_DRAWER,
            receipt_bytes,
        )
        from tofan_pos.printing.raster import ensure_gui, raster  # noqa: PLC0415
        from tofan_pos.receipt.paper import paper_of  # noqa: PLC0415

        if not document.blocks:
            # Nothing but the drawer; a second try no longer opens that, so it sends nothing.
            if document.opens_drawer:
                open_printer(address).send(INITIALISE + OPEN_DRAWER, name=number)
            return
        ensure_gui()
        picture = raster(compose(document, paper_of(paper_mm)))
        data = receipt_bytes(picture, drawer=document.opens_drawer)
        open_printer(address).send(data, name=number)

    return send
