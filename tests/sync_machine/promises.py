"""What must hold of tills and head office together: each promise has a name to be broken by."""

from enum import StrEnum


class Promise(StrEnum):
    """A promise; its words are what a failure says."""

    KEPT = "every acknowledged sale reaches head office: none is lost (row 2)"
    ONCE = "every sale stands at head office once: none is doubled (row 2)"
    SHARES = "the shares agree to the satang (row 2)"
    NUMBERS = "no document number is used a second time (row 8)"
    NOTICED = "a till that was restored, moved or copied notices at its start (row 8)"
    WRITTEN = "an entry that was written stays as it is (row 7)"
    PROVEN = "every till's journal proves itself at all times (row 7)"
    NAMED = "what is missing is named, all of it and nothing else"
    REMEMBERED = "what a stick held and nobody's key let in is told of until it has come in"
    TRUE_WORD = "head office acknowledges nothing that it does not hold"
    HEEDED = "a till takes nobody's word but head office's for what is held"
    SIGNED = "nothing is held that no till of ours has written and signed (row 9)"
    WHOLE = "what contradicts is kept apart, byte for byte, and never overwritten"
    WELCOME = "what an honest till sends is never refused for what is in it"
    FORWARD = "a till never goes back to an older catalogue, nor takes a stranger's"
    SPOKEN_FOR = "a key is trusted only where the one before it, or a person, vouches for it"


class Broken(AssertionError):  # noqa: N818 - it is no error of a program: a promise was
    """A promise that did not hold, by its name."""

    def __init__(self, promise: Promise, detail: str) -> None:
        super().__init__(f"{promise.name}: {promise.value}: {detail}")
        self.promise = promise


def held_to(promise: Promise, holds: object, detail: str = "") -> None:
    """Raise `Broken` where a promise does not hold."""
    if not holds:
        raise Broken(promise, detail)
