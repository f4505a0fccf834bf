"""Publishing: every version its own, sealed for all tills, and what it changes told."""

import json
import stat
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.counter.publishing import trust
from tests.counter.tills import make_till, opened, quick_folder
from tests.domain.test_changes import FULL, SINGLE
from tests.office.forge import AT, Till, sale
from tests.office.running import Run
from tests.sync.goods import DISH, SCARF, SHOWN, VERIFIER, WHOLE
from tofan_pos.app import Office
from tofan_pos.cli.publish_records import changes_record
from tofan_pos.domain.catalogue import (
    MOST_ROTATIONS,
    KnownTill,
    ProducerGroup,
    Product,
    SharePolicy,
    Text,
)
from tofan_pos.domain.changes import Changes, DatedChange, Issue, Repriced, Ruled
from tofan_pos.domain.comparing import compare
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.people import Role, Staff
from tofan_pos.domain.published import LEASE_DAYS, Catalogue
from tofan_pos.domain.rules import DatedPolicy, DatedPrice, Rules
from tofan_pos.office.intake import Outcome
from tofan_pos.office.publishing import changes_of, publish, write_publication
from tofan_pos.store.office import OfficeStore
from tofan_pos.store.office_published import Publication
from tofan_pos.sync.published import unseal_catalogue
from tofan_pos.sync.sales import read_moment

DAY = read_moment(AT).date()


def put_out(office: Office, catalogue: Catalogue = WHOLE) -> Publication:
    return publish(
        office.store,
        office.key(),
        catalogue,
        clock=lambda: read_moment(AT),
    )


def test_versions_count_on(office: Office) -> None:
    assert office.store.newest_publication() is None
    first, second = put_out(office), put_out(office)
    assert (first.version, second.version) == (1, 2)
    newest = office.store.newest_publication(with_content=True)
    assert newest == second == office.store.publication(2)
    assert office.store.publication(1) == first
    assert office.store.publication_before(2) == first
    sealed = unseal_catalogue(second.content)
    assert (sealed.version, sealed.office_key) == (2, office.key().public)
    assert (sealed.sha256, sealed.products) == (second.sha256, second.products)
    assert sealed.at == read_moment(AT)


def test_stories_are_leased(office: Office) -> None:
    made = put_out(office, replace(WHOLE, products=(with_story(date(2029, 1, 1)), DISH)))
    story = unseal_catalogue(made.content).catalogue().products[0].story
    assert story is not None
    assert story.approved_until == DAY + timedelta(days=LEASE_DAYS)


def with_story(until: date) -> Product:
    assert SCARF.story is not None
    return replace(SCARF, story=replace(SCARF.story, approved_until=until))


@pytest.mark.usefixtures("till")
def test_enrolled_tills_keys_go_along(office: Office) -> None:
    mine = KnownTill("OWN1", 1, b"m" * 32)
    made = put_out(office, replace(WHOLE, known_tills=(mine,)))
    known = unseal_catalogue(made.content).catalogue().known_tills
    (enrolled,) = office.store.tills()
    assert known == (mine, KnownTill(enrolled.till, enrolled.epoch, enrolled.public_key))
    office.reception.revoke(enrolled.till, enrolled.epoch)
    made = put_out(office, replace(WHOLE, known_tills=()))
    assert unseal_catalogue(made.content).catalogue().known_tills == ()


def test_of_a_till_that_changes_its_key_without_end_the_newest_go_along(office: Office) -> None:
    first = Till().enrolled(office.store)
    first.write(sale(1))
    keys, rotated = [first.key.public], first
    for n in range(MOST_ROTATIONS + 3):
        rotated = rotated.rotate(f"key {n}")
        keys.append(rotated.key.public)
    second = rotated.next_epoch().enrolled(office.store)
    told = office.reception.take(replace(first, key=second.key).file(1, len(keys))).result
    assert told.outcome is Outcome.IMPORTED
    made = put_out(office, replace(WHOLE, known_tills=()))
    known = unseal_catalogue(made.content).catalogue().known_tills
    mine = {one.public_key for one in known if one.epoch == 1}
    assert mine == {keys[0], *keys[-MOST_ROTATIONS:]}
    assert [one.public_key for one in known if one.epoch == 2] == [second.key.public]


def test_a_till_sells_by_what_was_published(office: Office) -> None:
    made = put_out(office)
    with quick_folder() as folder:
        make_till(folder / "till")
        with opened(folder / "till") as desk:
            trust(desk, office.key())
            assert desk.incoming.take(made.content) == 1
            done = desk.incoming.apply()
            assert done is not None
            assert (done.problem, done.products) == (None, 2)
            assert desk.access.who is None
            assert [person.code for person in desk.access.staff()] == ["LEAD1"]


