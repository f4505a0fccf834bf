"""The lobby: everybody at the receiver's door, from the moment a connection is accepted.

Over TLS the server itself hears of a connection only once hands were shaken, which a silent one
never does. Where there is no room left, whoever says nothing makes some for whoever comes: silence
costs nothing, and must not keep out a till that stands behind the same address.
"""

import errno
import os
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Protocol

from tofan_pos.office.limits import neighbourhood

BACKLOG = 256
"""How many may wait to be accepted, and are in one go."""


class Claim(IntEnum):
    """What a connection may be shown out for, the least reason to stay first."""

    SILENT = 0
    """No whole head of a request ever came."""
    IDLE = 1
    """It was answered, and has asked for nothing else."""
    SERVED = 2
    """What it asked for is being read, worked on or sent: it stays."""


class Peer(Protocol):
    """A connection's socket, as far as it matters here."""

    def fileno(self) -> int:
        """Return its number, less than nought once it is closed."""

    def shutdown(self, how: int, /) -> None:
        """Let it end: whoever reads from it is told so."""


@dataclass(slots=True, eq=False)
class Guest:
    """A connection that was let in; `home` is what its address counts as."""

    peer: Peer
    home: str
    claim: Callable[[], Claim] = lambda: Claim.SILENT
    shown_out: bool = False


class Lobby:
    """So many connections at once, and of each address so many."""

    def __init__(self, *, most: int, each: int) -> None:
        self._most, self._each = most, each
        # By the socket's number, in the order they came.
        self._guests: dict[int, Guest] = {}

    def enter(self, peer: Peer, address: str) -> bool:
        """Let a connection in; tell whether there was room, or somebody who made some."""
        self._guests = {
            number: guest for number, guest in self._guests.items() if guest.peer.fileno() == number
        }
        home = neighbourhood(address)
        staying = [guest for guest in self._guests.values() if not guest.shown_out]
        here = [guest for guest in staying if guest.home == home]
        if len(here) >= self._each:
            room = _show_out(here)
        elif len(staying) >= self._most:
            room = _show_out(staying)
        else:
            room = True
        if room:
            # A number may come again, whose guest has just left.
            self._guests.pop(peer.fileno(), None)
            self._guests[peer.fileno()] = Guest(peer, home)
        return room

    def guest(self, peer: Peer) -> Guest | None:
        """Return the guest whose connection this is; None where it was never counted."""
        return self._guests.get(peer.fileno())


class Door(socket.socket):
    """Listens; who finds no room in the lobby is hung up on before anything is done for them."""

    lobby: Lobby

    def accept(self) -> tuple[socket.socket, Any]:
        """Accept the next connection there is room for."""
        for _ in range(BACKLOG):
            peer, address = super().accept()
            if self.lobby.enter(peer, str(address[0])):
                return peer, address
            peer.close()
        # The rest may wait: others have something to say.
        raise BlockingIOError


def doors(host: str, port: int, lobby: Lobby) -> list[Door]:
    """Listen at every address of a host. Raises `OSError` where nobody can."""
    kinds = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    made: list[Door] = []
    try:
        for family, kind, protocol, _, address in dict.fromkeys(kinds):
            try:
                door = Door(family, kind, protocol)
            except OSError:
                # A kind of address that this machine has none of.
                continue
            made.append(door)
            door.lobby = lobby
            if os.name == "posix":
                door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                door.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            door.bind(address)
            door.listen(BACKLOG)
    except OSError:
        for door in made:
            door.close()
        raise
    if not made:
        raise OSError(errno.EADDRNOTAVAIL, host)
    return made


def _show_out(crowd: Iterable[Guest]) -> bool:
    """Show out whoever has the least claim to stay, the oldest first; tell whether anybody went."""
    guest = min(crowd, key=lambda one: one.claim())
    if guest.claim() is Claim.SERVED:
        return False
    guest.shown_out = True
    with suppress(OSError):
        # Not closed: the server reads that it has ended, at whatever point it is, and does so.
        guest.peer.shutdown(socket.SHUT_RDWR)
    return True
