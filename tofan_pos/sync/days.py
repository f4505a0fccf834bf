"""A till session as journal entries hold it: opening, movements, and the signed figures of a Z."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from tofan_pos.domain.count import Count
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.report import (
    Closing,
    DocumentRun,
    Settled,
    Sums,
    Tally,
    TenderTotal,
    TillReport,
    ZReport,
)
from tofan_pos.domain.session import Movement, MovementKind, Session
from tofan_pos.sync.canonical import canonical, read_canonical
from tofan_pos.sync.events import (
    BearerBody,
    CountBody,
    FiguresBody,
    MovementBody,
    PieceBody,
    RunBody,
    SessionClosedBody,
    SessionOpenedBody,
    SettledBody,
    SignedTallyBody,
    SumsBody,
    TallyBody,
)
from tofan_pos.sync.keys import SigningKey, holds
from tofan_pos.sync.kinds import Moved, SessionClosed, SessionOpened
from tofan_pos.sync.sales import read_moment, write_moment
from tofan_pos.sync.square import packed, unpacked

_PURPOSE = b"tofan z report 1\n"
CODE_MARK = "TOFANZ1."
"""What the text of a Z's QR code begins with."""
_LARGEST = 16 * 1024
_FIGURES = msgspec.json.Decoder(FiguresBody)


def count_body(count: Count) -> CountBody:
    """Return what an entry says of counted money."""
    pieces = tuple(PieceBody(piece=piece, count=many) for piece, many in count.pieces)
    return CountBody(loose=count.loose, pieces=pieces)


def count_of(body: CountBody) -> Count:
    """Return the count an entry tells of."""
    return Count(tuple((piece.piece, piece.count) for piece in body.pieces), body.loose)


def opened_body(session: Session, *, approved_by: str) -> SessionOpenedBody:
    """Return what an entry says of an opened session."""
    return SessionOpenedBody(
        business_date=session.business_date.isoformat(),
        by=session.by,
        n=session.n,
        opening=count_body(session.opening),
        approved_by=approved_by,
        drawer=session.drawer,
    )


def session_of(entry: SessionOpened) -> Session:
    """Return the session an entry opened. Raises `ValueError`."""
    body = entry.body
    return Session(
        n=body.n,
        seq=entry.seq,
        business_date=date.fromisoformat(body.business_date),
        opened_at=read_moment(entry.at),
        by=body.by,
        opening=count_of(body.opening),
        drawer=body.drawer,
    )


def movement_body(movement: Movement) -> MovementBody:
    """Return what an entry says of a movement of cash."""
    return MovementBody(
        amount=movement.amount,
        business_date=movement.business_date.isoformat(),
        by=movement.by,
        movement=movement.kind.value,
        n=movement.n,
        number=movement.number,
        reason=movement.reason,
        approved_by=movement.approved_by,
        bag=movement.bag,
        drawer=movement.drawer,
    )


def movement_of(entry: Moved) -> Movement:
    """Return the movement an entry tells of. Raises `ValueError`."""
    body = entry.body
    return Movement(
        kind=MovementKind(body.movement),
        till=entry.till,
        epoch=entry.epoch,
        n=body.n,
        at=read_moment(entry.at),
        business_date=date.fromisoformat(body.business_date),
        amount=body.amount,
        reason=body.reason,
        by=body.by,
        approved_by=body.approved_by,
        bag=body.bag,
        drawer=body.drawer,
    )


def figures_body(report: TillReport, settled: Sequence[Settled]) -> FiguresBody:
    """Return the figures of a session as a Z states them."""
    totals = {total.key: total for total in report.tenders}
    net = report.net
    return FiguresBody(
        anchor=report.anchor,
        business_date=report.business_date.isoformat(),
        by=report.by,
        discounts=tuple(BearerBody(bearer=b, amount=a) for b, a in report.discounts),
        epoch=report.epoch,
        exchanges=_tally_body(report.exchanges),
        first_business_date=report.first_business_date.isoformat(),
        grand_total_before=report.grand_total_before,
        n=report.n,
        net=net.total,
        net_share=net.share,
        net_vat=net.vat,
        no_receipt=_tally_body(report.no_receipt),
        no_sales=report.no_sales,
        opened_at=write_moment(report.opened_at),
        opened_by=report.opened_by,
        opening=report.opening,
        overrides=report.overrides,
        paid_in=_tally_body(report.paid_in),
        paid_out=_tally_body(report.paid_out),
        parked=report.parked,
        pickups=_tally_body(report.pickups),
        price_changes=SignedTallyBody(
            amount=report.price_changes.amount, count=report.price_changes.count
        ),
        refunds=_sums_body(report.refunds),
        reprints=report.reprints,
        runs=tuple(
            RunBody(count=run.count, first=run.first, last=run.last, series=run.series)
            for run in report.runs
        ),
        sales=_sums_body(report.sales),
        seq=report.seq,
        settled=tuple(
            SettledBody(
                counted=one.counted,
                expected=one.expected,
                key=one.key,
                paid_back=totals[one.key].paid_back if one.key in totals else 0,
                taken=totals[one.key].taken if one.key in totals else 0,
                voided=totals[one.key].voided if one.key in totals else 0,
            )
            for one in settled
        ),
        till=report.till,
        voided_baskets=_tally_body(report.voided_baskets),
        voided_lines=_tally_body(report.voided_lines),
        voids=_sums_body(report.voids),
    )


