"""What is shown on each picture: a name, the till it needs, and how the window gets there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tofan_pos.domain.basket import Bearer, Discount, DiscountKind
from tofan_pos.ui.counter.bindings import Deed
from tofan_pos.ui.counter.discount import DiscountPage
from tofan_pos.ui.counter.export import ExportPage
from tofan_pos.ui.counter.shelf import ShelfPage
from tofan_pos.ui.counter.window import CounterWindow


class Stage(Protocol):
    """Where a scene plays."""

    window: CounterWindow
    folder: str

    def settle(self) -> None:
        """Wait until nothing is under way."""
        ...


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture. `large` ones are also drawn at other sizes of window and type."""

    name: str
    play: Callable[[Stage], None]
    awkward: bool = False
    large: bool = False
    printer: str = ""


def _scan(stage: Stage, *codes: str) -> None:
    for code in codes:
        stage.window.serving.entered(code, True)  # noqa: FBT003 - a scan


def _type(stage: Stage, text: str) -> None:
    stage.window.field.setText(text)
    stage.window.field.textEdited.emit(text)
    stage.window.serving.look_up(text)


def _three(stage: Stage) -> None:
    _scan(stage, "TF-WEA-001", "TF-IND-001", "TF-WEA-001", "TF-BAS-002")


def _empty(_: Stage) -> None:
    return


def _search(stage: Stage) -> None:
    _three(stage)
    _type(stage, "ผ้า" if stage.window.language == "th" else "cotton")


def _nothing(stage: Stage) -> None:
    _type(stage, "zzzz")


def _refused(stage: Stage) -> None:
    _three(stage)
    _scan(stage, "2000000010013")


def _too_long(stage: Stage) -> None:
    stage.window.field.setText("8" * 10_000)
    _scan(stage, "8" * 10_000)
    stage.window.field.selectAll()


def _discounts(stage: Stage) -> None:
    say = stage.window.say
    _three(stage)
    off = Discount(
        kind=DiscountKind.PERCENT, value=10_00, reason=say("Member"), bearer=Bearer.BRAND
    )
    stage.window.sale.discount(off, whole=False)
    fifty = Discount(
        kind=DiscountKind.AMOUNT, value=50_00, reason=say("Festival"), bearer=Bearer.MALL
    )
    stage.window.sale.discount(fifty, whole=True)


def _forty(stage: Stage) -> None:
    _scan(stage, *(f"AW-N{n:02d}" for n in range(40)))


def _hostile(stage: Stage) -> None:
    _scan(stage, "AW-MARK", "AW-BIDI", "AW-MARKS", "AW-FREE", "AW-LONG")


def _gone(stage: Stage) -> None:
    _scan(stage, "AW-GONE")


def _rich(stage: Stage) -> None:
    _scan(stage, "AW-RICH")


def _pay(stage: Stage) -> None:
    _three(stage)
    stage.window.serving.doing.open_payment()


def _typed(stage: Stage, text: str) -> None:
    _pay(stage)
    stage.window.field.setText(text)
    stage.window.field.textEdited.emit(text)


def _done(stage: Stage) -> None:
    _three(stage)
    stage.window.sale.pay([Tender(TenderKind.CASH, 5000_00)])


def _rich_done(stage: Stage) -> None:
    _rich(stage)
    stage.window.sale.pay([Tender(TenderKind.CASH, 2_000_000_00)])


def _free(stage: Stage) -> None:
    _scan(stage, "AW-FREE")
    stage.window.serving.doing.open_payment()


def _discount_line(stage: Stage) -> None:
    _three(stage)
    stage.window.serving.doing.do(Deed.DISCOUNT_LINE)


def _discount_wrong(stage: Stage) -> None:
    _discounts(stage)
    stage.window.serving.doing.do(Deed.DISCOUNT_BASKET)
    page = stage.window.pages.of(DiscountPage)
    page.value.setText("5000")
    page.press()


def _deed(deed: Deed) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        _three(stage)
        stage.window.serving.doing.do(deed)

    return play


def _receipt(stage: Stage) -> None:
    _done(stage)
    stage.window.serving.doing.do(Deed.RECEIPT)


def _exported(stage: Stage) -> None:
    _done(stage)
    stage.window.serving.doing.do(Deed.EXPORT)
    page = stage.window.pages.of(ExportPage)
    page.folder.setText(stage.folder)
    page.press()
    stage.settle()
    page.folder.setText("E:/tofan-export")


def _rail(stage: Stage) -> None:
    _three(stage)
    stage.window.serving.doing.do(Deed.SHELF)
    stage.window.pages.of(ShelfPage).rail.setCurrentRow(3)


SCENES = (
    Scene("empty", _empty, large=True),
    Scene("basket", _three, large=True),
    Scene("search", _search, large=True),
    Scene("nothing-found", _nothing),
    Scene("category", _rail),
    Scene("refused", _refused, large=True),
    Scene("too-long", _too_long),
    Scene("discounted", _discounts),
    Scene("story", _deed(Deed.STORY)),
    Scene("forty-lines", _forty, awkward=True, large=True),
    Scene("hostile", _hostile, awkward=True),
    Scene("inactive", _gone, awkward=True),
    Scene("million", _rich, awkward=True, large=True),
    Scene("million-done", _rich_done, awkward=True),
    Scene("free", _free, awkward=True),
    Scene("payment", _pay, large=True),
    Scene("payment-typed", lambda stage: _typed(stage, "2000")),
    Scene("payment-short", lambda stage: _typed(stage, "500")),
    Scene("done", _done, large=True),
    Scene("done-offline", _done, printer="tcp:127.0.0.1:9"),
    Scene("discount-line", _discount_line, large=True),
    Scene("discount-wrong", _discount_wrong),
    Scene("void-asked", _deed(Deed.VOID_BASKET)),
    Scene("help", _deed(Deed.HELP), large=True),
    Scene("menu", _deed(Deed.MENU), large=True),
    Scene("export", _deed(Deed.EXPORT)),
    Scene("exported", _exported, large=True),
    Scene("receipt", _receipt),
)
