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
MOST_LOOKED_AT = 2_000

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
    """What sets have taken, and with the best of all else on top what is left, in satang."""

    subtotal: int
    sets: _Given
    whole: _Saving | None

    @property
    def paid(self) -> int:
        """What the customer pays, in satang."""
        return self.subtotal - (self.whole[0] if self.whole else 0)


@dataclass(frozen=True, slots=True)
class _Search:
    """What is chosen from: each line's own options, best first, and promotions on the basket.

    `full` is what all would come to without any of them, in satang.
    """

    lines: Sequence[Wanted | None]
    options: Sequence[Sequence[_Saving]]
    wholes: Sequence[Promotion]
    full: int

    def alone(self, place: int) -> int:
        """Return what a line saves at most by itself, in satang."""
        options = self.options[place]
        return options[0][0] if options else 0

    def whole(self, subtotal: int) -> _Saving | None:
        """Return what the basket takes off such a sum; of equal ones the first by code."""
        savings = [(p.off(subtotal), p) for p in self.wholes if p.least <= subtotal]
        best = max(savings, key=_amount, default=None)
        return best if best and best[0] else None

    def filled(self, sets: _Given) -> _Given:
        """Return what sets have taken, with its best option on every other line."""
        others = {
            place: options[0]
            for place, options in enumerate(self.options)
            if options and place not in sets
        }
        return {**others, **sets}

    def takings(
        self, tried: Sequence[_Sets], taken: _Given, seen: set[frozenset[tuple[int, str]]]
    ) -> Iterator[_Given]:
        """Yield what sets may take on top of what is taken: any of them, in any order, once."""
        key = frozenset((place, promotion.code) for place, (_, promotion) in taken.items())
        if key in seen:
            return
        seen.add(key)
        yield taken
        for at, sets in enumerate(tried):
            got = self.take(sets, taken)
            if got:
                others = (*tried[:at], *tried[at + 1 :])
                yield from self.takings(others, {**taken, **got}, seen)

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
    ordered = sorted(promotions, key=_code)
    alone = [p for p in ordered if p.kind is not PromotionKind.N_FOR_PRICE]
    search = _Search(
        lines=lines,
        options=_options(lines, alone),
        wholes=[p for p in alone if whole and p.scope is Scope.BASKET],
        full=beside + sum(line.gross for line in lines if line),
    )
    sets = _sets(lines, [p for p in ordered if p.kind is PromotionKind.N_FOR_PRICE])
    given, reached = _reaching(search, _bills(search, sets))
    taken = (given.get(place) for place in range(len(lines)))
    return Choice(tuple(map(_promoted, taken)), _promoted(reached))


def _options(
    lines: Sequence[Wanted | None], promotions: Sequence[Promotion]
) -> list[Sequence[_Saving]]:
    """Return what lines may take by themselves, best first; of equal savings the first by code."""
    on_product, on_category = _by_about(promotions)
    options: list[Sequence[_Saving]] = []
    for line in lines:
        found: dict[int, Promotion] = {}
        if line is not None:
            product, gross = line.product, line.gross
            about = (*on_product.get(product.code, ()), *on_category.get(product.category.th, ()))
            for promotion in sorted(about, key=_code) if len(about) > 1 else about:
                found.setdefault(promotion.off(gross, pieces=line.quantity), promotion)
            found.pop(0, None)
        options.append(sorted(found.items(), key=_amount, reverse=True) if found else ())
    return options


def _sets(lines: Sequence[Wanted | None], promotions: Sequence[Promotion]) -> list[_Sets]:
    """Return the sets that lines have pieces for."""
    on_product, on_category = _by_about(promotions)
    prices = {place: line.product.price for place, line in enumerate(lines) if line}
    orders: dict[str, list[int]] = {}
    for place in sorted(prices, key=prices.__getitem__, reverse=True):
        line = lines[place]
        if line is not None:
            about = (line.product.code, on_product), (line.product.category.th, on_category)
            for named, found in about:
                for promotion in found.get(named, ()):
                    orders.setdefault(promotion.code, []).append(place)
    return [_Sets(p, tuple(orders[p.code])) for p in promotions if p.code in orders]


