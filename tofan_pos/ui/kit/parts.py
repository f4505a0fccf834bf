"""What the parts of a window can all do, whatever else they are."""

from typing import Protocol

from tofan_pos.words import Words


class Dressed(Protocol):
    """Takes colours and sizes from the look in force."""

    def dress(self) -> object:
        """Take them."""
        ...


class Worded(Protocol):
    """Says what it says in a language."""

    def reword(self, say: Words) -> object:
        """Say it."""
        ...


class Ending(Protocol):
    """Does something until it is told to stop."""

    def close(self) -> object:
        """Stop."""
        ...
