"""The sentences of what goes otherwise between a till and head office."""

from collections.abc import Mapping

from tofan_pos.domain.errors import Ailment, Why
from tofan_pos.sentences.marking import N_

REFUSALS: Mapping[Why, str] = {
    Why.KEY_REVOKED: N_(
        "the key of till {till} was revoked; have the till begin a new epoch, then enrol it"
    ),
    Why.NOT_A_GRANT: N_("This is not head office's answer to an enrolment, or it was changed."),
    Why.NOT_A_HELLO: N_("This is not a till's greeting, or it was changed."),
    Why.NOT_AN_ACKNOWLEDGEMENT: N_("This is not head office's receipt, or it was changed."),
    Why.NOT_A_CATALOGUE_FILE: N_(
        "This is not a catalogue of head office's, or it was damaged on the way."
    ),
    Why.NOT_FOR_THIS_TILL: N_("This is meant for another till. Nothing was changed."),
    Why.OFFICE_KEY_DIFFERS: N_(
        "This is signed by another head office (fingerprint {fingerprint}) than the one this till "
        "trusts. Nothing was changed; tell head office."
    ),
    Why.NO_OFFICE_YET: N_(
        "This till does not know head office's key yet. Selling goes on; enrol the till when you "
        "can."
    ),
    Why.NO_SERVER_YET: N_("Head office has given no address to send to. Use a USB stick."),
    Why.CATALOGUE_OLDER: N_(
        "This catalogue (version {version}) is older than the one in use ({held}). Nothing was "
        "changed. If it is the newest that head office has, head office must publish again."
    ),
    Why.CATALOGUE_TWICE: N_(
        "Head office has given out the catalogue number {version} twice, and this till has the "
        "other one. Nothing was changed; head office must publish it again."
    ),
    Why.CATALOGUE_TOO_LARGE: N_(
        "This catalogue would be larger than {most} MiB, and tills could not fetch it. Make the "
        "pictures smaller."
    ),
    Why.POLICY_CHANGED: N_(
        "The share policy {number} was published before with another rate. Give the new one a "
        "number of its own."
    ),
    Why.SERVER_ADDRESS: N_("“{text}” is no address of a server. Write it as in https://…"),
    Why.ROTATION_PENDING: N_(
        "Head office has not heard of this till's key yet. Send first, then change the key."
    ),
    Why.ROTATIONS_SPENT: N_(
        "This till's key was changed {most} times in this epoch, which is as often as it can be. "
        "Selling and sending go on with the key it has; for another, begin a new epoch."
    ),
    Why.NO_SUCH_TILL: N_("No till {till} is enrolled."),
    Why.NO_SUCH_EPOCH: N_(
        "Head office knows of no epoch {epoch} of till {till}. Nothing was changed."
    ),
    Why.NO_SUCH_TASK: N_("There is no task {task}, or it is settled already."),
    Why.NOBODY_NAMED: N_("Say who has dealt with it (--by): it will be asked for."),
    Why.NOTHING_PUBLISHED: N_("Nothing has been published yet."),
}

_COPY = N_("Copy it from the till again; the till keeps everything, nothing is lost.")

WAYS_ON: Mapping[Why, str] = {
    Why.NOT_A_SYNC_FILE: _COPY,
    Why.FILE_CUT: _COPY,
    Why.SIGNATURE_WRONG: _COPY,
    Why.CONTENT_CHANGED: _COPY,
    Why.KEY_DIFFERS: N_(
        "Find the one that shows the fingerprint {fingerprint}, have it begin a new epoch, then "
        "enrol it. Each keeps everything, nothing is lost."
    ),
}
"""What to do about a sync file, where its refusal does not say."""

TROUBLES: Mapping[Ailment, str] = {
    Ailment.OFFICE_KEY_MISSING: N_(
        "Head office's key is not here ({path}), so nothing can be signed. What came in stands; "
        "answer the tills from the computer that has the key, or put its copy back."
    ),
    Ailment.NETWORK_DOWN: N_(
        "There is no connection. Selling goes on, and all is sent when there is one."
    ),
    Ailment.NETWORK_SLOW: N_(
        "The connection is too slow or broke off. What arrived stays; the rest is sent again."
    ),
    Ailment.NETWORK_PORTAL: N_(
        "The Wi-Fi wants somebody to sign in first: another page answered instead of head office."
    ),
    Ailment.NETWORK_PROXY: N_(
        "A proxy on the way would not let it through ({detail}). It is tried again."
    ),
    Ailment.TLS_UNTRUSTED: N_(
        "The connection is not private: somebody else answered in head office's place. Nothing "
        "was sent; selling goes on. Try another network, or go by USB stick, and tell head office."
    ),
    Ailment.CLOCK_WRONG: N_(
        "This computer's clock is wrong, so the connection cannot be checked. Set the clock."
    ),
    Ailment.SERVER_BUSY: N_("Head office is busy. It is tried again by itself."),
    Ailment.SERVER_REFUSED: N_("Head office would not take it ({detail}). Nothing is lost."),
    Ailment.ANSWER_DAMAGED: N_("Head office's answer arrived damaged. It is tried again."),
}
