"""Hides the Thai (Kedmanee, TIS 820) keyboard: what a scanner meant while it was switched on.

A keyboard-wedge scanner presses US keys. Under the Thai layout the same keys give Thai characters,
and some of them are punctuation of both layouts, so only a whole scan can be read back.
"""

import unicodedata
from typing import Final

# The keys of a US keyboard, row by row, and what Kedmanee types with the same keys.
_US: Final = "`1234567890-=" + "qwertyuiop[]" + "asdfghjkl;'\\" + "zxcvbnm,./"
_US_SHIFT: Final = "~!@#$%^&*()_+" + "QWERTYUIOP{}" + 'ASDFGHJKL:"|' + "ZXCVBNM<>?"
_THAI: Final = "_ๅ/-ภถุึคตจขช" + "ๆไำพะัีรนยบล" + "ฟหกดเ้่าสวงฃ" + "ผปแอิืทมใฝ"
_THAI_SHIFT: Final = "%+๑๒๓๔ู฿๕๖๗๘๙" + '๐"ฎฑธํ๊ณฯญฐ,' + "ฤฆฏโฌ็๋ษศซ.ฅ" + "()ฉฮฺ์?ฒฬฦ"

_TO_US: Final = str.maketrans(_THAI + _THAI_SHIFT, _US + _US_SHIFT)
_SWAP_SHIFT: Final = str.maketrans(_US + _US_SHIFT, _US_SHIFT + _US)

# An input method or a paste may hand over ำ as the two characters it is made of.
_SPLIT_AM: Final = "\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}"
_AM: Final = "\N{THAI CHARACTER SARA AM}"


def decode(text: str) -> str:
    """Return the US keys that type ``text`` under the Thai layout, character by character.

    Characters the layout cannot type are kept; no normalising, since the order of marks is the
    order of keys. Meaningful for whole scans only: ``-`` and ``/`` belong to both layouts.

    >>> decode("คคถจๅ/-ภถุึคต")
    '8850123456789'
    """
    return text.translate(_TO_US)


def decodings(text: str) -> tuple[str, ...]:
    """Return the readings of one whole scan, the most trusted first, without repeats.

    First the text as it came (without control and zero-width characters and outer spaces), then
    as typed under the Thai layout, then both with the shift state turned round for a CapsLock left
    on. The caller accepts the first that the catalogue or a check digit confirms. Empty for
    nothing but blanks.

    A text with Latin letters or digits and no Thai is not read as Thai: that layout types
    neither, and reading ``12-4`` as ``1234`` would sell the wrong thing.
    """
    raw = "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf"}).strip()
    if not raw:
        return ()
    readings = [raw]
    has_thai = any("\u0e00" < c < "\u0e7f" for c in raw)
    if has_thai or not any(c.isascii() and c.isalnum() for c in raw):
        readings.append(decode(raw))
        readings.append(decode(raw.replace(_SPLIT_AM, _AM)))
        if has_thai:
            readings.append(decode(raw).translate(_SWAP_SHIFT))
    else:
        # Under the US layout CapsLock turns letters only.
        readings.append(raw.swapcase())
    return tuple(dict.fromkeys(readings))
