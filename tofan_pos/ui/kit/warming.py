"""Loads what is slow to load and not needed for the first scan."""

import gc

from PySide6.QtWidgets import QWidget

from tofan_pos.ui.kit.text import Wrapped, breaks_are_warm


def warm_up() -> None:
    """Load what breaks Thai lines and draws receipts, before either is first needed."""
    from tofan_pos.printing.compose import compose  # noqa: F401, PLC0415
    from tofan_pos.printing.raster import raster  # noqa: F401, PLC0415
    from tofan_pos.thai.breaks import warm  # noqa: PLC0415

    warm()


def settle(window: QWidget) -> None:
    """Let a window's words be broken as they should be, now that what breaks them is there."""
    breaks_are_warm()
    # What is loaded by now stays: looking through it for rubbish would only halt a scan.
    gc.freeze()
    for words in window.findChildren(Wrapped):
        words.break_anew()
