"""What a scanner types at head office's window: the code of a till's enrolment request, and Enter.

It comes while any key may have the keyboard, under either layout. Nothing else is made of it.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from tofan_pos.sync.request_code import LONGEST, is_request_code
from tofan_pos.thai.keyboard import decodings
from tofan_pos.ui.kit.ticks import now_ms

_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PAUSE_MS = 500
"""After so long a pause what was typed before is no part of a scan."""
_ECHO_MS = 150
"""A scanner set to CR LF presses Enter twice: the second must answer no question."""


@dataclass(slots=True)
class Scan:
    """The keys of late."""

    _typed: str = ""
    _at: int = 0
    _ended: int = -_ECHO_MS

    def press(self, event: QKeyEvent) -> str | None:
        """Take a key; return the code that an Enter has ended, None where it is the window's.

        It is empty for the echo of such an Enter, which is nobody's.
        """
        now = now_ms()
        if now - self._at > _PAUSE_MS:
            self._typed = ""
        self._at = now
        if event.key() in _ENTERS:
            typed, self._typed = self._typed, ""
            if now - self._ended < _ECHO_MS:
                return ""
            code = code_in(typed) or None
            self._ended = now if code else self._ended
            return code
        if event.text().isprintable() and len(self._typed) <= LONGEST:
            self._typed += event.text()
        return None


def code_in(text: str) -> str:
    """Return the code of a request that a text is, however it was typed; nothing if it is none."""
    if len(text) > LONGEST:
        return ""
    return next((found for found in decodings(text) if is_request_code(found)), "")
