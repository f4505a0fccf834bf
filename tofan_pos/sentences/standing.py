"""How a till stands with head office: what its key is worth there, and why its epoch began."""

from collections.abc import Mapping

from tofan_pos.sentences.marking import N_
from tofan_pos.sync.contact import Standing
from tofan_pos.sync.enrolment import Beginning
from tofan_pos.words import Words

_STANDING: Mapping[Standing, str] = {
    Standing.TRUSTED: N_("Head office trusts this till."),
    Standing.REVOKED: N_(
        "Head office has revoked this till's key. Selling goes on. Begin a new epoch, then have"
        " the till enrolled."
    ),
    Standing.RETIRED: N_("Head office has taken this till down for good. Selling goes on."),
    Standing.UNKNOWN: N_(
        "Head office does not know this till's key yet. Selling goes on; have the till enrolled"
        " when you can."
    ),
    Standing.TAKEN: N_(
        "Head office knows another till under this number. Selling goes on under an epoch of its"
        " own; have it enrolled."
    ),
}

_BEGAN: Mapping[Beginning, str] = {
    Beginning.FIRST: N_("The till was set up."),
    Beginning.RESTORED: N_(
        "The till's file is older than what had been written: a backup was put in its place."
    ),
    Beginning.MOVED: N_("The till's file was brought to this computer, or to another user of it."),
    Beginning.COPIED: N_("The same till stands in another folder of this computer too."),
    Beginning.KEY_LOST: N_("The till's key was gone, or it was revoked."),
    Beginning.FORKED: N_(
        "Head office holds other entries under the same numbers: the till had been copied or"
        " restored."
    ),
}


def standing_said(standing: Standing, say: Words, *, trusts: bool = True) -> str:
    """Say what the till's key is worth; where it `trusts` no head office yet, that it does not."""
    if not trusts:
        return say(
            "This till is not enrolled yet. Selling goes on, and all is kept until head office"
            " knows it."
        )
    return say(_STANDING[standing])


def beginning_said(why: Beginning, epoch: int, say: Words) -> str:
    """Say why a new epoch was begun, and what there is to do."""
    return say(
        "{why} A new epoch ({epoch}) was begun: selling goes on and no number is used twice."
        " Have head office enrol the till again.",
        why=say(_BEGAN[why]),
        epoch=epoch,
    )
