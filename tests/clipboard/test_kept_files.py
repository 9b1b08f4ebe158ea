"""The file that a copy keeps: exact, readable by its owner only, never written through a link, never half written."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.clipboard.settings import text_of
from tui.clipboard.delivery import keep


def mode(path: Path) -> int:
    """The permission bits of `path` itself."""
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.fixture(autouse=True)
def _open_umask():
    """A careless umask: what is private is so by our own doing."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_the_text_is_kept_byte_for_byte_for_its_owner_alone(tmp_path):
    text = text_of(200_000) + "\r\nfin sans saut de ligne"
    path = keep(text, tmp_path / "state" / "copies", "entente.txt")
    assert path == tmp_path / "state" / "copies" / "entente.txt"
    assert path.read_bytes() == text.encode()
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)
    assert os.listdir(path.parent) == ["entente.txt"]


def test_a_folder_that_exists_keeps_its_mode_and_the_file_is_private_all_the_same(tmp_path):
    folder = tmp_path / "shared drive"
    folder.mkdir(0o777)
    path = keep("texte", folder, "a.txt")
    assert (mode(folder), mode(path)) == (0o777, 0o600)


def test_the_path_told_is_whole_and_leads_there_from_anywhere(tmp_path, monkeypatch):
    (tmp_path / "drive").mkdir()
    (tmp_path / "link").symlink_to("drive")
    monkeypatch.chdir(tmp_path)
    for folder in ("drive", "link"):
        assert keep("texte", Path(folder), "a.txt") == tmp_path.resolve() / "drive" / "a.txt"


def test_a_former_copy_is_replaced_and_its_open_mode_with_it(tmp_path):
    (tmp_path / "a.txt").write_text("avant, plus long que la suite")
    (tmp_path / "a.txt").chmod(0o666)
    path = keep("après", tmp_path, "a.txt")
    assert (path.read_text("utf-8"), mode(path)) == ("après", 0o600)


def test_a_link_in_the_place_of_the_file_is_replaced_and_not_followed(tmp_path):
    victim = tmp_path / "victim"
    victim.write_text("intact")
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / "a.txt").symlink_to(victim)
    path = keep("texte", tmp_path / "copies", "a.txt")
    assert victim.read_text() == "intact"
    assert (path.is_symlink(), path.read_text()) == (False, "texte")


def test_when_it_fails_the_former_copy_stays_and_no_draft_does(tmp_path):
    (tmp_path / "a.txt").mkdir()  # a folder cannot be replaced by a file
    with pytest.raises(OSError):
        keep("texte", tmp_path, "a.txt")
    assert os.listdir(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("name", ["", ".", "..", "../a", "a/b", "/etc/motd", "a\0b"])
def test_only_a_plain_name_is_a_name(tmp_path, name):
    with pytest.raises(ValueError, match="plain file name"):
        keep("texte", tmp_path / "copies", name)
    assert not (tmp_path / "copies").exists()
