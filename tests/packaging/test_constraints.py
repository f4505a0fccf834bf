"""The list of versions is whole, plain, and what is installed."""

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    return dict(line.split("==") for line in lines if not line.startswith("#"))


def wanted() -> set[NormalizedName]:
    """Return every package the project needs here, with what those need, and so on."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    texts = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["dev"],
    ]
    found: set[NormalizedName] = set()
    ahead = [(Requirement(text), "") for text in texts]
    seen: set[tuple[str, str]] = set()
    while ahead:
        requirement, extra = ahead.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        found.add(name)
        for inner in ("", *requirement.extras):
            if (name, inner) not in seen:
                seen.add((name, inner))
                needs = distribution(name).requires or ()
                ahead.extend((Requirement(text), inner) for text in needs)
    return found


def test_a_line_is_a_name_and_a_version() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    plain = re.compile(r"#.*|[a-z0-9][a-z0-9.-]*==[0-9][0-9a-z.]*")
    assert [line for line in lines if not plain.fullmatch(line)] == []


def test_every_package_is_listed() -> None:
    assert wanted() - {canonicalize_name(name) for name in pins()} == set()


def test_what_is_installed_is_what_is_listed() -> None:
    installed = {name: Version(distribution(name).version) for name in wanted()}
    listed = {canonicalize_name(name): Version(version) for name, version in pins().items()}
    assert installed.items() - listed.items() == set()
