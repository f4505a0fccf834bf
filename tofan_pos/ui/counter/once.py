"""What a supervisor has to be told once: why a new epoch was begun, and a clock that was set back.

It is kept beside the till what was told; what nobody with a say has seen yet waits for them.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSettings

from tofan_pos.counter.desk import Desk
from tofan_pos.domain.errors import Trouble
from tofan_pos.domain.people import Role
from tofan_pos.sentences.standing import began
from tofan_pos.sync.enrolment import Beginning
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.kinds import ClockStepped
from tofan_pos.ui.kit.moments import span_said
from tofan_pos.words import Words

Told = Callable[[Words], str]
_EPOCH, _CLOCK = "told_epoch", "told_clock_step"


class Once:
    """Tells each thing once, to somebody who may do something about it."""

    def __init__(self, desk: Desk, remembered: QSettings) -> None:
        """Remember in `remembered` what was told."""
        self._desk, self._remembered = desk, remembered

    def news(self) -> Told | None:
        """Return what to tell whoever is signed in now, and take it as told; None usually."""
        who = self._desk.access.who
        if self._desk.profile.training or who is None or who.role is not Role.SUPERVISOR:
            return None
        try:
            return self._epoch() or self._clock_step()
        except Trouble:
            return None  # whoever looks at the status line says so

    def tells_of_epoch(self, epoch: int) -> None:
        """Take an epoch as told: somebody here has just begun it."""
        self._remembered.setValue(_EPOCH, epoch)

    def _told(self, what: str) -> int:
        try:
            return int(str(self._remembered.value(what, 0)))
        except ValueError:
            return 0

    def _epoch(self) -> Told | None:
        newest = self._desk.dealings.all_epochs()[-1]
        why = Beginning(newest.why)
        if why is Beginning.FIRST or newest.epoch <= self._told(_EPOCH):
            return None
        self.tells_of_epoch(newest.epoch)
        # What to do comes first: in a narrow window the rest is cut, and the page has it all.
        return lambda say: f"{_epoch_said(newest.epoch, say)} {began(why, say)}"

    def _clock_step(self) -> Told | None:
        told = self._told(_CLOCK)
        with self._desk.store.reading() as look:
            found = look.events("clock_step", after=told, newest=1)
        if not found:
            return None
        self._remembered.setValue(_CLOCK, found[0].seq)
        entry = read_entry(found[0].line)
        seconds = entry.body.seconds if isinstance(entry, ClockStepped) else 0
        return partial(_clock_said, seconds)


def _epoch_said(epoch: int, say: Words) -> str:
    return say(
        "This till goes on as epoch {epoch} with a new key; selling goes on. Have head office enrol"
        " it (Shift F12).",
        epoch=epoch,
    )


def _clock_said(seconds: int, say: Words) -> str:
    return say(
        "This computer's clock was set back by {span}. Sales keep their order all the same; look"
        " whether date and time are right.",
        span=span_said(seconds, say),
    )
