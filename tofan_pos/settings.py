"""How this run of the program was asked to be: read once, from the environment, and passed on."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One run's settings. `folder` is where a till lives when none is named."""

    folder: Path
    language: str = "th"
    dark: bool = False


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read `TOFAN_DATA` (a folder), `TOFAN_LANG` (th, en) and `TOFAN_THEME` (light, dark)."""
    named = environment.get("TOFAN_DATA", "")
    language = environment.get("TOFAN_LANG", "")
    return Settings(
        folder=Path(named) if named else user_data_path("tofan-pos", appauthor=False),
        language=language if language in {"th", "en"} else "th",
        dark=environment.get("TOFAN_THEME", "") == "dark",
    )
