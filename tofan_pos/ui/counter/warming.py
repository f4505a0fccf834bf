"""Loads what is slow to load and not needed for the first scan."""


def warm_up() -> None:
    """Load what breaks Thai lines and draws receipts, before either is first needed."""
    from tofan_pos.printing.compose import compose  # noqa: F401, PLC0415
    from tofan_pos.printing.raster import raster  # noqa: F401, PLC0415
    from tofan_pos.thai.breaks import warm  # noqa: PLC0415

    warm()
