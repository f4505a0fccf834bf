"""Row 10: mutated sync and catalogue files, and bombs: no crash, no row changed, under 300 MiB."""

import json
import subprocess
import sys
from pathlib import Path

from tests.domain.baskets import SOAK
from tests.figures import Figure

MANY = 5_000 if SOAK else 200
MOST_MEMORY = 300 * 1024 * 1024


def test_row_10_nothing_mutated_is_taken(work: Path, figure: Figure) -> None:
    ran = subprocess.run(
        (sys.executable, "-m", "tests.faults.mutating", work, str(MANY)),
        check=False,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    files = ", ".join(f"{count} {what}" for what, count in told["done"].items() if count)
    figure(
        f"row 10: tried: {files}; none taken for what it is not; {told['peak'] >> 20} MiB at most"
    )
    assert not [what for what, count in told["done"].items() if "not refused" in what and count]
    # A letter that was changed before head office signed is what head office says.
    sound = told["done"].get("catalogue signed again, and sound", 0)
    assert sound <= MANY // 40
    assert told["same"]
    assert told["sells"]
    assert told["peak"] < MOST_MEMORY
