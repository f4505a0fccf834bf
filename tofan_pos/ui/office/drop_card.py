"""Where files are dropped: what to drop, keys to choose them, and how far an import is."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, N802

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tofan_pos.ui.kit import icons, theme, tokens
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.ui.kit.text import Elided, Wrapped
from tofan_pos.words import Words

_ROUND = 12
_LARGE, _SMALL = 64, 32
_WIDE = 608


class DropCard(QFrame):
    """Large while nothing was taken in yet, low afterwards; shows progress while it goes on."""

    files_wanted = Signal()
    folder_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._large, self._running = True, False
        self._say: Words | None = None
        self._icon = QLabel()
        self._title = Wrapped(size=tokens.LEAD, bold=True, centred=True)
        self._what = Wrapped(colour="muted", centred=True)
        self._title_low = Elided(role="heading")
        self._what_low = Elided(role="small")
        self.files = KeyButton(accent=True, size=tokens.READ, icon="plus", least=56)
        self.folder = KeyButton(size=tokens.READ, icon="folder", least=56)
        self.cancel = KeyButton(size=tokens.READ, icon="close", least=56)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self._doing = Elided()
        self._build()
        self.files.clicked.connect(self.files_wanted)
        self.folder.clicked.connect(self.folder_wanted)
        self.cancel.clicked.connect(self.cancel_wanted)

    def _build(self) -> None:
        for key in (self.files, self.folder, self.cancel):
            key.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        low = QVBoxLayout()
        low.setSpacing(0)
        low.addWidget(self._title_low)
        low.addWidget(self._what_low)
        self._low = QWidget()
        self._low.setLayout(low)
        low.setContentsMargins(0, 0, 0, 0)
        going = QVBoxLayout()
        going.setContentsMargins(0, 0, 0, 0)
        going.setSpacing(8)
        going.addWidget(self._doing)
        going.addWidget(self.bar)
        self._going = QWidget()
        self._going.setLayout(going)
        keys = QHBoxLayout()
        keys.setContentsMargins(0, 0, 0, 0)
        keys.setSpacing(8)
        for key in (self.files, self.folder, self.cancel):
            keys.addWidget(key)
        self._keys = QWidget()
        self._keys.setLayout(keys)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.setSpacing(16)
        self._row.addStretch(1)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignCenter)
        self._row.addWidget(self._title, 0, Qt.AlignmentFlag.AlignHCenter)
        self._row.addWidget(self._what, 0, Qt.AlignmentFlag.AlignHCenter)
        self._row.addWidget(self._low, 1)
        self._row.addWidget(self._going, 1)
        self._row.addWidget(self._keys, 0, Qt.AlignmentFlag.AlignCenter)
        self._row.addStretch(1)

    @property
    def running(self) -> bool:
        """Whether it shows an import that goes on."""
        return self._running

    def be_large(self, large: bool) -> None:  # noqa: FBT001 - one of two shapes
        """Be the whole page, with all that there is to say, or one low row above the results."""
        self._large = large
        self._arrange()

    def accent(self, wanted: bool) -> None:  # noqa: FBT001 - the accent, or not
        """Bear the screen's one accent, or leave it to another key."""
        self.files.be_accent(wanted)

    def start(self) -> None:
        """Show that an import goes on."""
        self._running = True
        self.bar.setRange(0, 0)
        self.show_progress(0, 0, "")
        self._arrange()

    def show_progress(self, done: int, of: int, name: str) -> None:
        """Show how far it is: files done, of how many, and the one last done."""
        say = self._say
        if of:
            self.bar.setRange(0, of)
            self.bar.setValue(done)
        if say is None:
            return
        count = (
            say("{done} of {of} files", done=f"{done:,}", of=f"{of:,}")
            if of
            else say("Looking for files")
        )
        stay = say("Leave the stick in until this is done.")
        self._doing.show_text(" · ".join(filter(None, (count, name, stay))))

    def stop(self) -> None:
        """Show that no import goes on any more."""
        self._running = False
        self.cancel.setEnabled(True)
        self._arrange()

    def stopping(self) -> None:
        """Show that it is being stopped: the file under way is finished first."""
        self.cancel.setEnabled(False)

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        self._say = say
        self.setAccessibleName(say("Drop files here"))
        self._title.show_text(say("Drop here what came from the tills"))
        self._title_low.show_text(say("Drop more here"))
        self._what.show_text(
            say(
                "Sync files, enrolment requests, a whole folder or USB stick."
                " Everything is checked before anything is taken in, and nothing is ever taken in"
                " twice. Answers for the tills are written back beside what you drop."
            )
        )
        self._what_low.show_text(say("Or copy files, then Ctrl V"))
        self.files.put(say("Choose files"), hint="Ctrl O")
        self.folder.put(say("Choose a folder"))
        self.cancel.put(say("Stop"), hint="Esc")
        self.bar.setAccessibleName(say("How far it is"))
        self._arrange()

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        self._arrange()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A line of more than some eighty letters is hard to read.
        for words in (self._title, self._what):
            wide = min(_WIDE * theme.look().px(tokens.READ) // tokens.READ, self.width() - 64)
            words.setFixedWidth(max(wide, 64))
            words.setFixedHeight(words.heightForWidth(words.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour("muted"), 2, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.setBrush(theme.colour("raised"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), _ROUND, _ROUND)

    def _arrange(self) -> None:
        large, running = self._large, self._running
        direction = QBoxLayout.Direction
        narrow = theme.look().text_percent > 150
        upright = large or narrow
        self._row.setDirection(direction.TopToBottom if upright else direction.LeftToRight)
        side = 32 if large else 16
        self._row.setContentsMargins(side, 16, side, 16)
        middle, before = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignLeft
        self._row.setAlignment(self._keys, before if narrow and not large else middle)
        ends = 1 if large else 0
        self._row.setStretch(0, ends)
        self._row.setStretch(self._row.count() - 1, ends)
        self._title.setVisible(large and not running)
        self._what.setVisible(large and not running)
        self._low.setVisible(not large and not running)
        self._going.setVisible(running)
        self.files.setVisible(not running)
        self.folder.setVisible(not running)
        self.cancel.setVisible(running)
        for words in (self._title, self._what):
            words.setFixedHeight(words.heightForWidth(words.width()))
        size = theme.icon_size(_LARGE if large else _SMALL)
        self._icon.setPixmap(icons.pixmap("inbox", colour="indigo", size=size))
        self._icon.setVisible(large or not narrow)
        tall = QSizePolicy.Policy.Expanding if large else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Preferred, tall)
        self.updateGeometry()
