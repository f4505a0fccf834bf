"""The head offices that are shown: a fresh one, one with forty tills, and what lies on sticks."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from tests.office.forge import Part, Till, key_of, sale
from tests.screens.worlds import Told
from tofan_pos import app
from tofan_pos.app import Office
from tofan_pos.store.office import OfficeStore
from tofan_pos.sync import enrolment
from tofan_pos.sync.contact import HelloBody, write_hello
from tofan_pos.sync.enrolment import Beginning
from tofan_pos.sync.sales import write_moment

MALLS = ("CTW", "EMQ", "PGN", "MBK", "TSQ", "ICS", "CMA", "HKT")
DEEP = "แฟลชไดรฟ์ของเคาน์เตอร์เซ็นทรัลเวิลด์ ชั้นหนึ่ง (สำรองก่อนย้ายเครื่อง พฤศจิกายน ๒๕๖๙)"


@dataclass
class Headquarters:
    """A head office in a folder, its clock, and a stick to bring things on."""

    office: Office
    clock: Told
    stick: Path


def open_fresh(place: Path) -> Headquarters:
    """Return a head office that knows nobody yet."""
    place.mkdir(parents=True)
    url = f"sqlite:///{place / 'office.sqlite3'}"
    OfficeStore.create(url).close()
    clock = Told()
    office = app.build_office(url, clock=clock)
    office.identity.key()
    office.store.name_desk(name="ทอฝัน สำนักงานใหญ่")
    stick = place / "media" / "KINGSTON" / "tofan"
    stick.mkdir(parents=True)
    return Headquarters(office, clock, stick)


def greet(house: Headquarters, till: Till, *, ago: timedelta, program: str = "0.1.0") -> None:
    """Have a till say hello, so long ago."""
    now = house.clock.at
    house.clock.at = now - ago
    body = HelloBody(
        at=write_moment(house.clock.at),
        catalogue=12 if till.code[-1] != "3" else 9,
        epoch=till.epoch,
        hash=till.head.hash.hex(),
        head=till.head.seq,
        nonce="0" * 32,
        program=program,
        till=till.code,
    )
    house.office.reception.hello(write_hello(body, till.key))
    house.clock.at = now


def open_forty(place: Path) -> Headquarters:
    """Return a head office of forty tills: quiet ones, gaps, a fork, a restored and a lost one."""
    house = open_fresh(place)
    store, reception = house.office.store, house.office.reception
    for n in range(40):
        code = f"{MALLS[n % len(MALLS)]}{n // len(MALLS) + 1}"
        till = Till.with_sales(6 + n % 5, code=code, key=key_of(code)).enrolled(store)
        last = len(till.links)
        paths = [till.save(house.stick, 1, 3), till.save(house.stick, 5 if n % 7 == 3 else 4, last)]
        reception.take_paths(paths, answer=False)
        greet(house, till, ago=_ago(n), program="0.1.0" if n % 5 else "0.0.9")
        if n == 0:
            _restore(house, till)
        elif n == 2:
            _fork(house, till)
    reception.revoke("MBK2")
    reception.retire("HKT1")
    return house


def _ago(n: int) -> timedelta:
    return timedelta(days=n // 2 + 1) if n % 13 == 12 else timedelta(minutes=n * n // 2 + n)


def _fork(house: Headquarters, till: Till) -> None:
    """Bring what the same till wrote on another computer."""
    other = till.branch(5)
    for n in (6, 7):
        other.write(sale(n, Part(paid=1_234_50, vat=80_76, share=800_00)))
    path = house.stick / "copied.tofan"
    path.write_bytes(other.file(6, 7))
    house.office.reception.take_paths([path], answer=False)


def _restore(house: Headquarters, till: Till) -> None:
    """Have a till begin anew after a backup was put in its place."""
    head = till.head
    again = replace(till, epoch=2, key=key_of("restored"), links=list(till.links))
    request = enrolment.Request(
        again.code,
        2,
        "a" * 32,
        again.key.public,
        Beginning.RESTORED,
        head.seq,
        head.hash.hex(),
        "0.1.0",
    )
    house.office.reception.enrol(request)
    greet(house, again, ago=timedelta(minutes=2))


def fill_restored(house: Headquarters) -> Path:
    """Put on a stick what a till sends whose file was lost, and a gap of another till."""
    store, stick = house.office.store, house.stick
    first = Till.with_sales(9, key=key_of("CTW1")).enrolled(store)
    second = first.next_epoch(6, lost=(first.lost(7),)).enrolled(store)
    for n in (20, 21):
        second.write(sale(n))
    house.office.reception.take_paths([second.save(stick)], answer=False)
    first.save(stick, 1, 4)
    other = Till.with_sales(12, code="EMQ2", key=key_of("EMQ2")).enrolled(store)
    other.save(stick, 1, 3)
    other.save(stick, 7, 12)
    greet(house, second, ago=timedelta(minutes=4))
    greet(house, other, ago=timedelta(minutes=9))
    return stick


def fill_stick(house: Headquarters) -> Path:
    """Put on a stick what is usual, what is missing, what is broken, and two tills that ask."""
    store, stick = house.office.store, house.stick
    known = Till.with_sales(12, key=key_of("CTW1")).enrolled(store)
    known.save(stick, 1, 3)
    known.save(stick, 7, 12)
    house.office.reception.take_paths([known.save(stick, 1, 2)], answer=False)
    second = Till.with_sales(64, code="EMQ2", key=key_of("EMQ2")).enrolled(store)
    second.save(stick)
    stranger = Till.with_sales(5, code="PGN3", key=key_of("PGN3"))
    stranger.save(stick)
    stranger.save_request(stick).rename(stick / enrolment.FILE_NAME)
    deep = stick / DEEP / "Shift 22-11-2569 และวันก่อนหน้านั้นทั้งหมดที่ยังไม่ได้ส่ง"
    deep.mkdir(parents=True)
    other = Till(code="ICS8", key=key_of("ICS8"))
    other.save_request(deep).rename(deep / enrolment.FILE_NAME)
    (deep / f"{'ไฟล์ที่เปลี่ยนชื่อเอง' * 3}.tofan").write_bytes(b"tofan" * 40)
    whole = second.file()
    (stick / "cut.tofan").write_bytes(whole[: len(whole) // 2])
    fork = known.branch(8)
    for n in (9, 10):
        fork.write(sale(n, Part(paid=1_234_50, vat=80_76, share=800_00)))
    (stick / "copied.tofan").write_bytes(fork.file(9, 10))
    return stick


Open = Callable[[Path], Headquarters]
