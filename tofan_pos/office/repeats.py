"""What a sync file's front tells before the rest has come: whether all that it names is held.

Sticks get lost. Whatever is on one was mostly taken in long ago, and is of no use to a finder who
sends it again: its front is answered, and nobody waits for the rest.
"""

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.store.office import OfficeStore
from tofan_pos.store.office_tills import REVOKED, UNKNOWN
from tofan_pos.sync.keys import fingerprint
from tofan_pos.sync.sealed import Header

_DISTRUSTED = {REVOKED: Why.KEY_REVOKED, UNKNOWN: Why.NOT_ENROLLED}


def repeats(store: OfficeStore, header: Header, public_key: bytes) -> bool:
    """Tell whether a run is held already, by one hash; its header's signature must hold.

    Where a front does not tell, the file itself does: that is no. Raises
    `Refusal(KEY_REVOKED | NOT_ENROLLED)` for keys whose files are not taken in.
    """
    signer, _ = store.whose(public_key, header.till, header.epoch)
    if signer is None:
        return False
    if signer.standing in _DISTRUSTED:
        shown = fingerprint(public_key)
        raise Refusal(_DISTRUSTED[signer.standing], till=header.till, fingerprint=shown)
    if signer.till != header.till or signer.epoch < header.epoch:
        return False
    return holds_all(store, header)


def holds_all(store: OfficeStore, header: Header) -> bool:
    """Tell by one hash whether every entry of a run is held already.

    The last entry's hash covers all before it, so nothing needs to be unpacked.
    """
    for span in store.spans(header.till, header.epoch):
        if span.first <= header.first and header.last <= span.last:
            held = store.hash_at(header.till, header.epoch, header.last)
            return held is not None and held.hex() == header.hash
    return False
