"""The questions about head office, and what is said once they are answered."""

from collections.abc import Callable

from tofan_pos.sync.enrolment import Grant
from tofan_pos.ui.counter.office_question import Question
from tofan_pos.words import Words

Then = Callable[[], None]


def grant(grant: Grant, *, other: bool, then: Then, otherwise: Then) -> Question:
    """Ask whether a head office is to be trusted; `other` where another one is trusted now."""
    office = grant.body.office

    def text(say: Words) -> str:
        said = say(
            "Ring head office and have them read their fingerprint aloud. Only if every letter is"
            " the same is it head office that answered."
        )
        if other:
            return " ".join((said, say("This is not the head office that this till trusts now.")))
        return said

    return Question(
        title=lambda say: say("Is this head office? {office}", office=office),
        text=text,
        yes=lambda say: say("It is the same"),
        no=lambda say: say("It differs"),
        then=then,
        otherwise=otherwise,
        fingerprint=grant.fingerprint,
    )


def rotation(then: Then) -> Question:
    """Ask whether the till's key is to be changed."""
    return Question(
        title=lambda say: say("Change this till's key?"),
        text=lambda say: say(
            "From the next entry on the till signs with a new key. The old one vouches for it, so"
            " nobody has to compare anything; it has to be sent once before it can be changed"
            " again."
        ),
        yes=lambda say: say("Change the key"),
        no=lambda say: say("Leave it"),
        then=then,
    )


def epoch(then: Then) -> Question:
    """Ask whether a new epoch is to begin."""
    return Question(
        title=lambda say: say("Begin a new epoch?"),
        text=lambda say: say(
            "Only where the key is lost or was revoked, or head office asks for it. The till gets"
            " a new key and has to be enrolled again. Selling goes on and no number is used twice."
        ),
        yes=lambda say: say("Begin a new epoch"),
        no=lambda say: say("Leave it"),
        then=then,
    )


# --- what a supervisor is asked to approve ------------------------------------------------------


def pausing(say: Words) -> str:
    """Name the act of pausing."""
    return say("Pause sending to head office")


def resuming(say: Words) -> str:
    """Name the act of sending again."""
    return say("Resume sending to head office")


def changing_the_key(say: Words) -> str:
    """Name the act of changing the till's key."""
    return say("Change this till's key")


def beginning_an_epoch(say: Words) -> str:
    """Name the act of beginning a new epoch."""
    return say("Begin a new epoch with a new key")


# --- what is said once they are answered --------------------------------------------------------


def rotated_said(fingerprint: str, say: Words) -> str:
    """Say that the key was changed."""
    return say("The key was changed. Its fingerprint is {fingerprint}.", fingerprint=fingerprint)


def epoch_said(epoch: int, say: Words) -> str:
    """Say that a new epoch was begun."""
    return say("Epoch {epoch} has begun. Have head office enrol the till again.", epoch=epoch)


def trusted_said(office: str, say: Words) -> str:
    """Say that head office is trusted from now on."""
    return say("This till trusts head office {office} from now on.", office=office)


def differs_said(say: Words) -> str:
    """Say what to do where fingerprints differ."""
    return say(
        "Nothing was changed. Tell head office that its fingerprint differs: somebody else may"
        " have answered."
    )


def answered_said(say: Words) -> str:
    """Say that head office has answered, and that people have to look."""
    return say("Head office has answered. Compare its fingerprint: Shift F12.")


def stick_said(say: Words) -> str:
    """Say what can be done with a stick that was plugged in."""
    return say("A stick is in. Shift F12 writes to it and takes head office's answers.")


def saved_said(path: str, say: Words) -> str:
    """Say where the request lies."""
    return say("The request is written and checked: {path}", path=path)
