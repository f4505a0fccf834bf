"""The only door to what ships beside the code: words, pictures, fonts, the sample catalogue."""

import gettext
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from tofan_pos.words import Words


def root() -> Path:
    """Return the folder of resources, from a source tree, a wheel or a frozen build."""
    frozen = getattr(sys, "_MEIPASS", None)
    here = Path(__file__).resolve().parent
    places = [Path(frozen) / "resources"] if frozen else []
    places += [here / "_resources", here.parent / "resources"]
    for place in places:
        if place.is_dir():
            return place
    message = "the program is incomplete: its resources folder is missing; install it again"
    raise FileNotFoundError(message)


def path(*parts: str) -> Path:
    """Return the path of one resource, as in `path("sample", "catalogue.xlsx")`."""
    return root().joinpath(*parts)


def font(*, bold: bool = False) -> Path:
    """Return the file of Sarabun, the face of every screen and paper."""
    name = "Bold" if bold else "Regular"
    # `importlib.resources` would say the same, and takes longer to load than all fonts.
    spec = find_spec("fontpkg_sarabun")
    folders = (spec.submodule_search_locations if spec else None) or [str(root())]
    return Path(folders[0], "files", f"Sarabun-{name}.ttf")


@cache
def words(language: str) -> Words:
    """Return the catalogue of a language; English is the language messages are written in."""
    if language == "en":
        return Words("en", str)
    catalogue = gettext.translation("tofan", path("locale"), languages=[language])
    return Words(language, catalogue.gettext)
