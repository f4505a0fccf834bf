"""What a figure is: ours and its floor, timed in turns in the same run, and whether it holds."""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

MS = 1000.0
Work = Callable[[], float]
"""Does one piece of work and returns the seconds of the part that counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured goal. `ours` and `floor` are in `unit`; `most` caps `ours` where no floor is."""

    name: str
    ours: float
    floor: float | None
    unit: str
    goal: float
    rounds: int
    p99: float | None = None
    p99_goal: float | None = None
    p99_ratio_goal: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours against the floor."""
        return self.ours / self.floor if self.floor else None

    @property
    def p99_ratio(self) -> float | None:
        """Our worst in a hundred against the floor's median."""
        if self.p99 is None or not self.floor or self.p99_ratio_goal is None:
            return None
        return self.p99 / self.floor

    @property
    def holds(self) -> bool:
        """Whether every goal is kept; without a floor it is ours that is held to one."""
        measured = self.ratio if self.floor is not None else self.ours
        kept = [measured is not None and measured <= self.goal]
        if self.p99_goal is not None:
            kept.append(self.p99 is not None and self.p99 <= self.p99_goal)
        if self.p99_ratio_goal is not None:
            kept.append(self.p99_ratio is not None and self.p99_ratio <= self.p99_ratio_goal)
        return all(kept)

    def line(self) -> str:
        """Return the figure as one line of JSON."""
        said: dict[str, object] = {
            "name": self.name,
            "ours": _short(self.ours),
            "floor": _short(self.floor),
            "ratio": _short(self.ratio),
            "unit": self.unit,
            "goal": self.goal,
            "holds": self.holds,
            "rounds": self.rounds,
        }
        for name in ("p99", "p99_goal", "p99_ratio", "p99_ratio_goal"):
            if (value := getattr(self, name)) is not None:
                said[name] = _short(value)
        if self.note:
            said["note"] = self.note
        return json.dumps(said, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of every piece of work on both sides."""

    ours: list[float]
    floor: list[float]


def timed(work: Callable[[], object]) -> float:
    """Return the seconds a call takes."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


def in_turns(ours: Work, floor: Work, *, rounds: int, each: int = 1, warm: int = 1) -> Times:
    """Work on both sides in turns, `each` pieces a round, so that a busy hour burdens both."""
    for _ in range(warm):
        ours()
        floor()
    times = Times([], [])
    for _ in range(rounds):
        times.ours.extend(ours() for _ in range(each))
        times.floor.extend(floor() for _ in range(each))
    return times


def p99(values: Sequence[float]) -> float:
    """Return what one in a hundred exceeds."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


def compared(  # noqa: PLR0913 - a figure is what was measured and what it is held to
    name: str,
    times: Times,
    *,
    goal: float,
    rounds: int,
    p99_goal: float | None = None,
    p99_ratio_goal: float | None = None,
    note: str = "",
) -> Figure:
    """Make a figure, in milliseconds, of two sides' medians."""
    worst = p99_goal is not None or p99_ratio_goal is not None
    return Figure(
        name=name,
        ours=median(times.ours) * MS,
        floor=median(times.floor) * MS,
        unit="ms",
        goal=goal,
        rounds=rounds,
        p99=p99(times.ours) * MS if worst else None,
        p99_goal=p99_goal,
        p99_ratio_goal=p99_ratio_goal,
        note=note,
    )


def tell(text: str) -> None:
    """Say how far the run is, beside the figures."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _short(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")
