"""What makes an environment ready, and what makes it stale."""

import shutil
from pathlib import Path

import environment
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Copy all that decides what is installed."""
    copy = tmp_path / "a project"
    shutil.copytree(ROOT / "packaging" / "setup", copy / "packaging" / "setup")
    for name in ("pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, copy / name)
    return copy


@pytest.fixture
def venv(project: Path) -> Path:
    """Make the outline of an environment: only its interpreter is looked at."""
    interpreter = environment.python(project / ".venv")
    interpreter.parent.mkdir(parents=True)
    interpreter.touch()
    return project / ".venv"


@pytest.mark.parametrize(
    "changed", ["pyproject.toml", "constraints.txt", "packaging/setup/system.py"]
)
def test_each_source_of_the_environment_makes_it_stale(
    project: Path, venv: Path, changed: str
) -> None:
    environment.mark_ready(venv, "test", environment.fingerprint(project))
    assert environment.is_ready(venv, "test", environment.fingerprint(project))
    with (project / changed).open("a") as source:
        source.write("\n# more\n")
    assert not environment.is_ready(venv, "test", environment.fingerprint(project))


def test_a_moved_folder_is_stale(project: Path, tmp_path: Path) -> None:
    before = environment.fingerprint(project)
    moved = project.rename(tmp_path / "elsewhere")
    assert environment.fingerprint(moved) != before


@pytest.mark.parametrize("made_for", environment.LEVELS)
def test_a_level_serves_those_below_it_alone(project: Path, venv: Path, made_for: str) -> None:
    stamp = environment.fingerprint(project)
    environment.mark_ready(venv, made_for, stamp)
    serves = [level for level in environment.LEVELS if environment.is_ready(venv, level, stamp)]
    assert serves == list(environment.LEVELS[: environment.LEVELS.index(made_for) + 1])


def test_no_interpreter_is_never_ready(project: Path, venv: Path) -> None:
    stamp = environment.fingerprint(project)
    environment.mark_ready(venv, "test", stamp)
    environment.python(venv).unlink()
    assert not environment.is_ready(venv, "run", stamp)


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        (
            "  Downloading PySide6_Essentials-6.11.3-cp310-abi3-linux_x86_64.whl (97.1 MB)",
            "fetching PySide6-Essentials 6.11.3 (97.1 MB)",
        ),
        (
            "Downloading et_xmlfile-2.0.0-py3-none-any.whl (18 kB)",
            "fetching et-xmlfile 2.0.0 (18 kB)",
        ),
        ("Installing collected packages: six, zipp", "putting them in place"),
        ("Requirement already satisfied: six in ./lib", ""),
    ],
)
def test_pip_is_put_in_plain_words(said: str, meaning: str) -> None:
    assert environment.wording(said) == meaning
