"""Publishing: the next version of the catalogue, sealed for every till, and what it changes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from tofan_pos.domain.catalogue import KnownTill
from tofan_pos.domain.changes import Changes, Issue
from tofan_pos.domain.comparing import compare
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.published import Catalogue
from tofan_pos.store.office import OfficeStore
from tofan_pos.store.office_published import Publication
from tofan_pos.sync.folder import make_folder, write_durably
from tofan_pos.sync.keys import SigningKey
from tofan_pos.sync.published import catalogue_name, seal_catalogue, unseal_catalogue
from tofan_pos.sync.sales import write_moment
from tofan_pos.thai.dates import business_day


def publish(
    store: OfficeStore,
    key: SigningKey,
    catalogue: Catalogue,
    *,
    clock: Callable[[], datetime],
) -> Publication:
    """Publish a checked catalogue as the next version, with the keys of all trusted tills.

    Stories may be told for `LEASE_DAYS` from now, or until they are published again. Raises
    `Refusal(CATALOGUE_TOO_LARGE | POLICY_CHANGED | NOT_A_CATALOGUE_FILE)`; then no version was
    given out.
    """
    at = clock().replace(microsecond=0)
    whole = replace(catalogue, known_tills=_tills(store, catalogue))
    _check_policies(store, whole)

    def make(version: int) -> Publication:
        content = seal_catalogue(whole, version=version, at=at, key=key)
        sealed = unseal_catalogue(content)
        # Read as a till will read it: nothing goes out that one would refuse.
        sealed.catalogue()
        return Publication(
            version=version,
            at=write_moment(at),
            sha256=sealed.sha256,
            products=sealed.products,
            content=content,
        )

    return store.publish(make)


def write_publication(publication: Publication, folder: Path) -> Path:
    """Write a version's file into a folder, for its owner alone, and return it. Raises `Trouble`.

    It proves PINs to whoever can try a million of them, so it is to be kept as keys are.
    """
    make_folder(folder)
    path = folder / catalogue_name(publication.version)
    write_durably(path, publication.content, private=True)
    return path


def changes_of(store: OfficeStore, publication: Publication) -> Changes:
    """Return what a version changes against the one before it."""
    earlier = store.publication_before(publication.version)
    return compare(_issue(earlier) if earlier else None, _issue(publication))


def _issue(publication: Publication) -> Issue:
    sealed = unseal_catalogue(publication.content)
    return Issue(sealed.version, business_day(sealed.at), sealed.catalogue())


def _tills(store: OfficeStore, catalogue: Catalogue) -> tuple[KnownTill, ...]:
    """Return the tills of the workbook and the enrolled ones, each key once."""
    known = {till.public_key: till for till in catalogue.known_tills}
    known |= {till.public_key: till for till in store.known_tills()}
    return tuple(known.values())


def _check_policies(store: OfficeStore, catalogue: Catalogue) -> None:
    """Refuse a policy whose number meant another rate in the version before."""
    newest = store.newest_publication(with_content=True)
    if newest is None:
        return
    before = unseal_catalogue(newest.content).catalogue()
    meant = {dated.policy.number: dated.policy for dated in before.rules.policies}
    for dated in catalogue.rules.policies:
        if meant.get(dated.policy.number, dated.policy) != dated.policy:
            raise Refusal(Why.POLICY_CHANGED, number=dated.policy.number)
