"""Opens the counter's window: Qt's application, the crash handler, and one window over a desk."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize

from tofan_pos import app
from tofan_pos.counter.desk import Desk
from tofan_pos.crash import CRASH_FILE
from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.settings import Settings
from tofan_pos.ui.counter.sending import Carriage
from tofan_pos.ui.counter.window import CounterWindow
from tofan_pos.ui.kit import theme
from tofan_pos.ui.kit.application import catch_crashes, gui
from tofan_pos.ui.kit.sounds import Sounds, SystemSounds

USUAL_SIZE = QSize(1366, 768)


def open_window(folder: Path, settings: Settings, *, training: bool = False) -> int:
    """Open the window of the till in a folder and return when it is closed.

    Raises `Refusal` or `Trouble` where there is no till that can be opened.
    """
    application = gui()
    if training:
        window, desk = _learning(folder, settings)
    else:
        desk = app.build_counter(folder, marks=app.marks(settings))
        window = make_window(desk, settings, sounds=SystemSounds())
        window.training_wanted.connect(lambda: train(folder, window))
    catch_crashes(folder / CRASH_FILE, window.telling.crash, clock=app.utc_now)
    window.showMaximized()
    code = application.exec()
    desk.close()
    return code


def train(folder: Path, real: CounterWindow) -> None:
    """Let somebody learn in a window of its own, over a till of its own; the real one waits."""
    settings = Settings(folder=folder, language=real.language, dark=real.dark)
    # Nobody looks after the real till meanwhile.
    real.guard.signing.lock()
    try:
        window, desk = _learning(folder, settings)
    except (Refusal, Trouble) as problem:
        # Where it is locked by now: the window's own sentence is covered.
        real.guard.lock_page.tell(problem)
        return
    real.setVisible(False)

    def ended() -> None:
        real.setVisible(True)
        desk.close()
        window.deleteLater()

    window.closed.connect(ended)
    window.showMaximized()


def _learning(folder: Path, settings: Settings) -> tuple[CounterWindow, Desk]:
    desk = app.build_training(folder)
    return make_window(desk, settings, sounds=SystemSounds()), desk


def make_window(desk: Desk, settings: Settings, *, sounds: Sounds) -> CounterWindow:
    """Return the counter's window over a desk, dressed and sized, not shown yet."""
    theme.apply(gui(), settings.dark)
    window = CounterWindow(
        desk,
        words=app.all_words(),
        language=settings.language,
        dark=settings.dark,
        sounds=sounds,
        carriage=Carriage(
            courier_to=partial(app.courier_to, desk, ca_file=settings.ca_file), chance=app.chance
        ),
    )
    window.resize(USUAL_SIZE)
    return window
