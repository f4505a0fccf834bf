"""What a Z says beyond an X: the count, over and short, why, the bag, and who saw it."""

from collections.abc import Iterator, Mapping

from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.money import shown
from tofan_pos.domain.report import CASH, ZReport
from tofan_pos.receipt import parts
from tofan_pos.receipt.document import Block, Detail, Heading, Item, Pair, Size, Space
from tofan_pos.receipt.voice import Voice


def settled(z: ZReport, voice: Voice, *, names: Mapping[str, Text]) -> Iterator[Block]:
    """Hold each tender against its count, cash by note and coin."""
    yield Heading(voice.label("Counted"))
    for one in z.settled:
        details = [Detail(voice.label("Should be there"), shown(one.expected))]
        if one.key != CASH:
            details.append(Detail(_verdict(one.difference, voice), signed(one.difference)))
        elif z.closing.first_cash is not None:
            first = shown(z.closing.first_cash.total)
            details.append(Detail(voice.label("First count"), first))
        name = parts.tender_name(one.key, voice, names=names)
        yield Item(name=name, amount=shown(one.counted), details=tuple(details))
        if one.key == CASH:
            yield Pair(
                left=_verdict(one.difference, voice),
                right=signed(one.difference),
                size=Size.LARGE,
                bold=True,
            )
            yield Space(0.5)
    if z.closing.reason:
        yield Pair(left=voice.label("Reason"), right=z.closing.reason, size=Size.SMALL)
    yield Heading(voice.label("Cash counted"))
    yield from parts.counted_rows(z.closing.cash, voice)
    yield Pair(left=voice.label("Total"), right=shown(z.closing.cash.total), bold=True)
    if z.closing.bag:
        yield Pair(left=voice.label("Bag no."), right=z.closing.bag, size=Size.SMALL)


def _verdict(difference: int, voice: Voice) -> str:
    if difference > 0:
        return voice.label("Over")
    return voice.label("Short") if difference else voice.label("Agrees")


def signed(difference: int) -> str:
    """Write a difference with its sign, in satang: over is positive."""
    return f"+{shown(difference)}" if difference > 0 else shown(difference)


def signers(z: ZReport, voice: Voice) -> Iterator[str]:
    """Yield who signs the paper, with their codes where they are known."""
    yield voice.label("Counted by") + f" {z.report.by}"
    yield (voice.label("Approved by") + f" {z.approved_by}").strip()
    if z.seconded:
        yield voice.label("Seconded by") + f" {z.seconded}"
