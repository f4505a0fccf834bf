"""What only head office can see: what offline tills did that cannot both be so.

A receipt that was taken back twice, a one-of-a-kind piece that was sold at two tills, a voucher
that was taken twice. None undoes anything: every sale stands, and so does its makers' share.
"""

from tofan_pos.store.office import OfficeStore
from tofan_pos.store.office_returns import Overdrawn, Oversold, Reused

Conflict = Overdrawn | Oversold | Reused


def conflicts(store: OfficeStore) -> tuple[Conflict, ...]:
    """Return the sales taken back too often, the only pieces sold too often, vouchers taken twice.

    Only sales that have come in are told; what came back of others cannot be held against them.
    """
    return (*store.overdrawn(), *store.oversold(), *store.reused())
