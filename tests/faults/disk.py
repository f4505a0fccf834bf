"""A disk that can be spoilt: builds the shim, drives it, and reads what it recorded."""

import ctypes
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import pytest

_SOURCE = Path(__file__).with_name("shim.c")
_SHIM = "TOFAN_SHIM"


class What(IntEnum):
    """What happens at the chosen call; kept alike in the shim."""

    COUNT = 0
    KILL = 1
    """The program ends before the call."""
    KILL_TORN = 2
    """The program ends with half of the call's sectors written."""
    FAIL_ONCE = 3
    FAIL_ON = 4
    """This call fails, and every one after it until the disk is let go."""
    FAIL_DONE = 5
    """The call is done and says all the same that it has failed."""


@dataclass(frozen=True, slots=True)
class Call:
    """One recorded call.

    `kind` is W write, T truncate, S sync, C create, U unlink, R rename, M mkdir, or A mark. A
    rename's `path` is both names, a line each; a mark's is its text; a truncation's `offset` is
    the new length.
    """

    kind: str
    path: str
    offset: int
    data: bytes


def build(folder: Path) -> Path:
    """Compile the shim."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.fail("no C compiler; install gcc for the tests of tests/faults", pytrace=False)
    shim = folder / "shim.so"
    subprocess.run((compiler, "-shared", "-fPIC", "-O1", "-o", shim, _SOURCE), check=True)
    return shim


def environment(shim: Path) -> dict[str, str]:
    """Return the environment of a program that runs above the shim."""
    return {**os.environ, "LD_PRELOAD": str(shim), _SHIM: str(shim), "PYTHONDONTWRITEBYTECODE": "1"}


class Disk:
    """The shim, from inside a program that runs above it."""

    def __init__(self) -> None:
        """Find the shim that is loaded already."""
        self._shim = ctypes.CDLL(os.environ[_SHIM])
        self._shim.tofan_disarm.restype = ctypes.c_long
        self._shim.tofan_arm.argtypes = (
            *(ctypes.c_char_p, ctypes.c_int, ctypes.c_long, ctypes.c_int, ctypes.c_int),
        )

    def arm(
        self, folder: Path, what: What, call: int = 0, *, error: int = 0, log: int = -1
    ) -> None:
        """Count calls below a folder from now on, and let it happen at that one."""
        self._shim.tofan_arm(os.fsencode(folder), int(what), call, error, log)

    def disarm(self) -> int:
        """Let the disk go; return how many calls there were."""
        return int(self._shim.tofan_disarm())

    def mark(self, text: str) -> None:
        """Put a word among the recorded calls."""
        self._shim.tofan_mark(text.encode())


def recorded(log: Path) -> Iterator[Call]:
    """Read what was recorded."""
    content, at = log.read_bytes(), 0
    head = struct.Struct("=ciqq")
    while at < len(content):
        kind, path_length, offset, length = head.unpack_from(content, at)
        at += head.size
        path = os.fsdecode(content[at : at + path_length])
        at += path_length
        yield Call(kind.decode(), path, offset, content[at : at + length])
        at += length