def report_of(figures: FiguresBody, *, at: datetime) -> TillReport:
    """Return the report that a Z's figures state. Raises `ValueError`."""
    return TillReport(
        till=figures.till,
        epoch=figures.epoch,
        n=figures.n,
        opened_at=read_moment(figures.opened_at),
        opened_by=figures.opened_by,
        at=at,
        by=figures.by,
        business_date=date.fromisoformat(figures.business_date),
        first_business_date=date.fromisoformat(figures.first_business_date),
        opening=figures.opening,
        runs=tuple(DocumentRun(r.series, r.count, r.first, r.last) for r in figures.runs),
        sales=_sums_of(figures.sales),
        refunds=_sums_of(figures.refunds),
        voids=_sums_of(figures.voids),
        discounts=tuple((one.bearer, one.amount) for one in figures.discounts),
        price_changes=Tally(figures.price_changes.count, figures.price_changes.amount),
        no_receipt=_tally_of(figures.no_receipt),
        exchanges=_tally_of(figures.exchanges),
        tenders=tuple(TenderTotal(s.key, s.taken, s.paid_back, s.voided) for s in figures.settled),
        paid_in=_tally_of(figures.paid_in),
        paid_out=_tally_of(figures.paid_out),
        pickups=_tally_of(figures.pickups),
        no_sales=figures.no_sales,
        reprints=figures.reprints,
        overrides=figures.overrides,
        voided_lines=_tally_of(figures.voided_lines),
        voided_baskets=_tally_of(figures.voided_baskets),
        parked=figures.parked,
        grand_total_before=figures.grand_total_before,
        seq=figures.seq,
        anchor=figures.anchor,
    )


def closed_body(z: ZReport) -> SessionClosedBody:
    """Return what an entry says of a closed session."""
    closing = z.closing
    return SessionClosedBody(
        cash=count_body(closing.cash),
        figures=figures_body(z.report, z.settled),
        approved_by=z.approved_by,
        bag=closing.bag,
        counted_by=closing.counted_by,
        counts=closing.counts,
        first_cash=count_body(closing.first_cash) if closing.first_cash else None,
        reason=closing.reason,
        seconded=z.seconded,
        signature=z.signature,
    )


def z_of(entry: SessionClosed) -> ZReport:
    """Return the Z report an entry tells of. Raises `ValueError`."""
    body = entry.body
    settled = tuple(Settled(s.key, s.expected, s.counted) for s in body.figures.settled)
    return ZReport(
        report=report_of(body.figures, at=read_moment(entry.at)),
        closing=Closing(
            cash=count_of(body.cash),
            tenders=tuple((one.key, one.counted) for one in settled[1:]),
            first_cash=count_of(body.first_cash) if body.first_cash else None,
            reason=body.reason,
            bag=body.bag,
            counted_by=body.counted_by,
            counts=body.counts,
        ),
        settled=settled,
        approved_by=body.approved_by,
        seconded=body.seconded,
        signature=body.signature,
    )


# --- the signature, and the code that a photograph of the paper can be read from ------------------


def sign_figures(figures: FiguresBody, key: SigningKey) -> str:
    """Return the till's signature over a Z's figures: 64 bytes in hex."""
    return key.sign(_PURPOSE + canonical(figures)).hex()


def figures_hold(figures: FiguresBody, signature: str, public: bytes) -> bool:
    """Tell whether a Z's figures were signed by the owner of a public key."""
    try:
        signed = bytes.fromhex(signature)
    except ValueError:
        return False
    return holds(public, signed, _PURPOSE + canonical(figures))


def code_text(figures: FiguresBody, signature: str) -> str:
    """Return the text of the QR code on a Z: its figures and their signature, packed.

    Letters and digits of base 32 only, which a QR code holds tightly and any keyboard types.
    """
    return packed(CODE_MARK, canonical(figures), bytes.fromhex(signature))


def read_code(text: str) -> tuple[FiguresBody, str]:
    """Return the figures and the signature that a Z's code holds.

    Whose signature it is must be asked of `figures_hold`. Raises `Refusal(ENTRY_MALFORMED)`.
    """
    found = unpacked(CODE_MARK, text, longest=_LARGEST)
    if found is None:
        raise Refusal(Why.ENTRY_MALFORMED)
    content, signature = found
    try:
        return read_canonical(content, _FIGURES), signature.hex()
    except ValueError as error:
        raise Refusal(Why.ENTRY_MALFORMED) from error


def _sums_body(sums: Sums) -> SumsBody:
    return SumsBody(
        count=sums.count, exempt=sums.exempt, share=sums.share, total=sums.total, vat=sums.vat
    )


def _sums_of(body: SumsBody) -> Sums:
    return Sums(body.count, body.total, body.vat, body.share, body.exempt)


def _tally_body(tally: Tally) -> TallyBody:
    return TallyBody(amount=tally.amount, count=tally.count)


def _tally_of(body: TallyBody) -> Tally:
    return Tally(body.count, body.amount)
