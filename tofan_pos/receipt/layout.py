"""Lays a document out on a paper; lines are broken here, once, so all renderers show the same."""

from collections.abc import Iterable
from dataclasses import replace

from tofan_pos.receipt import ornament, rows, stories
from tofan_pos.receipt.document import (
    Align,
    Band,
    Barcode,
    Block,
    Document,
    Framed,
    Heading,
    Item,
    Pair,
    Paragraph,
    Rule,
    Signatures,
    Size,
    Space,
    Square,
    Stamp,
    Stories,
    Tallied,
)
from tofan_pos.receipt.paper import A4, DOTS_PER_MM, SHEET, Bar, Codes, Layout, Measure, Paper, Row

BARCODE_HEIGHT = 9 * DOTS_PER_MM
FRAME_PADDING = 6
INSET = 12
"""Dots between a frame's outside and its text."""

ROOM_TO_SIGN = 11 * DOTS_PER_MM
LEAST_TO_SIGN, MOST_TO_SIGN = 30 * DOTS_PER_MM, 60 * DOTS_PER_MM
GUTTER = 5 * DOTS_PER_MM
"""How high and wide a place to sign is, and what is between two of them."""


def lay_out(document: Document, paper: Paper, measure: Measure, *, codes: Codes) -> Layout:
    """Return a document laid out on a paper, its rows stacked from the top without overlap.

    A narrow document on A4 is laid out on `SHEET`.
    """
    if document.narrow and paper is A4:
        paper = SHEET
    desk = rows.Desk(paper=paper, measure=measure, codes=codes)
    stacked: list[Row] = []
    top = 0
    for block in document.blocks:
        for row in _rows(block, desk):
            stacked.append(replace(row, top=top))
            top += row.height
    return Layout(title=document.title, paper=paper, height=top, rows=tuple(stacked))


def _rows(block: Block, desk: rows.Desk) -> Iterable[Row]:  # noqa: C901, PLR0911, PLR0912 - an arm each
    match block:
        case Paragraph():
            return rows.paragraph(block, desk)
        case Pair():
            return rows.pair(block, desk)
        case Item():
            return rows.item(block, desk)
        case Tallied():
            return rows.tallied(block, desk)
        case Heading(heading):
            return _heading(heading, desk)
        case Rule(strong):
            return (ornament.rule(desk.paper.width, strong=strong),)
        case Band():
            return (ornament.band(desk.paper.width),)
        case Space(mm):
            return (Row(height=round(mm * DOTS_PER_MM)),)
        case Framed():
            return _framed(block, desk)
        case Barcode(data):
            return _barcode(data, desk)
        case Square():
            return _square(block, desk)
        case Signatures(captions):
            return _signatures(captions, desk)
        case Stamp(caption, mm):
            return _stamp(caption, mm, desk)
        case Stories():
            return stories.stories(block, desk)


def _heading(heading: str, desk: rows.Desk) -> list[Row]:
    above, below = Row(height=DOTS_PER_MM), Row(height=DOTS_PER_MM // 2)
    line = ornament.rule(desk.paper.width, strong=False)
    text = rows.paragraph(Paragraph(text=heading, bold=True), desk)
    return [replace(row, kept=True) for row in (above, line, below, *text)]


def _framed(block: Framed, desk: rows.Desk) -> list[Row]:
    width, thin = desk.paper.width, ornament.THIN
    texts = [
        Paragraph(text=text, size=block.size, bold=True, align=Align.CENTRE) for text in block.texts
    ]
    texts += [Paragraph(text=note, size=Size.SMALL, align=Align.CENTRE) for note in block.notes]
    pad = Row(height=FRAME_PADDING)
    inner = [pad]
    for text in texts:
        inner += rows.paragraph(text, desk, left=INSET, width=width - 2 * INSET)
    inner.append(pad)
    edge = Row(height=thin, bars=(Bar(0, 0, width, thin),))
    sides = [
        replace(row, bars=(Bar(0, 0, thin, row.height), Bar(width - thin, 0, thin, row.height)))
        for row in inner
    ]
    return rows.together([edge, *sides, edge])


def _stamp(caption: str, mm: float, desk: rows.Desk) -> list[Row]:
    marks = ornament.stamp_marks(desk.paper.width, round(mm * DOTS_PER_MM))
    text = Paragraph(text=caption, size=Size.SMALL, align=Align.CENTRE)
    return rows.together([marks, *rows.paragraph(text, desk)])


def _barcode(data: str, desk: rows.Desk) -> list[Row]:
    width = desk.paper.width
    row = ornament.barcode(desk.codes.barcode(data), width=width, height=BARCODE_HEIGHT)
    code = row or ornament.square(desk.codes.qr(data), width=width)
    caption = Paragraph(text=data, size=Size.SMALL, align=Align.CENTRE)
    return rows.together([code, Row(height=FRAME_PADDING), *rows.paragraph(caption, desk)])


def _square(block: Square, desk: rows.Desk) -> list[Row]:
    try:
        code = desk.codes.qr(block.data)
    except ValueError:
        return []
    # Half of the white beside it is the roll's own, which no printer reaches.
    width, around = desk.paper.width, ornament.QUIET_MODULES
    most = min(round(block.most_mm * DOTS_PER_MM), width * len(code) // (len(code) + around))
    side = ornament.module(code, most=most)
    if side * (len(code) + around) > width:
        return []
    quiet = Row(height=side * ornament.QUIET_MODULES)
    below = [
        row
        for text in block.captions
        for row in rows.paragraph(Paragraph(text=text, size=Size.SMALL, align=Align.CENTRE), desk)
    ]
    return rows.together([quiet, ornament.square(code, width=width, most=most), quiet, *below])


def _signatures(captions: tuple[str, ...], desk: rows.Desk) -> list[Row]:
    """Return room to sign over each caption, as many abreast as there is room for."""
    width = desk.paper.width
    abreast = max(1, min(len(captions), (width + GUTTER) // (LEAST_TO_SIGN + GUTTER)))
    each = min(MOST_TO_SIGN, (width - (abreast - 1) * GUTTER) // abreast)
    left = (width - abreast * each - (abreast - 1) * GUTTER) // 2
    found: list[Row] = []
    for start in range(0, len(captions), abreast):
        signers = captions[start : start + abreast]
        columns = [left + at * (each + GUTTER) for at in range(len(signers))]
        lines = tuple(Bar(x, ROOM_TO_SIGN - ornament.THIN, each, ornament.THIN) for x in columns)
        texts = [
            rows.paragraph(
                Paragraph(text=text, size=Size.SMALL, align=Align.CENTRE), desk, left=x, width=each
            )
            for text, x in zip(signers, columns, strict=True)
        ]
        found += rows.together([Row(height=ROOM_TO_SIGN, bars=lines), *rows.abreast(texts)])
    return found
