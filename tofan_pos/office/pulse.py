"""Whether the database answers, looked at by one at a time and seldom, however many ask."""

from collections.abc import Callable
from dataclasses import dataclass

import anyio
from anyio import CapacityLimiter, to_thread

from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.office.limits import Seconds


@dataclass(slots=True)
class Pulse:
    """What the last look found; `every` so many seconds somebody who asks has another one taken.

    A look that hangs holds one thread, which is nobody else's.
    """

    ready: Callable[[], bool]
    now: Seconds
    every: float = 1
    _found: bool = False
    _due: float = float("-inf")
    _looking: bool = False

    async def beats(self, patience: float) -> bool:
        """Tell whether the database answers; it does not where that takes longer than patience.

        While somebody looks, others are told what was found last.
        """
        if not self._looking and self.now() >= self._due:
            self._looking = True
            try:
                with anyio.fail_after(patience):
                    self._found = await to_thread.run_sync(
                        self._look, limiter=CapacityLimiter(1), abandon_on_cancel=True
                    )
            except TimeoutError:
                self._found = False
        return self._found

    def _look(self) -> bool:
        try:
            return self.ready()
        except (Refusal, Trouble):
            return False
        finally:
            self._due, self._looking = self.now() + self.every, False
