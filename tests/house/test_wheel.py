"""A wheel installed elsewhere is whole: every room, its data, the styles and the samples are found."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tui import resources

SHIPPED = ["pyproject.toml", "README.md", "LICENSE", "docs", "tui", "styles", "sample_projects"]
MANUALS = ("share/man/man1/entente.1", "share/man/fr/man1/entente.1")
PACKED = {"styles": "tui/_styles", "sample_projects": "tui/_samples", "tui": "tui"}
JUNK = shutil.ignore_patterns("__pycache__", "*.pyc")
REPORT = """
import json
from tui import i18n, resources
from tui.guide.guide_loading import DATA
i18n.use("fr")
i18n._("anything: the catalogue must be found")
print(json.dumps([str(f()) for f in (resources.styles_dir, resources.samples_dir, resources.locale_dir)] + [str(DATA)]))
"""


def build(tmp_path: Path) -> Path:
    """Build the wheel from a copy of what ships, so that the checkout keeps no trace, and return its path."""
    source = tmp_path / "source"
    source.mkdir()
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=JUNK)
        elif (ROOT / name).exists():
            shutil.copy(ROOT / name, source / name)
    program = "import setuptools.build_meta as backend, sys; backend.build_wheel(sys.argv[1])"
    built = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=source, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    return next(tmp_path.glob("*.whl"))


def install(wheel: Path, site: Path) -> Path:
    """Install `wheel` alone into the folder `site`, without a network, and return the folder."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
    subprocess.run([*pip, "--target", str(site), str(wheel)], check=True)
    return site


@pytest.mark.slow
def test_wheel_holds_every_file_and_finds_them_elsewhere(tmp_path: Path) -> None:
    wheel = build(tmp_path)
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name and ".data/" not in name}
        beside = {name.partition(".data/data/")[2] for name in archive.namelist() if ".data/" in name}
    expected = {
        f"{packed}/{path.relative_to(ROOT / folder).as_posix()}"
        for folder, packed in PACKED.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert held == expected and beside == set(MANUALS)
    site = install(wheel, tmp_path / "site")
    assert (site / "bin" / "entente").is_file() and all((site / name).is_file() for name in MANUALS)
    reported = subprocess.run(
        [sys.executable, "-S", "-c", REPORT],  # -S: no editable install of the checkout behind our back
        cwd=tmp_path,
        env={"PYTHONPATH": str(site), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    inside = site / "tui"
    wanted = [inside / "_styles", inside / "_samples", inside / "locale", inside / "guide" / "data"]
    assert json.loads(reported.stdout) == [str(path.resolve()) for path in wanted]


def test_checkout_comes_first() -> None:
    assert (resources.styles_dir(), resources.samples_dir()) == (ROOT / "styles", ROOT / "sample_projects")
    assert not (ROOT / "tui" / "_styles").exists() and not (ROOT / "tui" / "_samples").exists()


def test_damaged_installation_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "tui")
    with pytest.raises(FileNotFoundError, match="_styles is missing"):
        resources.styles_dir()
