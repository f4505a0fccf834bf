"""Head office as its window sees it: a database, a reception, and who it is to the tills."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tofan_pos.domain.errors import Trouble
from tofan_pos.office.reception import Reception
from tofan_pos.store.office import OfficeStore


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What a window stands on."""

    store: OfficeStore
    reception: Reception
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Nameplate:
    """Who head office is to its tills; `fingerprint` is empty where its key cannot be used."""

    name: str = ""
    fingerprint: str = ""
    key_guarded: bool = True
    trouble: Trouble | None = None


def nameplate_of(house: House) -> Nameplate:
    """Return who head office is; a key that is missing is told, and stops nothing else."""
    identity = house.reception.identity
    try:
        desk = identity.desk()
        return Nameplate(
            name=desk.name, fingerprint=identity.fingerprint, key_guarded=desk.key_guarded
        )
    except Trouble as trouble:
        return Nameplate(trouble=trouble)
