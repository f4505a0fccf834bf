"""What only head office can see: a receipt that was taken back twice, at two offline tills.

One-of-a-kind pieces sold at two tills are not told here: a sale's line does not say of a piece
that it is one of a kind, and head office holds no products to ask.
"""

from tofan_pos.store.office import OfficeStore
from tofan_pos.store.office_returns import Overdrawn


def conflicts(store: OfficeStore) -> tuple[Overdrawn, ...]:
    """Return the sales of which more came back than was bought, over all tills.

    Only sales that have come in are told; what came back of others cannot be held against them.
    """
    return store.overdrawn()
