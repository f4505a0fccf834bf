"""A till session's figures on paper: X while it runs, Z when it is closed."""

from collections.abc import Iterator, Mapping

from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.numbering import document_number
from tofan_pos.domain.report import TillReport, ZReport
from tofan_pos.domain.till import TillProfile
from tofan_pos.receipt import closing, figures, parts
from tofan_pos.receipt.document import (
    Align,
    Block,
    Document,
    Framed,
    Pair,
    Paragraph,
    Signatures,
    Size,
    Space,
    Square,
)
from tofan_pos.receipt.voice import Voice
from tofan_pos.words import Words

CODE_MM = 46
"""How large a Z's code may be: it is long, and read off a photograph of the paper."""


def till_report(  # noqa: PLR0913 - a paper is all of these at once
    report: TillReport,
    *,
    profile: TillProfile,
    words: Mapping[str, Words],
    z: ZReport | None = None,
    code: str = "",
    tender_names: Mapping[str, Text] = parts.NO_NAMES,
    copy: int = 0,
    training: bool = False,
    blind: bool = False,
) -> Document:
    """Return the paper of a session's figures: an X, or the Z where `z` closed the session.

    `report` is `z.report` for a Z. `code` is the text of the QR code that a photograph of the
    paper is read from; `tender_names` are keyed by the tender types' codes. A `blind` X leaves
    out what would tell what should be in the drawer, for those who are still to count it.
    """
    blind = blind and z is None
    voice = Voice.of(profile, words)
    number = z.number if z is not None else _working_title(report)
    inner = (
        *parts.head(profile, voice, brief=True),
        *_title(report, z, voice, copy=copy),
        *figures.documents(report, voice),
        *figures.trade(report, voice, kind=profile.kind, blind=blind),
        *figures.discounts(report, voice),
        *(figures.untold(voice) if blind else _money(report, voice, names=tender_names)),
        *(closing.settled(z, voice, names=tender_names) if z is not None else ()),
        *figures.happenings(report, voice, blind=blind),
        *(() if blind else figures.grand_totals(report, voice)),
        *_foot(report, z, voice, code=code),
    )
    return parts.bound(number, voice, inner, training=training, narrow=True)


def _money(report: TillReport, voice: Voice, *, names: Mapping[str, Text]) -> Iterator[Block]:
    yield from figures.tenders(report, voice, names=names)
    yield from figures.drawer(report, voice)


def _working_title(report: TillReport) -> str:
    """Return what an X is filed under: it has no number of its own."""
    return document_number(till=report.till, epoch=report.epoch, series="X", n=report.n)


def _title(report: TillReport, z: ZReport | None, voice: Voice, *, copy: int) -> Iterator[Block]:
    if z is not None:
        yield from parts.titled(voice.say("Z report"), size=Size.LARGE)
        number = voice.label("No.") + f" {z.number}"
        yield Paragraph(text=number, bold=True, align=Align.CENTRE)
    else:
        yield from parts.titled(voice.say("X report"), size=Size.LARGE)
        still_open = voice.label("The session is still open")
        yield Paragraph(text=still_open, bold=True, align=Align.CENTRE)
    yield Space(0.5)
    yield from parts.copied(copy, voice)
    if z is None:
        yield Pair(left=voice.label("Session"), right=f"{report.n:,}", size=Size.SMALL)
    yield Pair(left=voice.label("POS ID"), right=report.till, size=Size.SMALL)
    yield from parts.dated(voice.say("Business date"), _days(report, voice))
    yield from parts.dated(voice.say("Session opened"), voice.moments(report.opened_at))
    yield Pair(left=voice.label("Opened by"), right=report.opened_by, size=Size.SMALL)
    ended = voice.say("Session closed") if z is not None else voice.say("Figures as of")
    yield from parts.dated(ended, voice.moments(report.at))
    by = voice.label("Closed by") if z is not None else voice.label("By")
    yield Pair(left=by, right=report.by, size=Size.SMALL)


def _days(report: TillReport, voice: Voice) -> tuple[str, ...]:
    last = voice.dates(report.business_date)
    if report.first_business_date == report.business_date:
        return last
    first = voice.dates(report.first_business_date)
    return tuple(f"{a} – {b}" for a, b in zip(first, last, strict=True))


def _foot(report: TillReport, z: ZReport | None, voice: Voice, *, code: str) -> Iterator[Block]:
    yield from parts.closed_off()
    proof = voice.label("Journal") + f" {report.seq:,} · {report.anchor}"
    yield Paragraph(text=proof, size=Size.SMALL, align=Align.CENTRE)
    if z is None:
        return
    if not z.signature:
        unsigned = voice.say("Not signed: the till's key was missing")
        yield Framed(texts=unsigned)
    yield Space(1)
    yield Signatures(tuple(closing.signers(z, voice)))
    if code:
        yield Space(2)
        yield Square(
            data=code,
            captions=voice.say("A photograph of this code is enough for head office"),
            most_mm=CODE_MM,
        )
