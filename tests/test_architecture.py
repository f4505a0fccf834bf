"""The floors of the house, and the rules no other tool holds."""

import ast
import io
import logging
import re
import tokenize
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "tofan_pos"
MOST_LINES = 400

ONLY_IN = {
    "PySide6.QtWidgets": ("ui", "window", "tour"),
    "PySide6.QtGui": ("ui", "window", "tour", "printing"),
    "sqlite3": ("store",),
    "sqlalchemy": ("store",),
    "alembic": ("store",),
    "psycopg": ("store",),
    "pythainlp": ("thai",),
}
"""Where alone a library may be imported; what draws the window also starts and tours it."""

PURE = ("domain", "receipt")
NOT_PURE = ("os", "pathlib", "socket", "time", "random", "subprocess", "sqlite3", "secrets")

COMPOSITION = ("app", "cli", "settings", "__main__")
"""Where time and chance enter the house; everybody else is handed them."""
CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
    "uuid.uuid1",
    "uuid.uuid4",
    "uuid1",
    "uuid4",
}


def modules() -> list[Path]:
    return sorted((ROOT / PACKAGE).rglob("*.py"))


def all_code() -> list[Path]:
    others = (path for top in ("tests", "packaging") for path in (ROOT / top).rglob("*.py"))
    return sorted([*modules(), *others])


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def floor(path: Path) -> str:
    """Return the name below the package a module belongs to: `ui`, `domain`, `app`."""
    return path.relative_to(ROOT / PACKAGE).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield the full dotted name of everything imported, members too: they may be modules."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_under(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


def foreign_imports(tree: ast.AST, where: str) -> Iterator[str]:
    for name in imports(tree):
        for library, places in ONLY_IN.items():
            if is_under(name, library) and where not in places:
                yield f"imports {library}, which belongs to {', '.join(places)}"


def impure_imports(tree: ast.AST, where: str) -> Iterator[str]:
    if where in PURE:
        for name in imports(tree):
            if any(is_under(name, module) for module in NOT_PURE):
                yield f"imports {name}, but {where} is pure"


def prints(tree: ast.AST, where: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print" and where != "cli":
            yield f"line {node.lineno} prints; only the command line speaks on the terminal"


def own_clocks(tree: ast.AST, where: str) -> Iterator[str]:
    if where in COMPOSITION:
        return
    for node in ast.walk(tree):
        # A function handed on (`clock=time.time`) is a clock as much as a call of it.
        if isinstance(node, ast.Attribute | ast.Name):
            name = ast.unparse(node)
            last_two = ".".join(name.split(".")[-2:])
            if last_two in CLOCKS and not isinstance(getattr(node, "ctx", None), ast.Store):
                yield f"line {node.lineno} asks {name}; time and ids are passed in"


def bare_excepts(tree: ast.AST, _where: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and node.type is None:
            yield f"line {node.lineno} catches everything, the interpreter's own signals too"


RULES: tuple[Callable[[ast.AST, str], Iterator[str]], ...] = (
    foreign_imports,
    impure_imports,
    prints,
    own_clocks,
    bare_excepts,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_module_keeps_the_rule(rule: Callable[[ast.AST, str], Iterator[str]]) -> None:
    broken = [
        f"{named(path)} {fault}"
        for path in modules()
        for fault in rule(ast.parse(path.read_bytes()), floor(path))
    ]
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize(
    ("rule", "where", "code"),
    [
        (foreign_imports, "counter", "from PySide6 import QtWidgets"),
        (foreign_imports, "counter", "import PySide6.QtGui as g"),
        (foreign_imports, "sync", "from sqlalchemy.engine import Engine"),
        (impure_imports, "domain", "from os.path import join"),
        (impure_imports, "receipt", "def f():\n  import time"),
        (prints, "store", "print('x')"),
        (own_clocks, "store", "datetime.datetime.now(tz)"),
        (own_clocks, "store", "register(clock=time.time)"),
        (own_clocks, "counter", "from uuid import uuid4\nuuid4()"),
        (bare_excepts, "ui", "try:\n  f()\nexcept:\n  pass"),
    ],
)
def test_the_rules_see_what_they_forbid(
    rule: Callable[[ast.AST, str], Iterator[str]], where: str, code: str
) -> None:
    assert list(rule(ast.parse(code), where))


def test_files_are_short() -> None:
    lengths = {named(path): len(path.read_text().splitlines()) for path in all_code()}
    assert not {name: lines for name, lines in lengths.items() if lines > MOST_LINES}


def test_every_silenced_type_error_is_named() -> None:
    nameless = [
        f"{named(path)}:{token.start[0]}"
        for path in all_code()
        for token in tokenize.generate_tokens(io.StringIO(path.read_text()).readline)
        if token.type == tokenize.COMMENT and re.search(r"#\s*type:\s*ignore(?!\[)", token.string)
    ]
    assert not nameless


def test_import_contracts_hold(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    loggers = [one for one in logging.root.manager.loggerDict.values() if hasattr(one, "disabled")]
    before = [(one, one.disabled) for one in loggers]
    status = lint_imports(config_filename="pyproject.toml", no_cache=True, no_logo=True)
    # It sets up logging for itself, and turns off whatever logged before.
    for one, disabled in before:
        one.disabled = disabled
    assert status == 0, capsys.readouterr().out


def test_every_module_stands_on_a_floor() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contract = next(
        contract
        for contract in project["tool"]["importlinter"]["contracts"]
        if contract["id"] == "floors"
    )
    floors = re.findall(r"[\w.]+", " ".join(contract["layers"]))
    dotted = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in modules()
    }
    # A package that only holds others has no code of its own to be on a floor.
    holders = {PACKAGE} | {name.rpartition(".")[0] for name in floors}
    astray = {name for name in dotted - holders if not any(is_under(name, f) for f in floors)}
    assert not astray
