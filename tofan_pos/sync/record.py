"""What every record of the journal is made of: strict structs, and the values they may hold."""

from typing import Annotated

from msgspec import Meta, Struct

LARGEST = 2**53 - 1

Whole = Annotated[int, Meta(ge=0, le=LARGEST)]
Count = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Epoch = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Signed = Annotated[int, Meta(ge=-LARGEST, le=LARGEST)]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
Name = Annotated[str, Meta(max_length=100)]
"""A text that things are found by at head office: no database's index holds one of any length."""
KeyHex = Digest
"""A public key: 32 bytes in hex."""
SignatureHex = Annotated[str, Meta(pattern=r"^[0-9a-f]{128}\Z")]
InstallId = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
"""128 bits in hex: it is shown, stored and named in files, so it may be nothing else."""
TillCode = Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9]{1,7}\Z")]
Moment = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z")]


class Record(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A strict record; what has its default value is left out, so each value has one spelling."""
