"""Signed bytes as the text of a QR code: base 32, which a code holds tightly and anybody types."""

import base64
import binascii
import zlib

from tofan_pos.sync.keys import SIGNATURE_BYTES

_LARGEST = 16 * 1024


def packed(mark: str, content: bytes, signature: bytes) -> str:
    """Return the text of a code: its mark, then the signature and the content, packed."""
    whole = signature + zlib.compress(content, 9)
    return mark + base64.b32encode(whole).decode().rstrip("=")


def unpacked(mark: str, text: str, *, longest: int) -> tuple[bytes, bytes] | None:
    """Return content and signature of a code's text; None where it is none, or not whole.

    Of 16 KiB at most: more than any code on paper holds.
    """
    said = "".join(text.upper().split())
    if not (said.isascii() and said.startswith(mark)) or len(said) > longest:
        return None
    said = said.removeprefix(mark)
    unpacking = zlib.decompressobj()
    try:
        whole = base64.b32decode(said + "=" * (-len(said) % 8))
        content = unpacking.decompress(whole[SIGNATURE_BYTES:], _LARGEST)
    except (binascii.Error, ValueError, zlib.error):
        return None
    if not unpacking.eof or unpacking.unused_data:
        return None
    return content, whole[:SIGNATURE_BYTES]
