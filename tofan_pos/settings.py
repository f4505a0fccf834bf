"""How this run of the program was asked to be: read once, from the environment, and passed on."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One run's settings. `folder` is where a till lives when none is named.

    `tills` is where this computer remembers, outside their files, which tills it has had; None
    where it is not to. `ca_file` holds certificates to trust beside the system's own.
    """

    folder: Path
    language: str = "th"
    dark: bool = False
    tills: Path | None = None
    ca_file: Path | None = None


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read `TOFAN_DATA` (a folder), `TOFAN_LANG` (th, en) and `TOFAN_THEME` (light, dark).

    `TOFAN_CA_FILE` names a file of certificates.
    """
    named = environment.get("TOFAN_DATA", "")
    language = environment.get("TOFAN_LANG", "")
    trusted = environment.get("TOFAN_CA_FILE", "")
    usual = user_data_path("tofan-pos", appauthor=False)
    return Settings(
        folder=Path(named) if named else usual,
        # Never in a till's own folder: what is copied or restored there must not change it.
        tills=usual / "tills",
        ca_file=Path(trusted) if trusted else None,
        language=language if language in {"th", "en"} else "th",
        dark=environment.get("TOFAN_THEME", "") == "dark",
    )
