"""The slips of a till session: what went through its drawer without a sale, and its opening."""

from collections.abc import Iterator, Mapping

from tofan_pos.domain.money import baht
from tofan_pos.domain.numbering import document_number
from tofan_pos.domain.session import Movement, MovementKind, Session
from tofan_pos.domain.till import TillProfile
from tofan_pos.receipt import parts
from tofan_pos.receipt.document import (
    Align,
    Barcode,
    Block,
    Document,
    Pair,
    Paragraph,
    Signatures,
    Size,
    Space,
)
from tofan_pos.receipt.voice import Voice
from tofan_pos.words import Words


def movement(  # noqa: PLR0913 - a paper is all of these at once
    moved: Movement,
    *,
    profile: TillProfile,
    words: Mapping[str, Words],
    anchor: str,
    copy: int = 0,
    training: bool = False,
) -> Document:
    """Return the slip of cash in or out of the drawer, or of a change of drawer.

    `anchor` and `copy` are as on a receipt; who did it and who approved it stand by their codes.
    """
    voice = Voice.of(profile, words)
    inner: tuple[Block, ...] = (
        *parts.head(profile, voice, brief=True),
        *parts.titled(_title(moved.kind, voice), size=Size.LARGE),
        *parts.copied(copy, voice),
        *parts.numbered(moved.number, moved.at, moved.till, voice),
        *parts.dated(voice.say("Business date"), voice.dates(moved.business_date)),
        *parts.closed_off(),
        *_amount(moved, voice),
        *parts.closed_off(),
        *_particulars(moved, voice),
        Space(2),
        Signatures((voice.label("Handed over by"), voice.label("Received by"))),
        Space(2),
        Barcode(moved.number),
        _proof(anchor, voice),
    )
    return parts.bound(moved.number, voice, inner, training=training, narrow=True)


def opening(  # noqa: PLR0913 - as above
    session: Session,
    *,
    profile: TillProfile,
    words: Mapping[str, Words],
    anchor: str,
    approved_by: str = "",
    copy: int = 0,
    training: bool = False,
) -> Document:
    """Return the slip of a session's opening: its float, counted by note and coin."""
    voice = Voice.of(profile, words)
    number = document_number(till=profile.till, epoch=profile.epoch, series="S", n=session.n)
    inner: tuple[Block, ...] = (
        *parts.head(profile, voice, brief=True),
        *parts.titled(voice.say("Session opened"), size=Size.LARGE),
        *parts.copied(copy, voice),
        Pair(left=voice.label("Session"), right=f"{session.n:,}", size=Size.SMALL),
        *parts.dated(voice.say("Date"), voice.moments(session.opened_at)),
        Pair(left=voice.label("POS ID"), right=profile.till, size=Size.SMALL),
        *parts.dated(voice.say("Business date"), voice.dates(session.business_date)),
        *_drawer(session.drawer, voice),
        *parts.closed_off(),
        *parts.counted_rows(session.opening, voice),
        *(parts.closed_off() if session.opening.pieces else ()),
        Pair(
            left=voice.label("Opening float"),
            right=baht(session.opening.total),
            size=Size.HUGE,
            bold=True,
        ),
        *parts.closed_off(),
        *parts.people_pairs(session.by, approved_by, voice),
        Space(2),
        Signatures((voice.label("Counted by"), voice.label("Approved by"))),
        Space(2),
        _proof(anchor, voice),
    )
    return parts.bound(number, voice, inner, training=training, narrow=True)


def _title(kind: MovementKind, voice: Voice) -> tuple[str, ...]:
    match kind:
        case MovementKind.PAID_IN:
            return voice.say("Cash paid in")
        case MovementKind.PAID_OUT:
            return voice.say("Cash paid out")
        case MovementKind.PICKUP:
            return voice.say("Cash to the safe")
        case MovementKind.CHANGE_DRAWER:
            return voice.say("Change of drawer")


def _amount(moved: Movement, voice: Voice) -> Iterator[Block]:
    amount = baht(moved.amount)
    yield Paragraph(text=amount, size=Size.HUGE, bold=True, align=Align.CENTRE)
    if moved.kind is MovementKind.CHANGE_DRAWER:
        label = voice.label("In the new drawer")
        yield Paragraph(text=label, size=Size.SMALL, align=Align.CENTRE)


def _particulars(moved: Movement, voice: Voice) -> Iterator[Block]:
    if moved.reason:
        yield Pair(left=voice.label("Reason"), right=moved.reason, size=Size.SMALL)
    if moved.bag:
        yield Pair(left=voice.label("Bag no."), right=moved.bag, size=Size.SMALL)
    yield from _drawer(moved.drawer, voice)
    yield from parts.people_pairs(moved.by, moved.approved_by, voice)


def _drawer(name: str, voice: Voice) -> Iterator[Block]:
    if name:
        yield Pair(left=voice.label("Drawer"), right=name, size=Size.SMALL)


def _proof(anchor: str, voice: Voice) -> Paragraph:
    text = voice.label("Journal") + f" {anchor}"
    return Paragraph(text=text, size=Size.SMALL, align=Align.CENTRE)
