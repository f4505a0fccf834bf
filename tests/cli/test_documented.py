"""What `docs/commands.md` says of the verbs is what they take and say, no more and no less."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Run
from tests.net.serving import served
from tests.office.running import Ran
from tofan_pos import app
from tofan_pos.cli.counter import program
from tofan_pos.store.office import OfficeStore
from tofan_pos.sync.enrolment import read_request

DOCS = Path(__file__).parents[2] / "docs" / "commands.md"
EVERYWHERE = {"--data", "--user", "--approver", "--help"}
"""Options that are told of once for all verbs."""
MORE_BY_HELP = {"init"}


def counters_part() -> str:
    return DOCS.read_text("utf-8").partition("## `tofan-office`")[0]


def rows() -> dict[str, str]:
    """Return how each verb is written in the table, by its name."""
    found = re.findall(r"^\| `([a-z-]+)((?:[^`]|\\\|)*)` \|", counters_part(), re.MULTILINE)
    return {verb: rest for verb, rest in found if verb != "tofan-pos"}


def told(verb: str) -> tuple[set[str], set[str]]:
    """Return the keys a verb's JSON has at its top, and all that its paragraph names."""
    paragraph = re.search(rf"^`{verb} --json`: (.+)$", counters_part(), re.MULTILINE)
    assert paragraph, f"{verb} --json is not told of"
    sentence = re.split(r"\. [A-Z`]", paragraph[1])[0].rstrip(".")
    flat, before = sentence, ""
    while flat != before:
        flat, before = re.sub(r"\([^()]*\)", "", flat), flat
    return set(re.findall(r"`(\w+)`", flat)), set(re.findall(r"`(\w+)`", paragraph[1]))


def named(value: Any, *, by_key: frozenset[str]) -> set[str]:
    """Return every key within a value; those of what goes `by_key` are data, not names."""
    if isinstance(value, list):
        return {key for one in value for key in named(one, by_key=by_key)}
    if not isinstance(value, dict):
        return set()
    found = set(value)
    for key, inner in value.items():
        values = list(inner.values()) if key in by_key and isinstance(inner, dict) else inner
        found |= named(values, by_key=by_key)
    return found


def test_every_verb_is_in_the_table_and_no_other() -> None:
    assert set(rows()) == set(program.commands)


@pytest.mark.parametrize("verb", sorted(set(program.commands) - MORE_BY_HELP))
def test_every_option_is_in_the_table_and_no_other(verb: str) -> None:
    options = {name for param in program.commands[verb].params for name in param.opts}
    real = {name for name in options if name.startswith("--")} - EVERYWHERE
    assert set(re.findall(r"--[a-z-]+", rows()[verb])) == real


def test_the_options_of_all_verbs_are_told() -> None:
    for name in EVERYWHERE - {"--help"}:
        assert f"`{name}" in counters_part()


def a_day(run: Run, till: Path, tmp_path: Path) -> dict[str, Any]:
    """Run every verb that has JSON once, and return what each said."""
    made = tmp_path / "made"
    sale = ("ring", "--scan", "TF-SCARFx2", "--discount", "5%", "--reason", "x", "--cash", "2000")
    why = ("--reason", "x")
    verbs = {
        "users": ("users",),
        "open": ("open", "--float", "2000"),
        "ring": sale,
        "refund": ("refund", "last", "--line", "1", *why),
        "pay-in": ("pay-in", "10", *why),
        "pay-out": ("pay-out", "10", *why),
        "pickup": ("pickup", "10", *why, "--bag", "B"),
        "x": ("x",),
        "close": ("close", "--counted", "cash=1", *why),
        "z": ("z",),
        "pack": ("pack", "--to", tmp_path / "stick"),
        "export": ("export", "--to", tmp_path / "stick"),
        "verify": ("verify",),
    }
    said = {verb: run(*words, "--json", till=till) for verb, words in verbs.items()}
    said |= dealings(run, till, tmp_path)
    said["init"] = run("init", "--till", "NEW1", "--json", till=made)
    assert run("ring", "--scan", "TF-SCARF", "--cash", "590", till=till).code == 0
    said["void"] = run("void", "last", *why, "--json", till=till)
    assert {ran.code for ran in said.values()} == {0}
    return {verb: ran.json for verb, ran in said.items()}


def dealings(run: Run, till: Path, tmp_path: Path) -> dict[str, Ran]:
    """Run the verbs that deal with head office over a real one."""
    url = f"sqlite:///{tmp_path / 'office.db'}"
    OfficeStore.create(url).close()
    office = app.build_office(url)
    said = {"enrol-request": run("enrol-request", "--json", till=till)}
    grant = tmp_path / "stick" / "TST1-1.tofangrant"
    request = read_request(Path(said["enrol-request"].json["request"]))
    grant.write_bytes(office.reception.enrol(request))
    assert run("enrol", grant, "--yes", till=till).code == 0
    with served(office) as port:
        assert run("server", f"http://127.0.0.1:{port}", till=till).code == 0
        said["send"] = run("send", "--json", till=till)
    said["take"] = run("take", tmp_path / "stick", "--json", till=till)
    said["head-office"] = run("head-office", "--json", till=till)
    office.store.close()
    return said


SAME = {"void": "refund", "pay-out": "pay-in", "pickup": "pay-in", "z": "close"}
"""Verbs that are told to say the same as another."""
BY_KEY = frozenset({"discounts", "tenders", "settled"})


def test_every_key_is_told_and_no_other(run: Run, till: Path, tmp_path: Path) -> None:
    said = a_day(run, till, tmp_path)
    with_json = {name for name, one in program.commands.items() if "as_json" in str(one.params)}
    assert set(said) == (with_json or set(said))
    x_keys, x_words = told("x")
    for verb, record in said.items():
        if verb in SAME:
            assert f"`{verb} --json`" in counters_part()
            assert set(record) == set(said[SAME[verb]])
            continue
        keys, words = told(verb)
        if verb == "close":
            keys, words = (keys - {"x"}) | x_keys, words | x_words
        if verb == "users":
            words |= {"users"}
        assert set(record) == keys, verb
        assert named(record, by_key=BY_KEY) <= words, verb
