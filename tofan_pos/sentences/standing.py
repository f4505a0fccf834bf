"""How a till stands with head office: what its key is worth there, and why its epoch began."""

from collections.abc import Mapping

from tofan_pos.sentences.marking import N_
from tofan_pos.sync.contact import Standing
from tofan_pos.sync.enrolment import Beginning
from tofan_pos.words import Words

_STANDING: Mapping[Standing, str] = {
    Standing.TRUSTED: N_("Head office trusts this till."),
    Standing.UNKNOWN: N_(
        "Head office has not enrolled this till yet. Selling goes on; all of it is sent later."
    ),
    Standing.TAKEN: N_("Another till has this one's number. A new epoch begins; selling goes on."),
    Standing.REVOKED: N_(
        "Head office has revoked this till's key and takes nothing more that it signs. Selling goes"
        " on and nothing is lost: begin a new epoch, then have head office enrol it."
    ),
    Standing.RETIRED: N_(
        "Head office has taken this till down for good. What is sold here all the same counts and"
        " is taken in, but new catalogues do not come any more. Ask head office; where the till is"
        " to sell on, begin a new epoch, then have it enrolled."
    ),
}

_BEGAN: Mapping[Beginning, str] = {
    Beginning.FIRST: N_("The till was set up."),
    Beginning.RESTORED: N_(
        "This till's file is an older one: a backup was put in its place. What was sold since that"
        " backup is on paper and, where it was sent, at head office."
    ),
    Beginning.MOVED: N_("This till was carried here from another computer or another user."),
    Beginning.COPIED: N_("The same till stands in another folder of this computer too."),
    Beginning.KEY_LOST: N_("This till's key was lost or is not to be used any more."),
    Beginning.FORKED: N_(
        "Head office holds other sales under this till's numbers: there are two of it."
    ),
}


def standing(found: Standing, say: Words) -> str:
    """Say what the till's key is worth to head office."""
    return say(_STANDING[found])


def known_already(say: Words) -> str:
    """Say that an answer of head office's that came is no news."""
    return say(
        "Head office's answer there is old: this till knows it already, or a newer one. Nothing was"
        " changed."
    )


def onward(say: Words) -> str:
    """Say what becomes of files that were written, and why they are shown as unsent still."""
    return say("Take it to head office: it counts as sent once head office has answered.")


def began(why: Beginning, say: Words) -> str:
    """Say why an epoch began."""
    return say(_BEGAN[why])


def goes_on(epoch: int, say: Words) -> str:
    """Say that a till goes on under a new epoch, and what there is to do."""
    return say(
        "It goes on as epoch {epoch} with a new key: selling goes on, no number is used again."
        " Have head office enrol it anew.",
        epoch=epoch,
    )
