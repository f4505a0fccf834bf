"""The time that passes on the screen: no clock that anybody can set."""

from time import monotonic


def now_ms() -> int:
    """Return milliseconds since some moment or other."""
    return int(monotonic() * 1000)
