"""Canonical bytes: RFC 8785, held against a canonicaliser that shares nothing with ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tofan_pos.sync.canonical import canonical

SHORT = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 0x22: '\\"', 0x5C: "\\\\"}
"""RFC 8785, 3.2.2.2: the characters with an escape of their own."""


def spelled(text: str) -> str:
    parts = ('"', *(SHORT.get(ord(c)) or _plain(c) for c in text), '"')
    return "".join(parts)


def _plain(character: str) -> str:
    return f"\\u{ord(character):04x}" if ord(character) < 0x20 else character


def by_the_book(tree: object) -> str:
    """Write a tree as the RFC says, names ordered by their UTF-16 code units."""
    if isinstance(tree, str):
        return spelled(tree)
    if isinstance(tree, dict):
        names = sorted(tree, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{spelled(n)}:{by_the_book(tree[n])}" for n in names) + "}"
    if isinstance(tree, list | tuple):
        return "[" + ",".join(map(by_the_book, tree)) + "]"
    assert isinstance(tree, int)
    return str(tree)


NAMES = st.text(st.characters(max_codepoint=0x7E, min_codepoint=0x20), max_size=12)
TREES = st.recursive(
    st.one_of(st.text(), st.integers(-(2**53) + 1, 2**53 - 1)),
    lambda inner: st.one_of(st.lists(inner, max_size=5), st.dictionaries(NAMES, inner, max_size=5)),
    max_leaves=25,
)


@given(TREES)
def test_any_tree_is_written_by_the_book(tree: object) -> None:
    assert canonical(tree) == by_the_book(tree).encode()


def test_every_character_is_spelled_by_the_book() -> None:
    for start in range(0, 0x3000, 256):
        text = "".join(map(chr, range(start, start + 256)))
        assert canonical(text) == spelled(text).encode()
    assert canonical("\U0001f9f5") == '"\U0001f9f5"'.encode()


def test_a_lone_surrogate_cannot_be_written() -> None:
    with pytest.raises(UnicodeEncodeError):
        canonical("\ud800")
