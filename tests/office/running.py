"""Hides how a command of `tofan-office` is run, and what it leaves behind."""

import json
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one object on the one line of its output."""
        (line,) = self.out.splitlines()
        return json.loads(line)


class Run(Protocol):
    """Runs a command of `tofan-office`."""

    def __call__(self, *arguments: object) -> Ran: ...
