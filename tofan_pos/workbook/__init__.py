"""Hides how head office keeps its catalogue: a workbook, and a folder of pictures."""

from tofan_pos.workbook.faults import WARNINGS, Fault, Problem
from tofan_pos.workbook.read import Checked, read_catalogue

__all__ = ["WARNINGS", "Checked", "Fault", "Problem", "read_catalogue"]
