"""Finding in two long texts is finding in every name, one by one."""

from hypothesis import given
from hypothesis import strategies as st

import tofan_pos.store.finder as module
from tofan_pos.store.finder import Finder
from tofan_pos.thai.folding import fold, fold_loose

WORDS = st.sampled_from(("ผ้า", "ผ้าไหม", "คราม", "ไม้", "ม้า", "silk", "si", "tf-1", "s", "ผ"))
NAMES = st.lists(st.lists(WORDS, max_size=4).map(" ".join), min_size=1, max_size=30)
TYPED = st.lists(WORDS, min_size=1, max_size=2).map(" ".join) | st.sampled_from(("zz", "ล", "-"))


def rows(names: list[str]) -> list[tuple[str, str, str]]:
    return [(f"C{n:03d}", fold(name), fold_loose(name)) for n, name in enumerate(names)]


def one_by_one(names: list[str], typed: str, limit: int) -> list[str]:
    exact, words = fold(typed), fold_loose(typed).split()
    found = []
    for code, folded, loose in rows(names):
        if words and all(word in loose for word in words):
            place = folded.find(exact)
            found.append((2 if place < 0 else min(place, 1), code))
    return [code for _, code in sorted(found)][:limit]


@given(names=NAMES, typed=TYPED, limit=st.integers(1, 12), few=st.sampled_from((0, 1, 3, 2000)))
def test_the_same_is_found_in_the_same_order(
    names: list[str], typed: str, limit: int, few: int
) -> None:
    usual = module._FEW  # noqa: SLF001 - both ways of ranking must agree, whatever the number
    module._FEW = few  # noqa: SLF001
    try:
        finder = Finder.of(rows(names), version=1)
        found = finder.find(fold(typed), fold_loose(typed).split(), limit=limit)
    finally:
        module._FEW = usual  # noqa: SLF001
    # Where many are found, only the first `few` of the last rank are at hand; all when few are.
    if few >= len(names) or few >= limit:
        assert found == one_by_one(names, typed, limit)
    else:
        assert set(found) <= set(one_by_one(names, typed, len(names)))


def test_a_match_never_reaches_over_two_names() -> None:
    finder = Finder.of([("A", "ab", "ab"), ("B", "cd", "cd")], version=1)
    assert finder.find("bc", ["bc"], limit=5) == []
    assert finder.find("b\nc", ["b\nc"], limit=5) == []


def test_a_name_that_holds_a_line_break_moves_no_other() -> None:
    finder = Finder.of([("A", "a\nb", "a\nb"), ("B", "c", "c")], version=1)
    assert finder.find("c", ["c"], limit=5) == ["B"]
    assert finder.find("b", ["b"], limit=5) == ["A"]


def test_nothing_in_finds_nothing() -> None:
    assert Finder.of([], version=1).find("a", ["a"], limit=5) == []
    assert Finder.of([("A", "a", "a")], version=1).find("", [], limit=5) == []
