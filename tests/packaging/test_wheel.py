"""The wheel holds every module and every resource, and its program finds them."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy: a build leaves traces where it is done."""
    source = tmp_path_factory.mktemp("source")
    litter = shutil.ignore_patterns("__pycache__")
    for name in ("tofan_pos", "resources", "packaging"):
        shutil.copytree(ROOT / name, source / name, ignore=litter)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, source)
    (source / "resources" / ".litter").touch()
    out = source / "out"
    build = (sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation")
    subprocess.run((*build, "--no-index", "-w", out, source), check=True, cwd=source)
    return next(out.glob("tofan_pos-*.whl"))


def files(folder: str, pattern: str) -> set[str]:
    found = (path for path in (ROOT / folder).rglob(pattern) if path.is_file())
    relative = (path.relative_to(ROOT / folder) for path in found)
    return {path.as_posix() for path in relative if "__pycache__" not in path.parts}


def test_it_holds_every_module_and_resource(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    modules = {f"tofan_pos/{name}" for name in files("tofan_pos", "*.py")}
    resources = {f"tofan_pos/_resources/{name}" for name in files("resources", "*")}
    assert inside == modules | resources


def test_its_program_finds_its_own_resources(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    asked = subprocess.run(
        (sys.executable, "-c", "from tofan_pos import resources; print(resources.root())"),
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert Path(asked.stdout.strip()) == tmp_path / "tofan_pos" / "_resources"
