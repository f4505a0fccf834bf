"""How a tone is heard: by whatever player the system has, and silently not where it has none."""

import shutil
import sys
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QThreadPool

from tofan_pos import resources
from tofan_pos.ui.kit.tones import Tone

_PLAYERS = (("afplay",), ("pw-play",), ("paplay",), ("aplay", "-q"))
_PATIENCE = 3.0


class Sounds(Protocol):
    """What a window plays its tones through."""

    def play(self, tone: Tone) -> None:
        """Play a tone and return at once."""
        ...

    def close(self) -> None:
        """Let go of what plays."""
        ...


class Silence:
    """Plays nothing, and remembers what it was asked for."""

    def __init__(self) -> None:
        """Start with nothing played."""
        self.played: list[Tone] = []

    def play(self, tone: Tone) -> None:
        """Note the tone."""
        self.played.append(tone)

    def close(self) -> None:
        """Do nothing."""


class SystemSounds:
    """Plays through the system's own player, off the window's thread; the newest tone wins."""

    def __init__(self) -> None:
        """Look for a player; nothing is started yet."""
        self._player = _player()
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)

    def play(self, tone: Tone) -> None:
        """Play a tone and return at once."""
        if not self._player and sys.platform != "win32":
            return
        path = resources.path("sounds", f"{tone.value}.wav")
        self._pool.clear()
        self._pool.start(lambda: _sound(self._player, path))

    def close(self) -> None:
        """Wait for the tone that plays."""
        self._pool.clear()
        self._pool.waitForDone()


def _player() -> list[str]:
    """Return the first player there is, as a command without the file, or nothing."""
    for name, *options in _PLAYERS:
        which = shutil.which(name)
        if which:
            return [which, *options]
    return []


def _sound(player: list[str], path: Path) -> None:
    if sys.platform == "win32":
        import winsound  # noqa: PLC0415 - there only on Windows

        winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_NODEFAULT)
        return
    import subprocess  # noqa: PLC0415 - a window opens without it

    quiet = subprocess.DEVNULL
    try:
        subprocess.run(  # noqa: S603 - the system's player, a file of ours
            [*player, str(path)],
            stdin=quiet,
            stdout=quiet,
            stderr=quiet,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return  # a till without sound sells as well
