"""What passes between a till and head office, as journal entries hold it."""

from tofan_pos.sync.record import (
    Count,
    Digest,
    Epoch,
    InstallId,
    KeyHex,
    Record,
    SignatureHex,
    Whole,
)


class ExportedBody(Record, frozen=True):
    """A run of entries was sealed into a file: the file's signed header and its signature."""

    header: str
    signature: SignatureHex
    by: str = ""


class LostBody(Record, frozen=True):
    """A run of an epoch that a till wrote, and that its file knows nothing of any more.

    `hash` is its last entry's: by that it can be told whether it came to head office before.
    """

    epoch: Epoch
    first: Whole
    hash: Digest
    last: Whole


class EpochOpenedBody(Record, frozen=True):
    """A new epoch begins with this entry: the till signs with another key from here on.

    `after` epoch's last entry stands right before. `lost` is what this computer remembers that
    the till had written beyond that, newest epoch first: it went with the file it was in.
    """

    after: Count
    install_id: InstallId
    program: str
    public_key: KeyHex
    why: str
    lost: tuple[LostBody, ...] = ()


class KeyRotatedBody(Record, frozen=True):
    """From the next entry on the till signs with another key.

    `signature` is the new key's over the line `tofan key rotation 1`, a line feed, and the
    canonical `{"epoch":…,"old":…,"seq":…,"till":…}` of this entry; the old key signs the file
    that this entry is in.
    """

    by: str
    public_key: KeyHex
    signature: SignatureHex
    approved_by: str = ""


class EnrolledBody(Record, frozen=True):
    """Somebody compared head office's fingerprint and trusts its key from now on."""

    by: str
    office_key: KeyHex
    server: str = ""
    approved_by: str = ""


class SyncPausedBody(Record, frozen=True):
    """Sending by itself was stopped by a person (`paused` 1), or begun again (0)."""

    by: str
    paused: Whole
    approved_by: str = ""


class StoriesGoneBody(Record, frozen=True):
    """Stories left the till, text and picture: the products' codes, and why.

    `why` is `withdrawn` where head office said so, `lease` where nobody renewed them in time.
    """

    codes: tuple[str, ...]
    why: str
