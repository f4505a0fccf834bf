"""`tofan-office` without a command opens the window, over the database there is or a first one."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tofan_pos import office_window
from tofan_pos.cli import office as command
from tofan_pos.settings import Settings
from tofan_pos.ui.office.window import OfficeWindow


def close_soon(titles: list[str]) -> None:
    """Note the window's title and close it, as soon as it stands."""
    for window in QApplication.topLevelWidgets():
        if isinstance(window, OfficeWindow) and window.at_rest:
            titles.append(window.windowTitle())
            window.close()
            window.deleteLater()
            return
    QTimer.singleShot(10, lambda: close_soon(titles))


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize("named", [False, True], ids=["usual", "named"])
def test_the_program_without_a_command_opens_the_window(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, named: bool
) -> None:
    monkeypatch.setenv("TOFAN_DATA", str(tmp_path))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    arguments = ["--lang", "en"]
    if named:
        url = f"sqlite:///{tmp_path / 'other.db'}"
        monkeypatch.setattr(sys, "argv", ["tofan-office", "init", "--db", url])
        with pytest.raises(SystemExit):
            command.main()
        arguments += ["--db", url]
    monkeypatch.setattr(sys, "argv", ["tofan-office", *arguments])
    titles: list[str] = []
    QTimer.singleShot(0, lambda: close_soon(titles))
    with pytest.raises(SystemExit) as left:
        command.main()
    assert left.value.code == 0
    assert titles == ["Tofan head office"]
    assert (tmp_path / "office.sqlite3").exists() is not named


def test_a_database_that_is_not_there_is_told_and_not_made(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("TOFAN_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("TOFAN_LANG", "en")
    url = f"sqlite:///{tmp_path / 'none.db'}"
    monkeypatch.setattr(sys, "argv", ["tofan-office", "--db", url])
    with pytest.raises(SystemExit) as left:
        command.main()
    assert left.value.code == 1
    assert "There is no head-office database" in capsys.readouterr().err
    assert not (tmp_path / "none.db").exists()


def test_language_and_look_are_as_they_were_left(qtbot: QtBot, tmp_path: Path) -> None:
    del qtbot
    memory = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    asked = Settings(folder=tmp_path, language="th")
    assert office_window.remembered(asked, memory) == asked
    memory.setValue("language", "en")
    memory.setValue("dark", "true")
    memory.sync()
    again = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    found = office_window.remembered(asked, again)
    assert (found.language, found.dark) == ("en", True)
    memory.setValue("language", "xx")
    assert office_window.remembered(asked, memory).language == "th"
