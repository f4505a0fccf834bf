"""Enrolment: a person compares a fingerprint, and from then on a till's key is trusted."""

from collections.abc import Callable
from datetime import datetime

from tofan_pos.store.office import EnrolledTill, OfficeStore
from tofan_pos.sync.enrolment import Request
from tofan_pos.sync.sales import write_moment


def enrol(store: OfficeStore, request: Request, *, clock: Callable[[], datetime]) -> bool:
    """Trust the till of a request whose fingerprint a person has compared.

    Tell whether it is new. Raises `Refusal(ALREADY_ENROLLED)` where the till has another key
    already, or the key belongs to another till.
    """
    return store.enrol(
        EnrolledTill(
            request.till,
            request.epoch,
            request.install_id,
            request.public_key,
            write_moment(clock()),
        )
    )
