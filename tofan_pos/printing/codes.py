"""Code 128 and QR as plain modules; the libraries that know them load when first needed."""

from functools import lru_cache

from tofan_pos.receipt.paper import Codes


@lru_cache(maxsize=64)
def barcode(data: str) -> str:
    """Return the modules of ASCII text as Code 128, without quiet zones.

    Raises ValueError for anything but printable ASCII.
    """
    if not (data.isascii() and data.isprintable() and data):
        message = "Code 128 holds printable ASCII only"
        raise ValueError(message)
    from barcode.codex import Code128  # noqa: PLC0415 - costly, and not every start prints

    built: list[str] = Code128(data).build()
    return built[0].strip("0")


@lru_cache(maxsize=64)
def qr(data: str) -> tuple[str, ...]:
    """Return the rows of a QR code of error level L or better, without quiet zone.

    Raises ValueError for more than a code can hold.
    """
    import segno  # noqa: PLC0415 - as above

    code = segno.make_qr(data, error="l", boost_error=True)
    return tuple("".join("1" if module else "0" for module in row) for row in code.matrix)


CODES = Codes(barcode=barcode, qr=qr)
