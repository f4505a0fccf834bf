"""A head office that is put back from a backup has everything again once each till was in touch."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from psycopg import sql

from tests.counter.tills import make_till, opened, ring
from tests.office.forge import all_rows
from tests.office.test_publishing import put_out
from tests.sync.goods import WHOLE
from tofan_pos import app
from tofan_pos.app import Office
from tofan_pos.counter.desk import Desk
from tofan_pos.office.gaps import all_gaps
from tofan_pos.store.office import OfficeStore
from tofan_pos.sync.contact import Standing
from tofan_pos.sync.enrolment import request_in

NONCE = "5" * 32


class Backup:
    """A database as it was when this was made."""

    def __init__(self, url: str) -> None:
        self._url = sa.make_url(url)
        self._name = f"{self._url.database}_saved"
        self._copy(str(self._url.database), self._name)

    def put_back(self) -> None:
        """Put it in the place of what there is now."""
        self._copy(self._name, str(self._url.database))

    def _copy(self, source: str, target: str) -> None:
        if self._url.get_backend_name() == "sqlite":
            shutil.copy(source, target)
            return
        server = self._url.set(database="postgres", drivername="postgresql")
        plain = server.render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            for statement in (
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(target)),
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(target), sql.Identifier(source)
                ),
            ):
                connection.execute(statement)


@contextmanager
def head_office(url: str) -> Iterator[Office]:
    office = app.build_office(url)
    try:
        yield office
    finally:
        office.store.close()


def contact(desk: Desk, office: Office) -> tuple[int, int]:
    """Have a till make a contact; return what was acknowledged before it sent, and after."""
    hello = office.reception.hello(desk.dealings.hello(NONCE))
    heard = desk.dealings.take_acknowledgement(hello, NONCE)
    first = heard.acked
    for run in desk.outbox.runs():
        taken = office.reception.take(run.content)
        assert taken.letter is not None, taken.result.problem
        heard = desk.dealings.take_acknowledgement(taken.letter)
        assert not heard.stale
    assert heard.standing is Standing.TRUSTED
    return first, heard.acked


@pytest.fixture
def tills(tmp_path: Path) -> list[Path]:
    folders = [tmp_path / code for code in ("CTW1", "MBK2")]
    for folder in folders:
        make_till(folder, till=folder.name)
    return folders


def enrol(office: Office, folder: Path) -> None:
    with opened(folder) as desk:
        desk.dealings.trust(office.reception.enrol(request_in(desk.dealings.request())))


def sell_and_send(office: Office, folder: Path, times: int) -> tuple[int, int]:
    with opened(folder) as desk:
        for _ in range(times):
            ring(desk)
        return contact(desk, office)


def by_stick(office: Office, folder: Path, stick: Path) -> list[str]:
    """Carry a stick to a till and back; return what head office leaves on it for the till."""
    with opened(folder) as desk:
        found = desk.dealings.take_folder(stick)
        for path in found.catalogues:
            desk.incoming.take(path.read_bytes())
        desk.incoming.apply()
        for path in stick.iterdir():
            path.unlink()
        desk.outbox.export(stick)
    assert not [one.problem for one in office.reception.take_paths([stick]) if one.problem]
    return sorted(path.suffix for path in stick.iterdir())


def sales(url: str) -> set[str]:
    return {row[4] for row in all_rows(url)["sale"]}


def test_an_older_database_has_all_again_at_the_next_contact(
    office_url: str, tills: list[Path]
) -> None:
    OfficeStore.create(office_url).close()
    with head_office(office_url) as office:
        for folder in tills:
            enrol(office, folder)
            sell_and_send(office, folder, 3)
    saved = Backup(office_url)
    with head_office(office_url) as office:
        for folder in tills:
            before, after = sell_and_send(office, folder, 4)
            assert 0 < before < after
    complete, held = sales(office_url), all_rows(office_url)["entry"]
    assert len(complete) == 14
    saved.put_back()
    assert len(sales(office_url)) == 6
    with head_office(office_url) as office:
        for folder in tills:
            # The acknowledgement goes back, and the till sends again what is missing, no more.
            before, after = sell_and_send(office, folder, 0)
            assert before < after
        assert all_gaps(office.store) == ()
    assert sales(office_url) == complete
    again = all_rows(office_url)["entry"]
    assert [row for row in again if row in held] == held


def test_a_database_from_before_the_enrolment_is_enrolled_anew(
    office_url: str, tills: list[Path]
) -> None:
    """Its key is the same, as that is kept apart from the database: the till trusts it still."""
    OfficeStore.create(office_url).close()
    folder = tills[0]
    saved = Backup(office_url)
    with head_office(office_url) as office:
        enrol(office, folder)
        sell_and_send(office, folder, 5)
        key = office.key()
    saved.put_back()
    with head_office(office_url) as office:
        assert office.key() == key
        with opened(folder) as desk:
            hello = office.reception.hello(desk.dealings.hello(NONCE))
            heard = desk.dealings.take_acknowledgement(hello, NONCE)
            assert heard.standing is Standing.UNKNOWN
            assert office.reception.ask(desk.dealings.request()) is None
            (asked,) = office.reception.pending()
            assert asked.fingerprint == desk.dealings.fingerprint
            office.reception.enrol(asked)
            assert contact(desk, office)[1] > 5
        assert all_gaps(office.store) == ()
    assert len(sales(office_url)) == 5


def test_a_key_taken_after_the_backup_is_told_of_again(office_url: str, tills: list[Path]) -> None:
    OfficeStore.create(office_url).close()
    folder = tills[0]
    with head_office(office_url) as office:
        enrol(office, folder)
        sell_and_send(office, folder, 2)
    saved = Backup(office_url)
    with head_office(office_url) as office:
        with opened(folder) as desk:
            desk.dealings.rotate_key()
        sell_and_send(office, folder, 3)
    saved.put_back()
    with head_office(office_url) as office, opened(folder) as desk:
        hello = office.reception.hello(desk.dealings.hello(NONCE))
        heard = desk.dealings.take_acknowledgement(hello, NONCE)
        assert (heard.standing, heard.began) == (Standing.TAKEN, None)
        contact(desk, office)
        assert desk.identity.epoch == 1
        assert desk.outbox.waiting().count == 0
        assert all_gaps(office.store) == ()
    assert len(sales(office_url)) == 5


def test_a_version_that_tills_sell_by_is_never_given_out_again_also_by_stick(
    office_url: str, tills: list[Path], tmp_path: Path
) -> None:
    OfficeStore.create(office_url).close()
    folder, stick = tills[0], tmp_path / "stick"
    stick.mkdir()
    plain = replace(WHOLE, staff=None)
    with head_office(office_url) as office:
        enrol(office, folder)
        put_out(office, plain)
        assert by_stick(office, folder, stick) == [".tofan", ".tofanack", ".tofancat"]
        assert by_stick(office, folder, stick) == [".tofan", ".tofanack"]
        assert [row.catalogue for row in office.store.tills()] == [1]
    saved = Backup(office_url)
    with head_office(office_url) as office:
        for _ in range(3):
            put_out(office, plain)
        office.reception.acknowledge_all(stick)
        by_stick(office, folder, stick)
        assert [row.catalogue for row in office.store.tills()] == [4]
    saved.put_back()
    with head_office(office_url) as office:
        assert [row.catalogue for row in office.store.tills()] == [1]
        office.reception.take_paths([stick])
        assert [row.catalogue for row in office.store.tills()] == [4]
        assert put_out(office, plain).version == 5
