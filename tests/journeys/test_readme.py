"""The README's own commands, typed by a newcomer one after another, do what they say."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(sys.executable).parent
SKIPPED = {"make run", "make test"}
"""The two that everything else begins with; they are tested by being run."""


def commands() -> list[str]:
    """Return every command of the README's consoles, in its order."""
    consoles = re.findall(
        r"```console\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL
    )
    lines = (line for console in consoles for line in console.splitlines())
    found = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
    return [line for line in found if line not in SKIPPED]


def test_every_command_of_the_readme_works(tmp_path: Path) -> None:
    (tmp_path / "resources").symlink_to(ROOT / "resources")
    typed = commands()
    assert {line.split()[0] for line in typed} == {"tofan-pos", "tofan-office"}
    for line in typed:
        ran = subprocess.run(
            [PROGRAMS / (words := shlex.split(line))[0], *words[1:]],
            check=False,
            capture_output=True,
            encoding="utf-8",
            cwd=tmp_path,
            # A person compares the fingerprints, and says yes.
            input="y\n",
            env=os.environ | {"TOFAN_LANG": "en", "TOFAN_DATA": str(tmp_path / "data")},
        )
        assert ran.returncode == 0, f"{line}\n{ran.stdout}{ran.stderr}"
    for made in ("receipt.pdf", "z.pdf", "shares.pdf"):
        assert (tmp_path / made).read_bytes().startswith(b"%PDF")
    assert list((tmp_path / "stick").glob("*.tofanack"))
