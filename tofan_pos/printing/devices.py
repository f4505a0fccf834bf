"""How bytes reach a printer: over TCP, into a device file, or into a folder of files."""

import os
import re
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why

CONNECT_SECONDS = 4.0
ANSWER_SECONDS = 0.4
SEND_SECONDS = 30.0
LAST_WORDS_SECONDS = 2.0
MOST_LAST_WORDS = 4096
"""Seconds and bytes for what a printer still says once it has the receipt."""

_TCP = re.compile(r"tcp:(?P<host>[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\]):(?P<port>\d{1,5})")
_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_LAST_PORT = 65_535

# Real-time status: why it is off line (n=2), then its paper (n=4). Bits as ESC/POS names them.
_STATUS = b"\x10\x04\x02\x10\x04\x04"
_FIXED, _FIXED_IS = 0b1001_0011, 0b0001_0010
_COVER_OPEN, _STOPPED_FOR_PAPER, _ERROR = 0b100, 0b10_0000, 0b100_0000
_PAPER_ENDED = 0b110_0000


class Printer(Protocol):
    """Takes one receipt at a time."""

    def send(self, data: bytes, *, name: str) -> None:
        """Hand over a receipt's bytes; `name` is its number.

        Raises `Trouble(PRINTER_UNREACHABLE)` where nothing was sent, and
        `Trouble(PRINTER_STOPPED)` where the printer says it cannot print or stopped taking bytes.
        """


def open_printer(address: str) -> Printer:
    """Return the printer at `tcp:HOST:PORT` or `file:PATH`; nothing is connected yet.

    A path is a printer's device file, or a folder that gets one file for each receipt. Raises
    `Refusal(SETTING_VALUE)` for any other address.
    """
    match = _TCP.fullmatch(address)
    if match and 0 < int(match["port"]) <= _LAST_PORT:
        return NetworkPrinter(host=match["host"].strip("[]"), port=int(match["port"]))
    path = address.removeprefix("file:")
    if path != address and path.strip() and "\0" not in path:
        return FilePrinter(Path(path))
    raise Refusal(Why.SETTING_VALUE, name="printer", value=address[:80])


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPrinter:
    """A printer that listens on a TCP port, usually 9100.

    A socket of our own, not python-escpos's: that one knows IPv4 only, and closes with a reset
    where the printer has answered anything, which can lose the end of the receipt.
    """

    host: str
    port: int
    clock: Callable[[], float] = field(default=time.monotonic, compare=False, repr=False)
    """Seconds, from no moment in particular."""

    @property
    def address(self) -> str:
        """The address as a person set it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"tcp:{host}:{self.port}"

    def send(self, data: bytes, *, name: str) -> None:  # noqa: ARG002 - a printer names nothing
        """Connect, ask whether it can print, send, and wait until all is handed over."""
        try:
            connection = socket.create_connection((self.host, self.port), timeout=CONNECT_SECONDS)
        except (OSError, UnicodeError) as error:
            raise Trouble(Ailment.PRINTER_UNREACHABLE, address=self.address) from error
        with connection:
            try:
                if not _ready(connection, self.clock):
                    raise Trouble(Ailment.PRINTER_STOPPED, address=self.address)
                connection.settimeout(SEND_SECONDS)
                connection.sendall(data)
                connection.shutdown(socket.SHUT_WR)
                # Bytes handed over may lie in a buffer; a printer that then breaks off has not
                # printed them.
                _drain(connection, self.clock)
            except OSError as error:
                raise Trouble(Ailment.PRINTER_STOPPED, address=self.address) from error


def _ready(connection: socket.socket, clock: Callable[[], float]) -> bool:
    """Ask for status; a printer that does not answer in time is taken to be ready."""
    connection.sendall(_STATUS)
    answer = b"".join(_heard(connection, most=2, until=clock() + ANSWER_SECONDS, clock=clock))
    if len(answer) < 2 or any(byte & _FIXED != _FIXED_IS for byte in answer):
        return True
    stopped = answer[0] & (_COVER_OPEN | _STOPPED_FOR_PAPER | _ERROR)
    return not stopped and answer[1] & _PAPER_ENDED != _PAPER_ENDED


def _drain(connection: socket.socket, clock: Callable[[], float]) -> None:
    """Read what the printer still says: closing over unread bytes would reset the connection."""
    until = clock() + LAST_WORDS_SECONDS
    for _ in _heard(connection, most=MOST_LAST_WORDS, until=until, clock=clock):
        pass


def _heard(
    connection: socket.socket, *, most: int, until: float, clock: Callable[[], float]
) -> Iterator[bytes]:
    """Yield what the printer says, until it is silent for a while, or it is enough, or too late.

    One moment for all of it: a printer that says a byte now and then would never be done.
    """
    with suppress(TimeoutError):
        while most > 0 and (left := until - clock()) > 0:
            connection.settimeout(min(left, ANSWER_SECONDS))
            said = connection.recv(most)
            if not said:
                return
            most -= len(said)
            yield said


@dataclass(frozen=True, slots=True)
class FilePrinter:
    """A printer's device file, or a folder that gets `NUMBER.escpos` for each receipt."""

    path: Path

    @property
    def address(self) -> str:
        """The address as a person set it."""
        return f"file:{self.path}"

    def send(self, data: bytes, *, name: str) -> None:
        """Write to the device, or a whole new file into the folder, which is made if missing."""
        try:
            if self.path.is_char_device():
                _write_device(self.path, data)
            else:
                self.path.mkdir(exist_ok=True)
                _write_file(self.path, data, name=name)
        except FileNotFoundError as error:
            raise Trouble(Ailment.PRINTER_UNREACHABLE, address=self.address) from error
        except OSError as error:
            raise Trouble(Ailment.PRINTER_STOPPED, address=self.address) from error


def _write_device(path: Path, data: bytes) -> None:
    device = os.open(path, os.O_WRONLY)
    try:
        while data:
            data = data[os.write(device, data) :]
    finally:
        os.close(device)


def _write_file(folder: Path, data: bytes, *, name: str) -> None:
    """Write through a temporary file, so that no reader ever sees half a receipt."""
    stem = _NAME.sub("_", name).lstrip(".")[:80] or "receipt"
    handle, draft = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(_free(folder, stem))
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise


def _free(folder: Path, stem: str) -> Path:
    """Return a path not taken: a reprint stands beside the first print."""
    path, n = folder / f"{stem}.escpos", 1
    while path.exists():
        n += 1
        path = folder / f"{stem}_{n}.escpos"
    return path
