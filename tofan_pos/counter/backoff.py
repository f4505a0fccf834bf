"""When to try again after a contact that failed: later each time, and never all tills at once."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Backoff:
    """How often it failed in a row. Times are seconds; the waits grow from `base` up to `cap`."""

    base: float = 2
    cap: float = 900
    failures: int = 0

    def failed(self, *, chance: float, retry_after: float = 0) -> tuple["Backoff", float]:
        """Count a failure; return what is known now, and how long to wait.

        `chance` is random, from 0 up to 1: the wait is that part of what it may be at most, so
        that tills which lost the same network do not all come back in one moment. Nobody comes
        before `retry_after`, which the server asked for, if that is no longer than `cap`.
        """
        # A float is not doubled beyond what it can hold, however long a till is alone.
        most = min(self.cap, self.base * 2 ** min(self.failures, 60))
        asked = min(max(0, retry_after), self.cap)
        return replace(self, failures=self.failures + 1), asked + chance * most

    def succeeded(self) -> "Backoff":
        """Begin anew."""
        return replace(self, failures=0)
