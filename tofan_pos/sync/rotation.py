"""What a new key signs to take an old one's place; the old one signs the file it is told in."""

from tofan_pos.sync.canonical import canonical

_PURPOSE = b"tofan key rotation 1\n"


def rotation(*, till: str, epoch: int, seq: int, old: bytes) -> bytes:
    """Return the bytes that a new key signs to follow the key `old` after the entry `seq`."""
    return _PURPOSE + canonical({"epoch": epoch, "old": old.hex(), "seq": seq, "till": till})
