"""What a till's file holds, as facts: identity, entries, and documents with their papers."""

from dataclasses import dataclass
from typing import Any

from tofan_pos.domain.reversal import Reversal
from tofan_pos.domain.sale import Sale


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who a till is, as its file says: `settings` are the profile's, as JSON-ready values."""

    till: str
    epoch: int
    install_id: str
    public_key: bytes
    key_guarded: bool
    settings: dict[str, Any]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A journal entry as stored. `at` is UTC to the second, as in its line."""

    seq: int
    kind: str
    at: str
    line: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Unsent:
    """What head office has not acknowledged: the last entry it has, and the last there is.

    `count` leaves out entries that only tell of files that were written; `oldest` is the moment of
    the first entry past `acked`, empty where there is none, `acked_at` that of the last word.
    """

    acked: int
    last: int
    count: int
    oldest: str
    acked_at: str


@dataclass(frozen=True, slots=True)
class StoredSale:
    """A sale with its place in the journal and what became of its paper (empty: no printer)."""

    sale: Sale
    seq: int
    hash: bytes
    printed: str
    problem: str


@dataclass(frozen=True, slots=True)
class StoredReversal:
    """A refund or void with its place in the journal and what became of its paper."""

    reversal: Reversal
    seq: int
    hash: bytes
    printed: str
    problem: str


@dataclass(frozen=True, slots=True)
class SearchRow:
    """What a product is found by."""

    code: str
    exact: str
    loose: str
    sort_th: str
