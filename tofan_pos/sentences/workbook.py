"""The sentences for what is wrong with a catalogue workbook: where it is, and what to do."""

from collections.abc import Iterable

from tofan_pos.words import Words
from tofan_pos.workbook import Fault


def faults_of(faults: Iterable[Fault], say: Words) -> list[str]:
    """Word each fault in a line that begins with its place."""
    return [f"{fault.sheet} {fault.row} {fault.column}: {fault.problem}" for fault in faults]
