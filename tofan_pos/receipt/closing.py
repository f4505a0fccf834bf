"""What a Z says beyond an X: the count, over and short, why, the bag, and who saw it."""

from collections.abc import Iterator, Mapping

from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.money import shown
from tofan_pos.domain.report import CASH, Settled, ZReport
from tofan_pos.receipt import parts
from tofan_pos.receipt.document import Block, Detail, Heading, Item, Pair, Size, Space
from tofan_pos.receipt.voice import Voice


def settled(z: ZReport, voice: Voice, *, names: Mapping[str, Text]) -> Iterator[Block]:
    """Hold each tender against its count, cash by note and coin."""
    yield Heading(voice.label("Counted"))
    yield Pair(left=voice.label("Counted by"), right=counter(z), size=Size.SMALL)
    for one in z.settled:
        details = [Detail(_expected(one, voice), shown(one.expected))]
        if one.key != CASH:
            details.append(Detail(_verdict(one, voice), _signed(one)))
        elif z.closing.first_cash is not None:
            first = shown(z.closing.first_cash.total)
            counted = voice.label("Counted {n} times, at first", n=z.closing.counts)
            details.append(Detail(counted, first))
        name = parts.tender_name(one.key, voice, names=names)
        yield Item(name=name, amount=shown(one.counted), details=tuple(details))
        if one.key == CASH:
            left, right = _verdict(one, voice), _signed(one)
            yield Pair(left=left, right=right, size=Size.LARGE, bold=True)
            yield Space(0.5)
    if z.closing.reason:
        yield Pair(left=voice.label("Reason"), right=z.closing.reason, size=Size.SMALL)
    yield Heading(voice.label("Cash counted"))
    yield from parts.counted_rows(z.closing.cash, voice)
    yield Pair(left=voice.label("Total"), right=shown(z.closing.cash.total), bold=True)
    if z.closing.bag:
        yield Pair(left=voice.label("Bag no."), right=z.closing.bag, size=Size.SMALL)


def counter(z: ZReport) -> str:
    """Return who counted: who closed, where nobody else is known."""
    return z.closing.counted_by or z.report.by


def _expected(one: Settled, voice: Voice) -> str:
    if one.expected < 0:
        return voice.label("More paid out than there was")
    if one.key == CASH:
        return voice.label("Should be there")
    return voice.label("Slips to count")


def _verdict(one: Settled, voice: Voice) -> str:
    if one.expected < 0 and one.difference:
        # What is there although more went out than came in is no surplus.
        return voice.label("Unexplained")
    if one.difference > 0:
        return voice.label("Over")
    return voice.label("Short") if one.difference else voice.label("Agrees")


def _signed(one: Settled) -> str:
    """Write a difference with its sign, in satang: over is positive."""
    over = one.difference > 0 and one.expected >= 0
    return f"+{shown(one.difference)}" if over else shown(one.difference)


def signers(z: ZReport, voice: Voice) -> Iterator[str]:
    """Yield who signs the paper, with their codes where they are known."""
    yield voice.label("Counted by") + f" {counter(z)}"
    yield (voice.label("Approved by") + f" {z.approved_by}").strip()
    if z.seconded:
        yield voice.label("Seconded by") + f" {z.seconded}"
