"""The makers' share: exact for the document, and shared out over its lines to the satang."""

from collections.abc import Sequence

from tofan_pos.domain.catalogue import SharePolicy
from tofan_pos.domain.money import allocate, round_half_up

WHOLE_BP = 10_000


def shares(bases: Sequence[int], policy: SharePolicy) -> tuple[int, ...]:
    """Return each line's share, in satang, of its basis (what was paid for it, without VAT).

    The document's share is rounded once, half up; the lines' shares sum to it exactly, each less
    than a satang from its part of it. Rounding every line by itself would let a long
    receipt drift away from the 70 % it states.
    """
    return allocate(round_half_up(sum(bases) * policy.rate_bp, WHOLE_BP), bases)
