"""A till to learn on: beside the real one, with numbers of its own, and nothing of it leaves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.counter.people import refuses
from tests.counter.tills import Clock, opened, proof, ring
from tofan_pos import app, resources
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.count import Count
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.printing.compose import compose
from tofan_pos.receipt.paper import MM80
from tofan_pos.receipt.text import text


@pytest.fixture
def real(folder: Path, clock: Clock) -> Path:
    """Return a real till with staff, an open session and a sale."""
    with opened(folder, clock=clock) as desk:
        ring(desk)
        desk.access.first_supervisor("S1", "หัวหน้า", "482913")
    return folder


@pytest.fixture
def learning(real: Path, clock: Clock) -> Iterator[Desk]:
    desk = app.build_training(real, clock=clock)
    yield desk
    desk.close()


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of the real till, and none of the one to learn on."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in found
        if app.TRAINING_FOLDER not in path.relative_to(folder).parts
    }


def a_day(desk: Desk) -> None:
    desk.day.open(Count.of({}, loose=500_00))
    sold = ring(desk, "TF-SCARF", "TF-DISH")
    desk.refunds.refund(desk.refunds.of_sale(sold), {0: 1}, "ลอง")
    desk.refunds.void(ring(desk), "ลอง")
    desk.drawer.pay_out(5_00, "ลอง")
    desk.reprints.reprint()
    desk.day.count(Count.of({}, loose=500_00))
    desk.day.close()


def test_the_real_till_is_untouched_byte_for_byte(real: Path, clock: Clock) -> None:
    before = contents(real)
    desk = app.build_training(real, clock=clock)
    a_day(desk)
    desk.close()
    assert contents(real) == before
    with opened(real, clock=clock, session=False) as again:
        assert proof(again).flaw is None
        again.access.sign_in("S1", "482913")
        assert ring(again, "TF-DISH").sale.number == "TST1-V000002", "what was sold is for sale"


def test_it_lives_in_a_folder_of_its_own(learning: Desk, real: Path) -> None:
    assert learning.store.path.parent == real / app.TRAINING_FOLDER
    assert learning.identity.install_id not in {path.stem for path in real.glob("*.key")}
    with opened(real, session=False) as desk:
        assert learning.identity.install_id != desk.identity.install_id
        assert learning.identity.public_key != desk.identity.public_key
        assert learning.shelf.scan("TF-SCARF") == desk.shelf.scan("TF-SCARF")


def test_its_numbers_are_no_real_ones(learning: Desk) -> None:
    a_day(learning)
    numbers = [
        learning.papers.find("1").sale.number,
        learning.papers.find_refund("TRAIN-C000001").reversal.number,
        learning.day.z().z.number,
    ]
    assert numbers == ["TRAIN-V000001", "TRAIN-C000001", "TRAIN-Z000001"]
    assert proof(learning).flaw is None


def test_nobody_elses_pin_is_needed_to_learn(learning: Desk) -> None:
    assert learning.access.needs_first_run
    assert learning.access.by == "SETUP"


def test_every_paper_says_what_it_is(learning: Desk) -> None:
    a_day(learning)
    papers = []
    for seq in range(1, learning.store.journal_size()[0] + 1):
        found = learning.papers.at(seq)
        if found is not None and found[1].blocks:
            papers.append(text(compose(found[1], MM80)))
    assert len(papers) >= 7
    assert not [paper for paper in papers if "สำหรับฝึก" not in paper]
    x_of_next = learning.day.open(Count())
    assert x_of_next.n == 2
    assert "สำหรับฝึก" in text(compose(learning.papers.x(learning.day.x()), MM80))


def test_nothing_of_it_leaves(learning: Desk, tmp_path: Path) -> None:
    a_day(learning)
    before = learning.store.journal_size()
    with refuses(Why.TRAINING_ONLY):
        learning.outbox.export(tmp_path / "stick")
    with refuses(Why.TRAINING_ONLY):
        learning.pack.make(learning.day.z(), tmp_path / "stick", resources.words("th"))
    assert not (tmp_path / "stick").exists()
    assert learning.store.journal_size() == before


def test_a_real_till_does_not_take_its_papers_back(learning: Desk, real: Path) -> None:
    learning.day.open(Count())
    sold = ring(learning)
    with opened(real) as desk, refuses(Why.NO_SUCH_RECEIPT):
        desk.refunds.find(sold.sale.number)


def test_it_begins_anew_each_time(real: Path, clock: Clock) -> None:
    for _ in range(2):
        desk = app.build_training(real, clock=clock)
        assert desk.day.session is None
        desk.day.open(Count())
        assert ring(desk).sale.number == "TRAIN-V000001"
        desk.close()


def test_where_there_is_no_till_there_is_none_to_learn_on(tmp_path: Path) -> None:
    with pytest.raises((Refusal, Trouble)):
        app.build_training(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_it_asks_nobody_to_enrol_it(learning: Desk) -> None:
    assert not learning.epochs.request_path.exists()
    with pytest.raises(Refusal) as refused:
        learning.dealings.request()
    assert refused.value.why is Why.TRAINING_ONLY
