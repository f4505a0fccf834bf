"""Hides how an amount of money is read aloud in Thai (บาทถ้วน).

Our own, because the library at hand reads 0.25 as ศูนย์บาทยี่สิบห้าสตางค์ and takes floats.
"""

from typing import Final

_DIGITS: Final = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_PLACES: Final = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
_MILLION: Final = 1_000_000
_SATANG_PER_BAHT: Final = 100


def baht_text(satang: int) -> str:
    """Return the amount in words, e.g. 2125 → ยี่สิบเอ็ดบาทยี่สิบห้าสตางค์.

    ``satang`` is a whole number of satang, of any size. Whole baht end in ถ้วน; amounts below one
    baht name the satang alone; zero is ศูนย์บาทถ้วน. A final one after anything higher is เอ็ด, as
    the Royal Institute reads it, also across millions (1,000,001 is หนึ่งล้านเอ็ด).
    Raises ValueError when negative: a document says in its own words that money goes back.
    """
    if satang < 0:
        raise ValueError("an amount in words cannot be negative")
    baht, rest = divmod(satang, _SATANG_PER_BAHT)
    if not rest:
        return f"{_number(baht) or 'ศูนย์'}บาทถ้วน"
    return f"{_number(baht)}บาท{_number(rest)}สตางค์" if baht else f"{_number(rest)}สตางค์"


def _number(value: int) -> str:
    """Return a number in words, "" for zero; ล้าน is said once for each power of a million."""
    groups: list[int] = []
    while value:
        value, group = divmod(value, _MILLION)
        groups.append(group)
    said = ""
    for group in reversed(groups):
        said = (said and f"{said}ล้าน") + _below_million(group, after_higher=bool(said))
    return said


def _below_million(value: int, *, after_higher: bool) -> str:
    said = ""
    for place in range(len(_PLACES) - 1, -1, -1):
        digit = value // 10**place % 10
        if not digit:
            continue
        if place == 0 and digit == 1 and (said or after_higher):
            said += "เอ็ด"
        elif place == 1 and digit <= 2:
            said += ("สิบ", "ยี่สิบ")[digit - 1]
        else:
            said += _DIGITS[digit] + _PLACES[place]
    return said
