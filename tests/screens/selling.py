"""Scenes of selling and paying."""

from tests.screens.stage import Play, Stage, do, say_scene, scan_scene, type_scene
from tofan_pos.domain.basket import Bearer, Discount, DiscountKind
from tofan_pos.domain.sale import Tender, TenderKind
from tofan_pos.ui.counter.bindings import Deed
from tofan_pos.ui.counter.discount import DiscountPage
from tofan_pos.ui.counter.export import ExportPage
from tofan_pos.ui.counter.pay import PayPage
from tofan_pos.ui.counter.shelf import ShelfPage

# --- selling ----------------------------------------------------------------------------------


def three(stage: Stage) -> None:
    scan_scene(stage, "TF-WEA-001", "TF-IND-001", "TF-WEA-001", "TF-BAS-002")


def empty_scene(_: Stage) -> None:
    return


def search_scene(stage: Stage) -> None:
    three(stage)
    type_scene(stage, say_scene(stage, "ผ้า", "cotton"))


def nothing_scene(stage: Stage) -> None:
    type_scene(stage, "zzzz")


def refused_scene(stage: Stage) -> None:
    three(stage)
    scan_scene(stage, "2000000010013")


def too_long(stage: Stage) -> None:
    stage.window.field.setText("8" * 10_000)
    scan_scene(stage, "8" * 10_000)
    stage.window.field.selectAll()


def discounts(stage: Stage) -> None:
    say = stage.window.say
    three(stage)
    off = Discount(
        kind=DiscountKind.PERCENT, value=10_00, reason=say("Member"), bearer=Bearer.BRAND
    )
    stage.window.sale.discount(off, whole=False)
    fifty = Discount(
        kind=DiscountKind.AMOUNT, value=50_00, reason=say("Festival"), bearer=Bearer.MALL
    )
    stage.window.sale.discount(fifty, whole=True)


def promotions_scene(stage: Stage) -> None:
    scan_scene(stage, *("TF-WOO-004",) * 4, "TF-EMB-004", "TF-BAS-006")
    stage.window.sale.choose(1)


def forty_scene(stage: Stage) -> None:
    scan_scene(stage, *(f"AW-N{n:02d}" for n in range(40)))


def hostile_scene(stage: Stage) -> None:
    scan_scene(stage, "AW-MARK", "AW-BIDI", "AW-MARKS", "AW-FREE", "AW-LONG")


def gone(stage: Stage) -> None:
    scan_scene(stage, "AW-GONE")


def rich(stage: Stage) -> None:
    scan_scene(stage, "AW-RICH")


def after_three(deed: Deed) -> Play:
    def play(stage: Stage) -> None:
        three(stage)
        do(stage, deed)

    return play


def rail(stage: Stage) -> None:
    three(stage)
    do(stage, Deed.SHELF)
    stage.window.pages.of(ShelfPage).rail.setCurrentRow(3)


# --- paying -----------------------------------------------------------------------------------


def pay_scene(stage: Stage) -> None:
    three(stage)
    stage.window.serving.doing.open_payment()


def typed_scene(stage: Stage, text: str) -> None:
    pay_scene(stage)
    enter_amount(stage, text)


def enter_amount(stage: Stage, text: str) -> None:
    stage.window.field.setText(text)
    stage.window.field.textEdited.emit(text)


def choose_tender(stage: Stage, place: int) -> None:
    stage.window.pages.of(PayPage).choose(place)


def reference_scene(stage: Stage) -> None:
    typed_scene(stage, "890")
    choose_tender(stage, 0)
    enter_amount(stage, "114477")


def several_scene(stage: Stage) -> None:
    typed_scene(stage, "500")
    choose_tender(stage, -1)
    enter_amount(stage, "300")
    choose_tender(stage, 2)
    enter_amount(stage, "MV-88120")
    stage.window.pages.of(PayPage).pay_typed("MV-88120")


def long_tenders(stage: Stage) -> None:
    scan_scene(stage, "AW-RICH")
    stage.window.serving.doing.open_payment()
    for place, amount in ((1, "400000"), (2, "100000.25"), (3, "2000")):
        enter_amount(stage, amount)
        choose_tender(stage, place)
        if stage.window.pages.of(PayPage).asking is not None:
            stage.window.pages.of(PayPage).pay_typed("KBANK-2026112214050099")


def done_scene(stage: Stage) -> None:
    three(stage)
    stage.window.sale.pay([Tender(TenderKind.CASH, 5000_00)])


def done_several(stage: Stage) -> None:
    three(stage)
    stage.window.sale.pay([
        Tender(TenderKind.CARD, 890_00, code="CARD", reference="114477"),
        Tender(TenderKind.VOUCHER, 300_00, code="VOUCHER", reference="MV-88120"),
        Tender(TenderKind.CASH, 500_00),
    ])  # fmt: skip


def rich_done(stage: Stage) -> None:
    rich(stage)
    stage.window.sale.pay([Tender(TenderKind.CASH, 2_000_000_00)])


def free_scene(stage: Stage) -> None:
    scan_scene(stage, "AW-FREE")
    stage.window.serving.doing.open_payment()


def discount_wrong(stage: Stage) -> None:
    discounts(stage)
    do(stage, Deed.DISCOUNT_BASKET)
    page = stage.window.pages.of(DiscountPage)
    page.value.setText("5000")
    page.press()


def price_scene(stage: Stage) -> None:
    three(stage)
    do(stage, Deed.DISCOUNT_LINE)
    page = stage.window.pages.of(DiscountPage)
    page.turn_to_price()
    page.value.setText("120")


def priced_scene(stage: Stage) -> None:
    three(stage)
    stage.window.sale.override_price(120_00, say_scene(stage, "ฝาขาดเล็กน้อย", "Lid slightly torn"))


def exported_scene(stage: Stage) -> None:
    done_scene(stage)
    do(stage, Deed.EXPORT)
    page = stage.window.pages.of(ExportPage)
    page.folder.setText(stage.folder)
    page.press()
    stage.settle()
    page.folder.setText("E:/tofan-export")
