"""Words in one language: the gettext catalogue behind a plain callable, for screen and paper."""

from collections.abc import Callable
from dataclasses import dataclass

LANGUAGES = ("th", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """The catalogue of one language (`th` or `en`); call it with the English text to word."""

    language: str
    translate: Callable[[str], str]

    def __call__(self, message: str, /, **facts: object) -> str:
        """Return the message in this language, its `{named}` places filled from `facts`."""
        text = self.translate(message)
        return text.format(**facts) if facts else text
