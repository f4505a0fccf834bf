"""The rooms of head office, in the order they stand on the rail: the one place to add another."""

from collections.abc import Callable
from dataclasses import dataclass

from tofan_pos.sentences.marking import N_
from tofan_pos.ui.office.inbox import InboxRoom
from tofan_pos.ui.office.room import Room, Seat
from tofan_pos.ui.office.tills_room import TillsRoom


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomKind:
    """A room as the rail knows it: its word, its icon, and how it is made on first need."""

    code: str
    name: str
    icon: str
    make: Callable[[Seat], Room]


ROOMS: tuple[RoomKind, ...] = (
    RoomKind(code="inbox", name=N_("Inbox"), icon="inbox", make=InboxRoom),
    RoomKind(code="tills", name=N_("Tills"), icon="till", make=TillsRoom),
)
