"""What a keystroke of a search costs, against scanning a list of the same folded texts."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import cycle

from tests.bench.measure import Figure, compared, in_turns, timed
from tests.bench.world import World
from tofan_pos import app
from tofan_pos.store.counter import FILE_NAME
from tofan_pos.thai.folding import fold, fold_loose

SHOWN = 40
TYPED = ("ผ้าขาวม้า", "กระเป๋า", "สบู่", "indigo", "basket", "TF-SIL", "ผ้า คราม", "silver pattern 12")
"""Typed letter by letter: every prefix is one search, so one and two letters are among them."""

NO_HIT = ("ฬฬ", "zq", "ไม่มีของแบบนี้", "quetzal", "ผ้าqq")


def keystrokes() -> list[str]:
    """Return every text that a search sees while those terms are typed."""
    typed = [term[:end] for term in TYPED for end in range(1, len(term) + 1)]
    return [text for text in (*typed, *NO_HIT) if text.strip()]


def search(world: World, rounds: int) -> Iterator[Figure]:
    """Search as the shelf does, products returned, against a list in memory."""
    desk = app.build_counter(world.empty)
    with closing(sqlite3.connect(f"file:{world.empty / FILE_NAME}?mode=ro", uri=True)) as file:
        listed = file.execute("SELECT code, exact, loose, sort_th FROM product_search").fetchall()
    texts = keystrokes()
    ours, floor = cycle(texts), cycle(texts)

    def look_up() -> float:
        text = next(ours)
        return timed(lambda: desk.shelf.search(text))

    def scan_list() -> float:
        text = next(floor)
        return timed(lambda: _scan(listed, text))

    times = in_turns(look_up, scan_list, rounds=rounds, each=len(texts), warm=len(texts))
    desk.close()
    yield compared(
        "search",
        times,
        goal=0.6,
        rounds=rounds,
        p99_goal=12.0,
        note=f"{len(texts)} keystrokes, {world.products:,} products",
    )


def _scan(listed: list[tuple[str, str, str, str]], text: str) -> list[str]:
    """Do what the shelf does with nothing but a list: find, rank, order, cut."""
    exact, words = fold(text), fold_loose(text).split()
    found = []
    for code, folded, loose, order in listed:
        if all(word in loose for word in words):
            place = folded.find(exact)
            found.append((2 if place < 0 else min(place, 1), order, code))
    found.sort()
    return [code for _, _, code in found[:SHOWN]]
