"""What one till with a key of its own, or another user of the computer, must not be able to do."""

import os
import stat
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.office.forge import AT, Till
from tests.sync.goods import WHOLE
from tofan_pos.app import Office
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.office.publishing import publish
from tofan_pos.office.rows import Rows, rows_of
from tofan_pos.store.office import OfficeStore
from tofan_pos.sync.chain import Link
from tofan_pos.sync.record import LARGEST
from tofan_pos.sync.sales import read_moment
from tofan_pos.sync.sealed import Header


@pytest.mark.parametrize("lie", [LARGEST, LARGEST - 1, 10_002])
def test_a_till_that_lies_about_its_catalogue_uses_no_versions_up(
    office: Office, till: Till, lie: int
) -> None:
    def version() -> int:
        return publish(office.store, office.key(), WHOLE, clock=lambda: read_moment(AT)).version

    assert version() == 1
    office.reception.hello(till.hello(catalogue=lie))
    assert version() == 2
    # What an older state of this database may lack is beyond all that was told of.
    office.reception.hello(till.hello(catalogue=60))
    assert version() == 61


def test_what_was_revoked_while_its_file_was_unpacked_is_not_taken_in(
    office: Office, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(header: Header, links: Sequence[Link]) -> Rows:
        office.reception.revoke(till.code)
        return rows_of(header, links)

    monkeypatch.setattr("tofan_pos.office.intake.rows_of", slowly)
    taken = office.reception.take(till.file())
    assert isinstance(taken.result.problem, Refusal)
    assert taken.result.problem.why is Why.KEY_REVOKED
    assert office.store.counts()["entries"] == 0


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX's")
def test_a_new_database_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        OfficeStore.create(f"sqlite:///{tmp_path / 'office.sqlite3'}").close()
    finally:
        os.umask(before)
    found = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert found == {0o600}
