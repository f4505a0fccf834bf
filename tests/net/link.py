"""A link between tills and head office that fails as links do: a TCP proxy on loopback."""

import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Self

from tests.net.answering import PATIENCE, Doorway

PACE = 0.02
"""Seconds between two bytes of a trickle, and how long a delay is."""


class Kind(Enum):
    """What a link can do to a connection."""

    CUT = auto()
    """Both sides are hung up on."""
    RESET = auto()
    """The same, without a good-bye."""
    FLIP = auto()
    """One byte arrives as another; all goes on."""
    STOP = auto()
    """Nothing more goes through, and nobody is told."""
    TRICKLE = auto()
    """From here on one byte at a time."""
    DELAY = auto()
    """Everything waits a while here, once."""


@dataclass(frozen=True)
class Fault:
    """Strikes once `after` bytes have gone `up` to head office, or down to the till."""

    kind: Kind
    after: int = 0
    up: bool = True

    def __str__(self) -> str:
        return f"{self.kind.name} after {self.after} bytes {'up' if self.up else 'down'}"


FaultOf = Callable[[int], Fault | None]
"""Tells what is to happen to a connection, by its number from nought."""


def well(_: int) -> Fault | None:
    """Let everything through."""
    return None


@dataclass
class Link(Doorway):
    """Leads from `port` to another port, which may change between connections."""

    target: int
    fault_of: FaultOf = well
    connections: int = 0
    reached: int = 0
    """How many of them found somebody at the other end."""
    struck: list[Fault] = field(default_factory=list)
    moved: int = 0
    """How many bytes went through, both ways."""

    def __enter__(self) -> Self:
        self._changed = threading.Condition()
        return super().__enter__()

    def has_reached(self, times: int, *, seconds: float) -> bool:
        """Wait a while for so many connections to find somebody; tell whether they have."""
        with self._changed:
            return self._changed.wait_for(lambda: self.reached >= times, seconds)

    def meet(self, guest: socket.socket) -> None:
        with self._changed:
            fault = self.fault_of(self.connections)
            self.connections += 1
        try:
            office = socket.create_connection(("127.0.0.1", self.target), PATIENCE)
        except OSError:
            # Nobody there: as if nobody had been here either.
            _reset(guest)
            return
        with self._changed:
            self.reached += 1
            self._changed.notify_all()
        self.ends += [guest, office]
        stopped = threading.Event()
        for up in (True, False):
            strikes = fault if fault and fault.up is up else None
            ends = (guest, office) if up else (office, guest)
            self.begin(self._pump, *ends, strikes, stopped)

    def _pump(
        self,
        source: socket.socket,
        sink: socket.socket,
        fault: Fault | None,
        stopped: threading.Event,
    ) -> None:
        """Carry one way, until one side hangs up or the fault strikes."""
        passed = 0
        try:
            while piece := source.recv(65536):
                if stopped.is_set():
                    continue
                if fault and passed + len(piece) > fault.after:
                    sink.sendall(piece[: fault.after - passed])
                    self.struck.append(fault)
                    self._strike(fault, piece[fault.after - passed :], (source, sink), stopped)
                    fault = None if fault.kind in {Kind.FLIP, Kind.DELAY} else fault
                    if fault and fault.kind in {Kind.CUT, Kind.RESET}:
                        return
                elif not stopped.is_set():
                    sink.sendall(piece)
                passed += len(piece)
                self.moved += len(piece)
            with suppress(OSError):
                sink.shutdown(socket.SHUT_WR)
        except OSError:
            _hang_up(source)
            _hang_up(sink)

    def _strike(
        self,
        fault: Fault,
        rest: bytes,
        ends: tuple[socket.socket, socket.socket],
        stopped: threading.Event,
    ) -> None:
        source, sink = ends
        match fault.kind:
            case Kind.CUT:
                _hang_up(source)
                _hang_up(sink)
            case Kind.RESET:
                _reset(source)
                _reset(sink)
            case Kind.FLIP:
                sink.sendall(bytes([rest[0] ^ 0x01]) + rest[1:])
            case Kind.STOP:
                stopped.set()
            case Kind.TRICKLE:
                for at in range(len(rest)):
                    sink.sendall(rest[at : at + 1])
                    if self.closing.wait(PACE):
                        return
            case Kind.DELAY:
                self.closing.wait(PACE * 5)
                sink.sendall(rest)


def _hang_up(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


def _reset(one: socket.socket) -> None:
    with suppress(OSError):
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    _hang_up(one)
