"""What `docs/commands.md` says of head office's verbs on tills is what they take and say."""

import re
from pathlib import Path

import click
import pytest

from tests.office.forge import Till
from tests.office.running import Run
from tests.office.test_epochs import rung
from tofan_pos.cli.office import program

DOCS = Path(__file__).parents[2] / "docs" / "commands.md"
OURS = (
    *("init", "enrol", "requests", "import", "acknowledge", "gaps"),
    *("tills", "tasks", "settle", "revoke", "retire"),
)


def part() -> str:
    return DOCS.read_text("utf-8").partition("## `tofan-office`")[2]


@pytest.mark.parametrize("verb", OURS)
def test_every_option_is_in_the_table_and_no_other(verb: str) -> None:
    command = program.commands[verb]
    assert isinstance(command, click.Command)
    real = {name for param in command.params for name in param.opts if name.startswith("--")}
    row = re.search(rf"^\| `{verb}((?:[^`]|\\\|)*)` \|", part(), re.MULTILINE)
    assert row, verb
    assert set(re.findall(r"--[a-z-]+", row[1])) == real - {"--db"}


def test_every_key_is_told(run: Run, office_url: str, tmp_path: Path) -> None:
    db = ("--db", office_url)
    till = Till.with_sales(8)
    copy = rung(till.branch(5), 2, start=50)
    run("init", *db)
    run("enrol", till.save_request(tmp_path), *db, "--yes")
    said = {"import": run("import", till.save(tmp_path, 3), copy.save(tmp_path), *db, "--json")}
    other = till.next_epoch()
    other.save_request(tmp_path).rename(tmp_path / "CTW1-2.tofanreq")
    run("import", tmp_path, *db)
    for verb in ("requests", "tills", "tasks", "gaps"):
        said[verb] = run(verb, *db, "--json")
    run("settle", "fork-CTW1-1-6", *db, "--by", "Auditor", "--note", "spare till")
    said["tasks --settled"] = run("tasks", *db, "--settled", "--json")
    assert said["tasks --settled"].json["settled"]
    said["acknowledge"] = run("acknowledge", *db, "--to", tmp_path / "stick", "--json")
    for verb, ran in said.items():
        paragraph = re.search(rf"^(?:.*\. )?`{verb} --json`: .+$", part(), re.MULTILINE)
        assert paragraph, verb
        told = set(re.findall(r"`(\w+)`", paragraph[0]))
        for key, value in ran.json.items():
            assert key in told, (verb, key)
            for one in value if isinstance(value, list) else ():
                assert set(one) <= told if isinstance(one, dict) else True, (verb, set(one) - told)
