"""Words in one language: the gettext catalogue behind a plain callable, for screen and paper."""

from collections.abc import Callable
from dataclasses import dataclass

LANGUAGES = ("th", "en")

# Control characters, and those that turn the direction of writing (Unicode UAX 9).
_STEERING = dict.fromkeys(
    (
        *range(0x20),
        *range(0x7F, 0xA0),
        *(0x61C, 0x200E, 0x200F, 0x2028, 0x2029, 0xFEFF),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ),
    " ",
)


@dataclass(frozen=True, slots=True)
class Words:
    """The catalogue of one language (`th` or `en`); call it with the English text to word."""

    language: str
    translate: Callable[[str], str]

    def __call__(self, message: str, /, **facts: object) -> str:
        """Return the message in this language, its `{named}` places filled from `facts`."""
        text = self.translate(message)
        return text.format(**{name: _flat(fact) for name, fact in facts.items()}) if facts else text


def plain_text(text: str) -> str:
    """Return text from outside as one line that can steer no terminal, printer or reader's eye."""
    return text.translate(_STEERING)


def _flat(fact: object) -> object:
    return plain_text(fact) if isinstance(fact, str) else fact
