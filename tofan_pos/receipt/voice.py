"""The languages of one paper: every message in each of them, Thai first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.till import TillProfile
from tofan_pos.thai.dates import BANGKOK, format_date, format_time
from tofan_pos.words import Words

if TYPE_CHECKING:
    from tofan_pos.thai.dates import Language


@dataclass(frozen=True, slots=True)
class Voice:
    """Words each message in every language of the paper, Thai first."""

    words: tuple[Words, ...]

    @classmethod
    def of(cls, profile: TillProfile, words: Mapping[str, Words]) -> "Voice":
        """Return the voice of a till's papers; `words` are keyed by language."""
        return cls(tuple(words[language] for language in profile.receipt_language.languages))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages, in the order they stand on paper."""
        return tuple(word.language for word in self.words)

    def label(self, message: str, /, **facts: object) -> str:
        """Return a short message on one line, with a stroke between languages."""
        return " / ".join(self.say(message, **facts))

    def say(self, message: str, /, **facts: object) -> tuple[str, ...]:
        """Return a message in each language, apart: it is too long for one line."""
        return tuple(dict.fromkeys(word(message, **facts) for word in self.words))

    def each(self, text: Text) -> tuple[str, ...]:
        """Return a text in each language of the paper, none twice and none empty."""
        texts = dict.fromkeys(text.get(language) for language in self.languages)
        return tuple(filter(None, texts))

    def name(self, text: Text, *, otherwise: str = "") -> str:
        """Return a name on one line, with a stroke between languages."""
        return " / ".join(self.each(text)) or otherwise

    def dates(self, day: date) -> tuple[str, ...]:
        """Return a (CE) day as each language writes it."""
        return tuple(
            format_date(day, language=cast("Language", language), style="short")
            for language in self.languages
        )

    def moments(self, at: datetime) -> tuple[str, ...]:
        """Return a moment as each language writes it, by Bangkok's clock, to the minute."""
        day, time = at.astimezone(BANGKOK).date(), format_time(at)
        return tuple(f"{written}  {time}" for written in self.dates(day))
