"""An enrolment request as the text of a QR code: half as long as its letter, and typed by scanners.

It is the letter itself, packed: who unpacks it has the very bytes that were signed.
"""

import msgspec

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.sync.canonical import canonical
from tofan_pos.sync.enrolment import request_in
from tofan_pos.sync.square import packed, unpacked

MARK = "TOFANQ1."
LONGEST = 1_500
"""So many letters a readable code has at most."""


class _Letter(msgspec.Struct, frozen=True):
    body: msgspec.Raw
    key: str
    signature: str


def request_code(letter: bytes) -> str:
    """Return the text of a request's code: letters and digits of base 32.

    Raises `Refusal(NOT_AN_ENROLMENT)` for what is no request.
    """
    request_in(letter)
    found = msgspec.json.decode(letter, type=_Letter)
    return packed(MARK, bytes(found.body), bytes.fromhex(found.signature))


def is_request_code(text: str) -> bool:
    """Tell whether a scan is a request's code, whole or not."""
    return text.strip().upper().startswith(MARK)


def request_letter(text: str) -> bytes:
    """Return the letter that a code's text holds. Raises `Refusal(NOT_AN_ENROLMENT)`."""
    found = unpacked(MARK, text, longest=LONGEST)
    if found is None:
        raise Refusal(Why.NOT_AN_ENROLMENT, path="")
    body, signature = found
    try:
        key = msgspec.json.decode(body)["public_key"]
        letter = canonical(_Letter(msgspec.Raw(body), key, signature.hex())) + b"\n"
    except (msgspec.MsgspecError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise Refusal(Why.NOT_AN_ENROLMENT, path="") from error
    request_in(letter)
    return letter
