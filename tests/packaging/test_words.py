"""The Thai catalogue knows every word of the code, and what is shipped is made from it."""

import ast
import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "resources" / "locale" / "th" / "LC_MESSAGES"
KEYWORDS = {**DEFAULT_KEYWORDS, "say": None, "_say": None, "label": None, "N_": None}


def thai() -> Catalog:
    with (FOLDER / "tofan.po").open("rb") as file:
        return read_po(file, locale="th", domain="tofan")


def spoken() -> set[object]:
    found = extract_from_dir(str(ROOT / "tofan_pos"), keywords=KEYWORDS)
    return {message for _, _, message, _, _ in found}


def test_every_word_of_the_code_is_in_thai() -> None:
    said = {message.id for message in thai() if message.id and message.string and not message.fuzzy}
    assert spoken() - said == set()


def test_no_word_is_said_where_it_is_not_gathered() -> None:
    """Words are gathered by the name of what says them: a call of something else hides them."""
    for path in (ROOT / "tofan_pos").rglob("*.py"):
        hidden = [
            node.lineno
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Call)
            and node.args
            and isinstance(node.args[0], ast.Constant)
            and isinstance(node.args[0].value, str)
        ]
        assert not hidden, path


def test_what_has_one_name_is_spelled_one_way() -> None:
    said = [str(text) for message in thai() for text in (message.id, message.string)]
    for other in ("Shift+", "Ctrl+", "แค็ตตาล็อก", "ยุคที่"):
        assert not [text for text in said if other in text], other


def test_no_word_is_said_inside_another_text() -> None:
    """What gathers words does not look into f-strings, so nothing may be said there."""
    said = {
        node.args[0].value
        for path in (ROOT / "tofan_pos").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in KEYWORDS
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert said - spoken() == set()


def test_no_word_is_left_that_nobody_says() -> None:
    kept = {message.id for message in thai() if message.id}
    assert kept - spoken() == set()


def test_places_to_fill_are_the_same_in_both_languages() -> None:
    faults = [message.id for message in thai() if message.id and message.check()]
    assert faults == []


def test_what_is_shipped_is_made_from_the_catalogue() -> None:
    made = io.BytesIO()
    write_mo(made, thai())
    assert (FOLDER / "tofan.mo").read_bytes() == made.getvalue()
