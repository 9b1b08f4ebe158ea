"""An unforeseen error ends the app with one sentence; what was typed is kept, and no person's words are printed."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from tests.screens.opened import ORG, ROLE, filled_store, opened, partnership_of
from tui.screens.field_editor import FieldEditor
from tui.workspace import crash_report
from tui.workspace.hangup import Interrupted

CANARY = "motcanari"


def failing(_pen: FieldEditor | None, text: str) -> None:
    """An error whose message, and whose variables, are somebody's text."""
    private = text
    raise ValueError(private)


@pytest.mark.parametrize("where", ["handler", "callback", "task"])
async def test_the_app_ends_in_one_sentence(
    tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    store = filled_store(tmp_path / "s")

    async def late() -> None:
        failing(app.screen.field_editor, CANARY)  # type: ignore[attr-defined]

    with pytest.raises(ValueError):
        async with opened(store) as (app, pilot):
            await pilot.press(*CANARY)
            if where == "handler":
                monkeypatch.setattr(FieldEditor, "_show_hint", lambda pen, _slot, text: failing(pen, text))
                await pilot.press("s")
            elif where == "callback":
                asyncio.get_running_loop().call_soon(failing, None, CANARY)
            else:
                task = asyncio.get_running_loop().create_task(late())
                await asyncio.sleep(0.01)
                del task
            await pilot.pause()
    out, err = capfd.readouterr()
    assert "Entente a rencontré une erreur de sa part" in " ".join(err.split())
    assert "ValueError" in err and CANARY not in out + err and "Traceback" not in err
    app.autosave.put_away(leaving=True)
    assert app.return_code == 3
    entry = partnership_of(store).entry(ORG)
    assert entry is not None and str(entry.get(ROLE)).startswith(CANARY)


def test_a_thread_tells_nothing_either(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr("sys.excepthook", None)
    monkeypatch.setattr("sys.unraisablehook", None)
    crash_report.install_hooks()
    thread = threading.Thread(target=failing, args=(None, CANARY))
    thread.start()
    thread.join()
    err = capfd.readouterr().err
    assert "ValueError" in err and CANARY not in err and len(err.splitlines()) == 1


@pytest.mark.parametrize("umask", [0o022, 0o000])
async def test_traceback_asked_for_goes_to_a_private_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], umask: int
) -> None:
    """It may hold anybody's words, so it never goes where the terminal's output goes."""
    monkeypatch.setenv("ENTENTE_TRACEBACK", "1")
    before = os.umask(umask)
    try:
        with pytest.raises(ValueError):
            async with opened(filled_store(tmp_path / "s")) as (_app, pilot):
                asyncio.get_running_loop().call_soon(failing, None, CANARY)
                await pilot.pause()
    finally:
        os.umask(before)
    path = Path(os.environ["XDG_STATE_HOME"]) / "entente" / "traceback.txt"
    out, err = capfd.readouterr()
    assert CANARY not in out + err and "traceback.txt" in "".join(err.split())
    assert CANARY in path.read_text(encoding="utf-8") and "Traceback" in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o777 == 0o600


def test_traceback_that_cannot_be_kept_changes_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ENTENTE_TRACEBACK", "1")
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    test_a_thread_tells_nothing_either(monkeypatch, capfd)


def raised(error: BaseException, cause: BaseException | None = None) -> BaseException:
    """An error as it is caught, with what it came from."""
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "closed", "code", "told"),
    [
        (ValueError(CANARY), False, 3, True), (ValueError(CANARY), True, 129, False),
        (KeyboardInterrupt(), False, 130, False), (KeyboardInterrupt(), True, 130, False),
        (Interrupted(signal.SIGTERM), False, 143, False), (Interrupted(signal.SIGHUP), True, 129, False),
        (raised(RuntimeError(CANARY), KeyboardInterrupt()), False, 130, False),
        (raised(RuntimeError(CANARY), Interrupted(signal.SIGTERM)), False, 143, False),
        (raised(RuntimeError(CANARY), ValueError(CANARY)), False, 3, True),
    ],
)  # fmt: skip
def test_an_error_ends_the_program_with_its_own_exit_code(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], error: BaseException, closed: bool, code: int,
    told: bool,
) -> None:  # fmt: skip
    def leave(number: int) -> None:
        raise SystemExit(number)

    for hook in ("sys.excepthook", "sys.unraisablehook", "threading.excepthook"):
        monkeypatch.setattr(hook, None)
    monkeypatch.setattr("os._exit", leave)
    monkeypatch.setattr(crash_report, "terminal_closed", lambda: closed)
    crash_report.install_hooks()
    with pytest.raises(SystemExit) as ended:
        sys.excepthook(type(error), error, None)
    err = capfd.readouterr().err
    assert ended.value.code == code
    assert bool(err) == told and CANARY not in err


def test_the_sentence_names_the_place_where_it_broke_and_no_words() -> None:
    with pytest.raises(ValueError) as caught:
        failing(None, CANARY)
    last = caught.tb
    while last.tb_next is not None:
        last = last.tb_next
    sentence = crash_report.crash_sentence(caught.value)
    assert f"ValueError, {Path(__file__).name}:{last.tb_lineno}" in sentence and CANARY not in sentence
    assert "?" in crash_report.crash_sentence(KeyError(CANARY)), "raised nowhere"
