"""One worker thread: what may be slow runs there, one job after another; answers come back here."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from tofan_pos.domain.errors import Refusal, Trouble

_NUDGE_MS = 20


@dataclass(frozen=True, slots=True)
class _Answer:
    give: Callable[[Any], None] | None
    value: Any
    error: BaseException | None = None


class Worker(QObject):
    """Runs jobs off the window's thread. Answers arrive on the thread the worker was made on."""

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Start nothing yet; the thread begins with the first job and ends when idle."""
        super().__init__(parent)
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        self._closed = False
        self._under_way = 0
        self._answered.connect(self._deliver)

    @property
    def under_way(self) -> int:
        """How many jobs have not answered yet."""
        return self._under_way

    def run(
        self,
        job: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        *,
        failed: Callable[[Refusal | Trouble], None] | None = None,
    ) -> None:
        """Queue a job; `done` gets what it returned, `failed` a refusal or trouble."""
        if self._closed:
            return
        self._under_way += 1

        def work() -> None:
            if self._closed:
                return
            try:
                answer = _Answer(done, job())
            except (Refusal, Trouble) as error:
                answer = _Answer(failed, error)
            except Exception as error:  # noqa: BLE001 - handed to the crash handler on the window's thread
                answer = _Answer(None, None, error)
            self._answered.emit(answer)

        self._pool.start(work)

    def close(self, *, nudge: Callable[[], None] | None = None) -> None:
        """Drop what has not begun and wait for what has, meanwhile telling it to `nudge` on."""
        self._closed = True
        self._pool.clear()
        while nudge is not None and not self._pool.waitForDone(_NUDGE_MS):
            nudge()
        self._pool.waitForDone()

    @Slot(object)
    def _deliver(self, answer: _Answer) -> None:
        self._under_way -= 1
        if self._closed:
            return
        if answer.error is not None:
            sys.excepthook(type(answer.error), answer.error, answer.error.__traceback__)
        elif answer.give is not None:
            answer.give(answer.value)
