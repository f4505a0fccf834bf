"""A till takes another key: both keys sign for it, and from then on the new one is trusted."""

from dataclasses import replace
from pathlib import Path

from tests.office.forge import Till, all_rows, key_of, sale
from tests.office.test_epochs import rung, why
from tofan_pos.app import Office
from tofan_pos.domain.errors import Why
from tofan_pos.office.intake import Outcome
from tofan_pos.store.office import OfficeStore


def rotated(store: OfficeStore) -> tuple[Till, Till]:
    """Return an enrolled till whose entry 5 takes another key, and the till after it."""
    old = Till.with_sales(4).enrolled(store)
    return old, old.rotate()


def test_the_new_key_is_trusted_once_the_old_has_told(office: Office, tmp_path: Path) -> None:
    old, new = rotated(office.store)
    rung(new, 3, start=5)
    assert why(office.intake.take(new.save(tmp_path, 6))) is Why.KEY_DIFFERS
    assert office.intake.take(old.save(tmp_path, 1, 5)).added == 5
    assert office.intake.take(new.save(tmp_path, 6)).added == 3
    assert [since for since, _ in office.store.keys("CTW1", 1)] == [0, 5]
    # What was signed before may be sent again by either.
    assert office.intake.take(new.save(tmp_path, 1)).outcome is Outcome.ALREADY_THERE


def test_files_of_one_lot_may_lie_in_any_order(office: Office, tmp_path: Path) -> None:
    old, new = rotated(office.store)
    rung(new, 3, start=5)
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    new.save(tmp_path / "a", 6)
    old.save(tmp_path / "b", 1, 5)
    results = office.reception.take_paths([tmp_path])
    assert [result.outcome for result in results] == [Outcome.IMPORTED] * 2


def test_a_rotation_that_the_new_key_did_not_sign_is_refused(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    old = Till.with_sales(4).enrolled(office.store)
    old.rotate(signed_by=key_of("stranger"))
    before = all_rows(office_url)
    assert why(office.intake.take(old.save(tmp_path))) is Why.ENTRY_CONTRADICTS
    assert all_rows(office_url) == before


def test_nothing_follows_a_rotation_in_the_old_keys_file(office: Office, tmp_path: Path) -> None:
    old, _ = rotated(office.store)
    rung(old, 2, start=5)
    assert why(office.intake.take(old.save(tmp_path))) is Why.ENTRY_CONTRADICTS


def test_another_tills_key_is_not_taken(office: Office, tmp_path: Path) -> None:
    Till("MBK2", key=key_of("rotated")).enrolled(office.store)
    old, _ = rotated(office.store)
    assert why(office.intake.take(old.save(tmp_path))) is Why.ENTRY_CONTRADICTS


def test_what_a_key_that_was_given_up_signs_later_is_kept_apart(
    office: Office, tmp_path: Path
) -> None:
    old, new = rotated(office.store)
    stolen = replace(old, links=old.links[:5])
    rung(new, 2, start=5)
    rung(stolen, 3, start=50)
    office.intake.take(old.save(tmp_path, 1, 5))
    kept = office.intake.take(stolen.save(tmp_path, 6))
    assert kept.outcome is Outcome.QUARANTINED
    assert kept.apart is not None
    assert (kept.apart.seq, kept.apart.sales) == (6, 3)
    assert office.intake.take(new.save(tmp_path, 6)).added == 2


def test_a_branch_without_the_rotation_parts_where_it_parts(office: Office, tmp_path: Path) -> None:
    old, _ = rotated(office.store)
    twin = rung(old.branch(2), 6, start=50)
    office.intake.take(old.save(tmp_path))
    kept = office.intake.take(twin.save(tmp_path))
    assert kept.apart is not None
    assert (kept.apart.seq, kept.apart.held, kept.apart.sales) == (3, old.links[2].hash, 6)


def test_a_branch_of_which_only_the_end_has_come_parts_at_the_rotation(
    office: Office, tmp_path: Path
) -> None:
    old, _ = rotated(office.store)
    twin = rung(old.branch(4), 6, start=50)
    office.intake.take(old.save(tmp_path))
    kept = office.intake.take(twin.save(tmp_path, 8))
    assert kept.apart is not None
    assert (kept.apart.seq, kept.apart.held, kept.apart.sales) == (5, old.links[4].hash, 3)
    # What lies before it comes late, and is added up too.
    kept = office.intake.take(twin.save(tmp_path, 1, 7))
    assert kept.apart is not None
    assert (kept.apart.seq, kept.apart.sales) == (5, 3)


def test_a_key_rotates_again(office: Office, tmp_path: Path) -> None:
    old, new = rotated(office.store)
    rung(new, 2, start=5)
    third = new.rotate("third")
    third.write(sale(7))
    for till, first, last in ((old, 1, 5), (new, 6, 8), (third, 9, 9)):
        assert office.intake.take(till.save(tmp_path, first, last)).outcome is Outcome.IMPORTED
    assert [since for since, _ in office.store.keys("CTW1", 1)] == [0, 5, 8]


def test_a_revoked_epoch_is_revoked_with_all_its_keys(office: Office, tmp_path: Path) -> None:
    old, new = rotated(office.store)
    rung(new, 2, start=5)
    office.intake.take(old.save(tmp_path, 1, 5))
    office.reception.revoke("CTW1", 1)
    assert why(office.intake.take(new.save(tmp_path, 6))) is Why.KEY_REVOKED
    assert why(office.intake.take(old.save(tmp_path, 1, 5))) is Why.KEY_REVOKED
    after = new.next_epoch().enrolled(office.store)
    tail = replace(new, key=after.key)
    assert office.intake.take(tail.save(tmp_path, 6)).added == 2