def test_what_changed_is_told(office: Office) -> None:
    first = changes_of(office.store, put_out(office))
    assert first == Changes(
        policies=(Ruled(date(2027, 1, 1), SharePolicy(), WHOLE.rules.policies[0].policy),),
        rates=(Ruled(date(2027, 10, 1), 700, 1_000),),
        heads=(Ruled(date(2026, 12, 1), None, WHOLE.rules.heads[0]),),
        added=("TF-SCARF", "TF-DISH"),
        staff_added=("LEAD1",),
        dated=2,
    )
    assert changes_of(office.store, put_out(office)) == Changes(since=1, dated=2)
    assert SCARF.story is not None
    silent = replace(SCARF, story=None, picture="", price=600_00)
    tea = replace(DISH, code="TF-TEA")
    staff = (Staff(code="SELL1", name="SELL1", role=Role.SUPERVISOR, verifier=VERIFIER),)
    third = replace(WHOLE, products=(silent, tea), pictures=(), prices=(), staff=staff)
    assert changes_of(office.store, put_out(office, third)) == Changes(
        since=2,
        added=("TF-TEA",),
        gone=("TF-DISH",),
        repriced=(Repriced("TF-SCARF", 590_00, 600_00),),
        stories_gone=("TF-SCARF",),
        staff_added=("SELL1",),
        staff_gone=("LEAD1",),
        staff_listed=("SELL2",),
        prices=(
            DatedChange("TF-SCARF", date(2026, 12, 1), 490_00, 600_00),
            DatedChange("TF-SCARF", date(2027, 1, 1), 590_00, 600_00),
        ),
    )
    # A price whose day has come counts, and so does a version without people.
    dated = replace(third, prices=(DatedPrice("TF-SCARF", DAY, 500_00),), staff=None)
    assert changes_of(office.store, put_out(office, dated)) == Changes(
        since=3, repriced=(Repriced("TF-SCARF", 600_00, 500_00),), staff_kept=True
    )


def test_a_policys_number_means_one_rate_for_good(office: Office) -> None:
    put_out(office)
    policy = SharePolicy(number=2, rate_bp=8_000)
    rules = Rules(policies=(DatedPolicy(date(2028, 1, 1), policy),))
    with pytest.raises(Refusal) as refusal:
        put_out(office, replace(WHOLE, rules=rules))
    assert (refusal.value.why, refusal.value.facts) == (Why.POLICY_CHANGED, {"number": 2})
    newest = office.store.newest_publication()
    assert newest is not None
    assert newest.version == 1


def test_what_no_till_would_take_is_not_published(office: Office) -> None:
    group = ProducerGroup("G1", Text("กลุ่ม 4111 1111 1111 1111"))
    with pytest.raises(Refusal) as refusal:
        put_out(office, replace(WHOLE, groups=(group, WHOLE.groups[1])))
    assert refusal.value.why is Why.NOT_A_CATALOGUE_FILE
    assert office.store.newest_publication() is None


def test_publishers_at_once_get_versions_of_their_own(office: Office, office_url: str) -> None:
    stores = [OfficeStore(office_url) for _ in range(4)]
    key = office.key()

    def put(store: OfficeStore) -> list[int]:
        return [publish(store, key, WHOLE, clock=lambda: read_moment(AT)).version for _ in range(3)]

    try:
        with ThreadPoolExecutor(4) as threads:
            versions = [version for some in threads.map(put, stores) for version in some]
    finally:
        for store in stores:
            store.close()
    assert sorted(versions) == list(range(1, 13))
    for version in versions:
        made = office.store.publication(version)
        assert made is not None
        assert unseal_catalogue(made.content).version == version


@pytest.mark.usefixtures("till")
def test_a_head_office_put_back_gives_no_version_out_twice(office: Office) -> None:
    """A till told of version 7, which this database does not know any more."""
    (enrolled,) = office.store.tills()
    with office.store.contact(enrolled.till) as contact:
        contact.change(enrolled.epoch, catalogue=7)
    assert put_out(office).version == 8


@pytest.mark.skipif(sys.platform == "win32", reason="files have other owners there")
def test_the_file_is_for_its_owner_alone(office: Office, tmp_path: Path) -> None:
    made = put_out(office)
    path = write_publication(made, tmp_path / "new" / "folder")
    assert path.name == "catalogue-00000001.tofancat"
    assert path.read_bytes() == made.content
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


