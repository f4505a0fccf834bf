"""What head office leaves in a folder: the newest catalogue, whole, and for whom it is meant."""

from pathlib import Path

import pytest

from tests.office.forge import AT, Till, key_of, sale
from tests.sync.goods import WHOLE
from tofan_pos.app import Office
from tofan_pos.office.intake import Outcome
from tofan_pos.office.publishing import publish
from tofan_pos.store.office_published import Publication
from tofan_pos.sync.published import catalogue_name
from tofan_pos.sync.sales import read_moment


@pytest.fixture
def newest(office: Office) -> Publication:
    return publish(office.store, office.key(), WHOLE, clock=lambda: read_moment(AT))


def left(folder: Path) -> bytes | None:
    """Return the catalogue that lies in a folder, None where none does."""
    path = folder / catalogue_name(1)
    return path.read_bytes() if path.exists() else None


def test_a_stick_brings_the_catalogue_back(
    office: Office, newest: Publication, till: Till, tmp_path: Path
) -> None:
    till.save(tmp_path)
    office.reception.take_paths([tmp_path])
    assert left(tmp_path) == newest.content
    # And again, though nothing on it is new, as long as it is the till's newest.
    (tmp_path / catalogue_name(1)).unlink()
    (result,) = office.reception.take_paths([tmp_path])
    assert (result.outcome, left(tmp_path)) == (Outcome.ALREADY_THERE, newest.content)


@pytest.mark.parametrize("planted", [b"", b"half a file", "half", "longer"])
def test_one_that_is_not_whole_is_written_anew(
    office: Office, newest: Publication, till: Till, tmp_path: Path, planted: bytes | str
) -> None:
    if isinstance(planted, str):
        whole = newest.content
        planted = whole[: len(whole) // 2] if planted == "half" else whole + b"x"
    path = tmp_path / catalogue_name(1)
    path.write_bytes(planted)
    till.save(tmp_path)
    (result,) = office.reception.take_paths([tmp_path])
    assert (result.unanswered, left(tmp_path)) == (None, newest.content)
    path.write_bytes(planted)
    assert path in office.reception.acknowledge_all(tmp_path)
    assert left(tmp_path) == newest.content


def test_one_that_is_whole_is_not_written_again(
    office: Office, newest: Publication, till: Till, tmp_path: Path
) -> None:
    till.save(tmp_path)
    path = tmp_path / catalogue_name(1)
    office.reception.take_paths([tmp_path])
    before = path.stat()
    office.reception.take_paths([tmp_path])
    assert path in office.reception.acknowledge_all(tmp_path)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert left(tmp_path) == newest.content


def test_a_link_in_its_place_is_replaced_and_what_it_leads_to_stays(
    office: Office, newest: Publication, till: Till, tmp_path: Path
) -> None:
    stick, elsewhere = tmp_path / "stick", tmp_path / "elsewhere"
    stick.mkdir()
    elsewhere.write_bytes(newest.content)
    path = stick / catalogue_name(1)
    path.symlink_to(elsewhere)
    till.save(stick)
    office.reception.take_paths([stick])
    assert not path.is_symlink()
    assert left(stick) == newest.content


@pytest.mark.parametrize("how", ["retired", "revoked"])
def test_a_till_that_is_trusted_no_more_is_left_none(
    office: Office, newest: Publication, till: Till, tmp_path: Path, how: str
) -> None:
    till.save(tmp_path)
    office.intake.take_all([tmp_path])
    if how == "retired":
        office.reception.retire("CTW1")
    else:
        office.reception.revoke("CTW1")
    office.reception.take_paths([tmp_path])
    assert left(tmp_path) is None
    office.reception.acknowledge_all(tmp_path)
    assert left(tmp_path) is None
    # Another that stands beside it is given the catalogue still.
    other = Till.with_sales(1, code="MBK2", key=key_of("other")).enrolled(office.store)
    other.save(tmp_path)
    office.reception.take_paths([tmp_path])
    assert left(tmp_path) == newest.content


def test_an_old_copy_of_a_file_is_no_stick(
    office: Office, newest: Publication, till: Till, tmp_path: Path
) -> None:
    anyone = tmp_path / "anyone"
    anyone.mkdir()
    till.save(anyone)
    office.intake.take_all([anyone])
    till.write(sale(13))
    office.intake.take_bytes(till.file(13), tmp_path / "by line")
    (result,) = office.reception.take_paths([tmp_path])
    assert (result.outcome, left(anyone)) == (Outcome.ALREADY_THERE, None)
    # Nor is one of an epoch that the till has left.
    later = till.next_epoch().enrolled(office.store)
    till.save(anyone)
    office.reception.take_paths([tmp_path])
    assert left(anyone) is None
    later.save(anyone)
    office.reception.take_paths([tmp_path])
    assert left(anyone) == newest.content


def test_who_sells_by_it_is_left_none(
    office: Office, newest: Publication, till: Till, tmp_path: Path
) -> None:
    office.reception.hello(till.hello(catalogue=newest.version))
    till.save(tmp_path)
    office.reception.take_paths([tmp_path])
    assert left(tmp_path) is None
