"""A whole day as programs of their own: what the shell sees of streams and exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.cli.running import PINS, SUPERVISOR


def run(till: Path, *arguments: str, code: int = 0, **environ: str) -> tuple[str, str]:
    done = subprocess.run(
        (sys.executable, "-m", "tofan_pos", "--data", str(till), *arguments),
        env=os.environ | {"TOFAN_LANG": "en"} | environ,
        cwd=Path(__file__).parents[2],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout, done.stderr


def test_a_script_of_before_and_a_day_around_it(till: Path, tmp_path: Path) -> None:
    out, err = run(till, "ring", "--scan", "TF-SCARF", "--cash", "1000", "--json")
    assert json.loads(out)["number"] == "TST1-V000001"
    assert err == "No session was open: number 1 is now, with nothing in the drawer.\n"
    out, err = run(till, "refund", "1", "--line", "2", "--reason", "x", code=1)
    assert (out, err.count("\n")) == ("", 1)
    out, _ = run(till, "close", "--counted", "cash=590", "--json")
    assert json.loads(out)["difference"] == "0.00"
    out, err = run(till, "pack", "--to", str(tmp_path / "stick"), "--json")
    assert (len(json.loads(out)["files"]), err) == (4, "")


def test_a_pin_that_cannot_be_asked_for_stops_the_verb(staffed: Path) -> None:
    out, err = run(staffed, "open", "--user", SUPERVISOR, code=1)
    assert out == ""
    assert "PIN of S1" in err
    assert "Stopped; nothing was changed." in err
    out, _ = run(staffed, "open", "--user", SUPERVISOR, "--json", TOFAN_PIN=PINS[SUPERVISOR])
    assert json.loads(out)["by"] == SUPERVISOR
