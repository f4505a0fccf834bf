"""Which promotions a basket takes: the one choice that costs its customer least.

The rules, which docs/decisions/0009-promotions.md gives the reasons for:

- A line takes one promotion at most, and none beside a discount or a price given by hand.
- A percentage or an amount on a product or a category takes off its lines; an amount comes off
  each piece, never more than the piece costs.
- N for a price takes the pieces of all free lines it is about, mixed, dearest first (of equal ones
  the earlier line's), and makes as many whole sets as save money. The lines those pieces stand on
  have taken it, with all their pieces; the saving is spread over them by what they gave.
- A promotion on the basket takes off what is left, where that reaches its `least` and nobody has
  given a discount on the basket; one at most.
- Of all choices these leave, the one with the least to pay; of equal ones, the first by codes.

Sets are tried in every order, and left out, for the `MOST_SEARCHED` promotions that save most by
themselves; further ones follow in the order of what they save, where that is more than the lines
would save otherwise. Lines may take less so that the basket reaches a `least`: the smallest such
sum is searched for among `MOST_LOOKED_AT` at most.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tofan_pos.domain.catalogue import Product
from tofan_pos.domain.money import allocate
from tofan_pos.domain.promotion import Promoted, Promotion, PromotionKind, Scope

MOST_SEARCHED = 4
MOST_LOOKED_AT = 10_000

_Saving = tuple[int, Promotion]
_Given = Mapping[int, _Saving]
"""What lines have taken, by their places."""
_Steps = tuple[int, int, "_Steps"] | None
"""How a sum was reached: a line's place, which of its options it takes instead, what was before."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line that promotions may be taken on: so many pieces at the catalogue's price."""

    product: Product
    quantity: int

    @property
    def gross(self) -> int:
        """What it costs without promotions, in satang."""
        return self.product.price * self.quantity


@dataclass(frozen=True, slots=True)
class Choice:
    """What the lines take, each in its place, and what the basket takes as a whole."""

    lines: tuple[Promoted | None, ...]
    whole: Promoted | None


@dataclass(frozen=True, slots=True)
class _Sets:
    """N for a price, and the places of the lines it is about, dearest first."""

    promotion: Promotion
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Bill:
    """A whole choice: what is left after the lines' promotions, in satang, and after all."""

    subtotal: int
    given: _Given
    whole: _Saving | None

    @property
    def paid(self) -> int:
        """What the customer pays, in satang."""
        return self.subtotal - (self.whole[0] if self.whole else 0)

    @property
    def codes(self) -> tuple[list[tuple[int, str]], str]:
        """Which promotion each line takes, and the basket."""
        codes = sorted((place, promotion.code) for place, (_, promotion) in self.given.items())
        return codes, self.whole[1].code if self.whole else ""


@dataclass(frozen=True, slots=True)
class _Search:
    """What is chosen from: each line's own options, best first, and promotions on the basket."""

    lines: Sequence[Wanted | None]
    options: Sequence[Sequence[_Saving]]
    wholes: Sequence[Promotion]
    full: int

    def bill(self, given: _Given) -> _Bill:
        """Work out what is paid where the basket takes its best promotion on top of these."""
        subtotal = self.full - _saved(given)
        reached = (p for p in self.wholes if p.least <= subtotal)
        savings = [(p.off(subtotal), p) for p in reached]
        best = max(savings, key=_amount, default=None)
        return _Bill(subtotal, given, best if best and best[0] else None)

    def filled(self, sets: _Given) -> _Given:
        """Return what sets have taken, with its best option on every other line."""
        others = {
            place: options[0]
            for place, options in enumerate(self.options)
            if options and place not in sets
        }
        return {**sets, **others}

    def takings(self, tried: Sequence[_Sets], taken: _Given) -> Iterator[_Given]:
        """Yield what sets may take on top of what is taken: any of them, in any order."""
        yield taken
        for at, sets in enumerate(tried):
            got = self.take(sets, taken)
            if got:
                yield from self.takings((*tried[:at], *tried[at + 1 :]), {**taken, **got})

    def take(self, sets: _Sets, taken: _Given) -> _Given:
        """Return what sets save on the lines that are free still."""
        promotion = sets.promotion
        costs: dict[int, int] = {}
        saved = 0
        for times, parts in self._made(sets, taken):
            over = sum(cost for _, cost in parts) - promotion.value
            if over <= 0:
                break
            saved += times * over
            for place, cost in parts:
                costs[place] = costs.get(place, 0) + times * cost
        spread = allocate(saved, list(costs.values()))
        return {place: (off, promotion) for place, off in zip(costs, spread, strict=True)}

    def _made(self, sets: _Sets, taken: _Given) -> Iterator[tuple[int, list[tuple[int, int]]]]:
        """Yield whole sets, dearest first: how many alike, and what each line gives to one."""
        count = sets.promotion.count
        begun: list[tuple[int, int]] = []
        missing = count
        for place in sets.order:
            line = self.lines[place]
            if line is None or place in taken:
                continue
            price, left = line.product.price, line.quantity
            if begun:
                used = min(left, missing)
                begun.append((place, used * price))
                missing, left = missing - used, left - used
                if missing:
                    continue
                yield 1, begun
                begun, missing = [], count
            whole, left = divmod(left, count)
            if whole:
                yield whole, [(place, count * price)]
            if left:
                begun, missing = [(place, left * price)], count - left


