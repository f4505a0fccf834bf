"""What the line at the bottom of head office's window tells."""

from tofan_pos.sentences import sentence
from tofan_pos.ui.kit.status import Fact
from tofan_pos.ui.office.house import House, Nameplate
from tofan_pos.words import Words

_LONGEST = 40


def facts_of(house: House, plate: Nameplate, say: Words) -> list[Fact]:
    """Return the database, head office's key and the language, each in a word or two."""
    return [
        Fact(icon="database", text=_short(house.store.url), more=house.store.url),
        *_key(plate, say),
        Fact(icon="language", text="ไทย" if say.language == "th" else "English"),
    ]


def _key(plate: Nameplate, say: Words) -> list[Fact]:
    if plate.trouble is not None:
        more = sentence(plate.trouble, say)
        return [Fact(icon="key", text=say("Head office's key is missing"), wrong=True, more=more)]
    shown = Fact(
        icon="key",
        text=say("Fingerprint {fingerprint}", fingerprint=plate.fingerprint),
        more=say("Tills show this when they are enrolled."),
    )
    if plate.key_guarded:
        return [shown]
    more = say(
        "Head office's key lies in a file that its owner can read, for this computer has no "
        "keyring. Keep the computer locked, and a copy of the file in a safe."
    )
    return [shown, Fact(icon="warning", text=say("Key only in a file"), wrong=True, more=more)]


def _short(url: str) -> str:
    """Return an address as short as it still says which database it is."""
    tail = url.rstrip("/").rpartition("/")[2]
    return tail if 0 < len(tail) <= _LONGEST else f"…{url[-_LONGEST:]}"
