"""Characters as a reader sees them."""

from itertools import pairwise

import pytest

from tofan_pos.thai.clusters import cell_flags, grapheme_flags


def parts(text: str, flags: bytearray) -> list[str]:
    cuts = [index for index, flag in enumerate(flags) if flag]
    return [text[a:b] for a, b in pairwise(cuts)]


@pytest.mark.parametrize(
    "graphemes",
    [
        ["น้ำ", "ใ", "ส"],
        ["ปั่", "น"],
        ["e\u0301", "x"],
        ["👩\u200d👩\u200d👧", "🇹🇭", "🇱🇦", "👍🏽"],
        ["a", "\r\n", "b"],
        ["\u0e48", "ก"],
        ["\n", "\u0e48"],
    ],
)
def test_graphemes(graphemes: list[str]) -> None:
    text = "".join(graphemes)
    assert parts(text, grapheme_flags(text)) == graphemes


@pytest.mark.parametrize(
    "cells",
    [["เก้า", "อี้"], ["จัก", "ร"], ["ศิ", "ลป์"], ["พันธุ์"], ["โต๊ะ"], ["นา", "นาๆ"], ["น้ำ", "ใจ"]],
)
def test_cells(cells: list[str]) -> None:
    text = "".join(cells)
    assert parts(text, cell_flags(text)) == cells