def choose(
    lines: Sequence[Wanted | None], promotions: Sequence[Promotion], *, beside: int, whole: bool
) -> Choice:
    """Return the best choice for lines; None stands for one that takes no promotion.

    `beside` is what such lines come to, in satang; `whole` tells whether the basket may take one.
    """
    ordered = sorted(promotions, key=lambda promotion: promotion.code)
    on_lines = [p for p in ordered if p.scope is not Scope.BASKET]
    alone = [p for p in on_lines if p.kind is not PromotionKind.N_FOR_PRICE]
    search = _Search(
        lines=lines,
        options=[_options(line, alone) for line in lines],
        wholes=[
            p
            for p in ordered
            if whole and p.scope is Scope.BASKET and p.kind is not PromotionKind.N_FOR_PRICE
        ],
        full=beside + sum(line.gross for line in lines if line),
    )
    sets = [_sets(lines, p) for p in on_lines if p.kind is PromotionKind.N_FOR_PRICE]
    best = _reaching(search, _bills(search, sets))
    taken = [best.given.get(place) for place in range(len(lines))]
    return Choice(tuple(map(_promoted, taken)), _promoted(best.whole))


def _options(line: Wanted | None, promotions: Sequence[Promotion]) -> list[_Saving]:
    """Return what a line may take by itself, best first; of equal savings the first by code."""
    if line is None:
        return []
    found: dict[int, Promotion] = {}
    for promotion in promotions:
        if promotion.covers(line.product):
            found.setdefault(promotion.off(line.gross, pieces=line.quantity), promotion)
    return sorted(((saved, p) for saved, p in found.items() if saved), key=_amount, reverse=True)


def _sets(lines: Sequence[Wanted | None], promotion: Promotion) -> _Sets:
    prices = {
        place: line.product.price
        for place, line in enumerate(lines)
        if line and promotion.covers(line.product)
    }
    return _Sets(promotion, tuple(sorted(prices, key=lambda place: -prices[place])))


def _bills(search: _Search, sets: Sequence[_Sets]) -> list[_Bill]:
    """Return a bill for every choice of sets that is tried, each with the best of all else."""
    alone = [(_saved(search.take(one, {})), one) for one in sets]
    useful = [one for saved, one in sorted(alone, key=_amount, reverse=True) if saved]
    tried, further = useful[:MOST_SEARCHED], useful[MOST_SEARCHED:]
    takings = list(search.takings(tried, {}))
    bills = [search.bill(search.filled(taken)) for taken in takings]
    if further:
        _, at = min((bill.paid, at) for at, bill in enumerate(bills))
        taken = takings[at]
        for one in further:
            got = search.take(one, taken)
            if _saved(got) > sum(
                search.options[place][0][0] for place in got if search.options[place]
            ):
                taken = {**taken, **got}
        bills.append(search.bill(search.filled(taken)))
    return bills


def _least(bills: Iterable[_Bill]) -> _Bill:
    """Return the bill with the least to pay, the first by codes of equal ones."""
    bills = list(bills)
    paid = min(bill.paid for bill in bills)
    return min((bill for bill in bills if bill.paid == paid), key=lambda bill: bill.codes)


def _reaching(search: _Search, bills: Sequence[_Bill]) -> _Bill:
    """Return the best bill, lines taking less where the basket reaches more by it."""
    best = _least(bills)
    # What a promotion would leave to pay at the very sum it asks for; no bill with it is lower.
    chances = sorted(
        (whole.least - whole.off(whole.least), at, whole.code, whole.least)
        for at, bill in enumerate(bills)
        for whole in search.wholes
        if bill.subtotal < whole.least <= search.full
    )
    looked_at = 0
    for lowest, at, _, least in chances:
        if lowest >= best.paid or looked_at >= MOST_LOOKED_AT:
            break
        given, looked = _taking_less(search, bills[at], least, MOST_LOOKED_AT - looked_at)
        looked_at += looked
        if given is not None:
            best = min(best, search.bill(given), key=lambda bill: bill.paid)
    return best


def _taking_less(search: _Search, bill: _Bill, least: int, most: int) -> tuple[_Given | None, int]:
    """Return what lines take so that the basket comes to `least`, and as little more as can be.

    Beside it, how many sums were looked at, `most` at the most. Sets are left as they are.
    """
    short = least - bill.subtotal
    gives = {
        place: [options[0][0] - saved for saved, _ in options[1:]] + [options[0][0]]
        for place, options in enumerate(search.options)
        if options and bill.given[place][1].kind is not PromotionKind.N_FOR_PRICE
    }
    cover = sum(given[-1] for given in gives.values())
    if cover < short:
        return None, 0
    chosen: _Steps = None
    for place, given in gives.items():
        chosen = (place, len(given), chosen)
    looked_at = 0
    reached: dict[int, _Steps] = {0: None}
    for place, given in gives.items():
        looked_at += len(reached) * len(given)
        if looked_at > most or cover == short:
            break
        for before, steps in list(reached.items()):
            for step, less in enumerate(given, start=1):
                total = before + less
                if short <= total < cover:
                    cover, chosen = total, (place, step, steps)
                elif total < short:
                    reached.setdefault(total, (place, step, steps))
    return _without(search, bill.given, chosen), min(looked_at, most)


def _without(search: _Search, given: _Given, steps: _Steps) -> _Given:
    left = dict(given)
    while steps is not None:
        place, step, steps = steps
        options = search.options[place]
        if step < len(options):
            left[place] = options[step]
        else:
            del left[place]
    return left


def _saved(given: _Given) -> int:
    return sum(saved for saved, _ in given.values())


def _amount(saving: tuple[int, object]) -> int:
    return saving[0]


def _promoted(saving: _Saving | None) -> Promoted | None:
    if saving is None or not saving[0]:
        return None
    amount, promotion = saving
    return Promoted(
        code=promotion.code, name=promotion.name, bearer=promotion.bearer, amount=amount
    )