def _by_about(
    promotions: Iterable[Promotion],
) -> tuple[dict[str, list[Promotion]], dict[str, list[Promotion]]]:
    """Return promotions on products by their codes, and those on categories by their names."""
    found: dict[Scope, dict[str, list[Promotion]]] = {scope: {} for scope in Scope}
    for promotion in promotions:
        found[promotion.scope].setdefault(promotion.about, []).append(promotion)
    return found[Scope.PRODUCT], found[Scope.CATEGORY]


def _bills(search: _Search, sets: Sequence[_Sets]) -> list[_Bill]:
    """Return a bill for every choice of sets that is tried, each with the best of all else."""
    savings = [(_saved(search.take(one, {})), one) for one in sets]
    useful = [one for saved, one in sorted(savings, key=_amount, reverse=True) if saved]
    tried, further = useful[:MOST_SEARCHED], useful[MOST_SEARCHED:]
    without = sum(search.alone(place) for place in range(len(search.lines)))

    def bill(taken: _Given) -> _Bill:
        kept = without - sum(search.alone(place) for place in taken)
        subtotal = search.full - kept - _saved(taken)
        return _Bill(subtotal, taken, search.whole(subtotal))

    bills = [bill(taken) for taken in search.takings(tried, {}, set())]
    if further:
        taken = min(bills, key=_paid).sets
        for one in further:
            got = search.take(one, taken)
            if _saved(got) > sum(search.alone(place) for place in got):
                taken = {**taken, **got}
        bills.append(bill(taken))
    return bills


def _reaching(search: _Search, bills: Sequence[_Bill]) -> tuple[_Given, _Saving | None]:
    """Return what lines and basket take, lines taking less where the basket gains more by it."""
    paid = min(bill.paid for bill in bills)
    best = min(
        ((search.filled(bill.sets), bill.whole) for bill in bills if bill.paid == paid), key=_codes
    )
    # What a promotion would leave to pay at the very sum it asks for; no bill with it is lower.
    chances = sorted(
        (whole.least - whole.off(whole.least), at, whole.least)
        for whole in search.wholes
        for at, bill in enumerate(bills)
        if bill.subtotal < whole.least <= search.full
    )
    looked_at = 0
    for lowest, at, least in chances:
        if lowest >= paid or looked_at >= MOST_LOOKED_AT:
            break
        given, looked = _taking_less(search, bills[at], least, MOST_LOOKED_AT - looked_at)
        looked_at += looked
        if given is not None:
            subtotal = search.full - _saved(given)
            whole = search.whole(subtotal)
            left = subtotal - (whole[0] if whole else 0)
            if left < paid:
                paid, best = left, (given, whole)
    return best


def _taking_less(search: _Search, bill: _Bill, least: int, most: int) -> tuple[_Given | None, int]:
    """Return what lines take so that the basket comes to `least`, and as little more as can be.

    Beside it, how many sums were looked at, `most` at the most. Sets are left as they are.
    """
    short = least - bill.subtotal
    gives = {
        place: [options[0][0] - saved for saved, _ in options[1:]] + [options[0][0]]
        for place, options in enumerate(search.options)
        if options and place not in bill.sets
    }
    cover = sum(given[-1] for given in gives.values())
    looked_at = len(search.lines)
    if cover < short:
        return None, looked_at
    chosen: _Steps = None
    for place, given in gives.items():
        chosen = (place, len(given), chosen)
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
    return _without(search, search.filled(bill.sets), chosen), looked_at


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


def _code(promotion: Promotion) -> str:
    return promotion.code


def _paid(bill: _Bill) -> int:
    return bill.paid


def _codes(choice: tuple[_Given, _Saving | None]) -> tuple[list[tuple[int, str]], str]:
    """Return which promotions lines and basket take: of equal choices, the first is taken."""
    given, whole = choice
    codes = sorted((place, promotion.code) for place, (_, promotion) in given.items())
    return codes, whole[1].code if whole else ""


def _promoted(saving: _Saving | None) -> Promoted | None:
    if saving is None or not saving[0]:
        return None
    amount, promotion = saving
    return Promoted(
        code=promotion.code, name=promotion.name, bearer=promotion.bearer, amount=amount
    )
