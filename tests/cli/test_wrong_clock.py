"""A clock that is wrong by decades (an empty battery, a machine without network) keeps no command from its work."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.cli.shell import Done, Shell
from tests.house.tree import ROOT

# What Python loads before anything else (`site`, « sitecustomize »): all that tells the time is so many years off.
WRONG = """
import datetime, time

real, offset = time.time, {offset}

class Moment(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)

def localtime(seconds=None, told=time.localtime):
    return told(time.time() if seconds is None else seconds)

time.time = lambda: real() + offset
time.localtime = localtime
datetime.datetime = Moment
"""
YEARS = (1935, 1969, 1979, 2107, 2120, 9000)  # ZIP says 1980 to 2107, and some libraries nothing before 1970


@pytest.fixture(params=YEARS)
def year(request: pytest.FixtureRequest) -> int:
    """The year that the clock says."""
    return int(request.param)


@pytest.fixture
def environ(year: int, tmp_path: Path) -> dict[str, str]:
    """The environment of a program whose clock is wrong."""
    folder = tmp_path / "clock"
    folder.mkdir()
    offset = round((year - 2026) * 365.2425 * 86400)
    (folder / "sitecustomize.py").write_text(WRONG.format(offset=offset), encoding="utf-8")
    return {"PYTHONPATH": f"{folder}:{ROOT}"}


def test_every_kind_of_file_is_written(shell: Shell, environ: dict[str, str], year: int) -> None:
    def done(*words: str, stdin: str = "") -> Done:
        found = shell(*words, stdin=stdin, **environ)
        assert found.code == 0, (words, found.err)
        return found

    partnership_id = done("new", "Le soir").out.strip()
    assert str(year) in done("list").out or str(year - 1) in done("list").out, "the clock is wrong"
    done("answer", partnership_id, stdin='{"question": "extra.name", "value": "La nuit"}\n')
    kinds = ("docx", "pdf", "eml", "html", "md", "txt", "json")
    done("export", partnership_id, "tout/", "--format", ",".join(kinds))  # at once: each start is one from nothing
    assert {path.suffix[1:] for path in (shell.home / "tout").iterdir() if path.stat().st_size} >= {*kinds}
    done("backup", "copie.zip")
    with zipfile.ZipFile(shell.home / "copie.zip") as archive:
        assert {1980 <= entry.date_time[0] <= 2107 for entry in archive.infolist()} == {True}
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_DEFLATED}
    done("--store", "other", "restore", "copie.zip")
    assert "La nuit" in done("--store", "other", "show", partnership_id).out


def test_pdf_asks_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Typst panics before 1970: its own clock is the system's, which no test may set."""
    import typst

    from tests.export.agreements import french
    from tui.export.formats import render

    told = []
    compile_ = typst.compile

    def compiled(*words: object, **named: object) -> object:
        told.append(named.get("timestamp"))
        return compile_(*words, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(typst, "compile", compiled)
    render(french(), "pdf")
    assert told and None not in told
