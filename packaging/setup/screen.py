"""Hides whether there is a screen to open a window on."""

import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

PATIENCE = 1.0
"""Seconds a display may take to answer before it counts as gone."""


def has_screen(environ: Mapping[str, str], *, platform: str = sys.platform) -> bool:
    """Tell whether a window can be shown: a display is named, and somebody answers there."""
    if platform != "linux":
        return True
    return _answers(_wayland(environ)) or _x11(environ)


def _wayland(environ: Mapping[str, str]) -> Path | None:
    name = environ.get("WAYLAND_DISPLAY")
    return Path(environ.get("XDG_RUNTIME_DIR", "/"), name) if name else None


def _x11(environ: Mapping[str, str]) -> bool:
    host, colon, number = environ.get("DISPLAY", "").rpartition(":")
    number = number.partition(".")[0]
    if not colon or not number.isdigit():
        return False
    if host in ("", "unix"):
        # The server listens at a path, or under the same name in Linux's abstract space.
        path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - X11's own fixed place
        return _answers(Path(path)) or _answers(f"\0{path}")
    try:
        socket.create_connection((host, 6000 + int(number)), PATIENCE).close()
    except (OSError, OverflowError):
        return False
    return True


def _answers(address: Path | str | None) -> bool:
    if address is None:
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
        caller.settimeout(PATIENCE)
        try:
            caller.connect(os.fspath(address))
        except OSError:
            return False
    return True