# --- the command ---------------------------------------------------------------------------------


def test_the_command_publishes_a_workbook(run: Run, office_url: str, tmp_path: Path) -> None:
    sample = Path(__file__).parents[2] / "resources" / "sample" / "catalogue.xlsx"
    assert run("init", "--db", office_url).code == 0
    done = run("publish", sample, "--db", office_url, "--to", tmp_path / "out", "--json")
    assert (done.code, "Products, row" in done.err) == (0, True)
    said = json.loads(done.out)
    assert (said["version"], said["since"], said["gone"]) == (1, None, [])
    assert len(said["added"]) == said["products"] > 20
    content = Path(said["file"]).read_bytes()
    assert len(content) == said["size"]
    assert unseal_catalogue(content).sha256 == said["sha256"]
    again = run("publish", sample, "--db", office_url)
    assert again.code == 0
    assert "Version 2 is published" in again.out
    assert "Nothing changes against version 1." in again.out


def workbook(path: Path, **more: Sequence[Sequence[object]]) -> Path:
    """Write a workbook of one product, and of more sheets, each with its headings."""
    book = Workbook()
    sheets: dict[str, Sequence[Sequence[object]]] = {
        "Products": (
            ("code", "name_th", "name_en", "price", "group"),
            ("TF-1", "ผ้า", "Cloth", 100, "G1"),
        ),
        "Groups": (("group", "label_th", "label_en"), ("G1", "ทอ", "Weavers")),
    }
    for name, rows in (sheets | more).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.remove(book.worksheets[0])
    book.save(path)
    return path


def test_the_command_tells_every_change_and_a_lower_share_twice(
    run: Run, office_url: str, tmp_path: Path
) -> None:
    sample = workbook(tmp_path / "plain.xlsx")
    lower = workbook(
        tmp_path / "lower.xlsx",
        Rules=(
            ("kind", "since", "number", "rate"),
            ("share", "2099-01-01", 2, "60%"),
            ("vat", "2099-01-01", None, "10%"),
        ),
        Promotions=(
            ("code", "name_th", "kind", "value", "scope"),
            ("HALF", "ลดครึ่ง", "percent", "50%", "basket"),
        ),
    )
    assert run("init", "--db", office_url).code == 0
    assert run("publish", sample, "--db", office_url, "--json").json["share_lowered"] is False
    said = run("publish", lower, "--db", office_url)
    assert "Nothing changes" not in said.out
    share = "Makers' share from 1 Jan 2099: 70 % → 60 % (share policy no. 1 → 2)"
    for line in (share, "VAT from 1 Jan 2099: 7 % → 10 %", "Promotion added: HALF, ลดครึ่ง, 50 %"):
        assert line in said.out
    assert "the makers' share is LOWERED from 1 Jan 2099 on, 70 % → 60 %" in said.err
    back = run("publish", sample, "--db", office_url, "--json")
    assert "LOWERED" not in back.err
    assert back.json["share"] == [
        {
            "since": "2099-01-01",
            "before": {"number": 2, "rate": "60%"},
            "now": {"number": 1, "rate": "70%"},
        }
    ]
    assert back.json["vat"] == [{"since": "2099-01-01", "before": "10%", "now": "7%"}]
    (gone,) = back.json["promotions"]
    assert (gone["code"], gone["before"]["value"], gone["now"]) == ("HALF", "50%", None)
    assert back.json["nothing_changed"] is False
    assert run("publish", sample, "--db", office_url, "--json").json["nothing_changed"] is True


def test_all_that_changes_is_in_the_record() -> None:
    """Each single change of a catalogue is one of the record too."""
    same = changes_record(compare(Issue(1, DAY, WHOLE), Issue(2, DAY, WHOLE)))
    assert same["nothing_changed"]
    for one in SINGLE:
        found = changes_record(compare(Issue(1, DAY, FULL), Issue(2, DAY, one)))
        told = {name for name, value in found.items() if value != same[name]}
        assert told - {"nothing_changed", "dated_prices", "share_lowered"}
        assert json.loads(json.dumps(found)) == found


def test_the_command_tells_every_fault_and_publishes_nothing(
    run: Run, office_url: str, tmp_path: Path
) -> None:
    assert run("init", "--db", office_url).code == 0
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"no workbook")
    done = run("publish", bad, "--db", office_url)
    assert (done.code, done.out) == (1, "")
    assert "bad.xlsx" in done.err
    assert SHOWN not in done.err
    store = OfficeStore(office_url)
    assert store.newest_publication() is None
    store.close()
