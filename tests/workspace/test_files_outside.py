"""Words taken out for good: which files beyond the store are named that hold them."""

from __future__ import annotations

from pathlib import Path

from tui.workspace import shutdown
from tui.workspace.text_erasure import files_outside, sought_text

THIS, OTHER = "a" * 10, "b" * 10


def test_files_beyond_the_store_that_hold_the_words_are_named(tmp_path: Path) -> None:
    state = tmp_path / "entente"
    environ = {"XDG_STATE_HOME": str(tmp_path), "TMPDIR": str(tmp_path / "tmp"), "HOME": str(tmp_path / "home")}
    unsaved = next(iter(shutdown._rescue_folders(environ)))
    texts = {
        state / "copies" / "reponse.txt": "une Vieille   rancune ici", state / "copies" / "autre.txt": "rien",
        unsaved / f"entente-{THIS}-1.txt": "vieille rancune", unsaved / f"entente-{THIS}-2.txt": "rien",
        unsaved / f"entente-{OTHER}-1.txt": "vieille rancune",
        tmp_path / "tmp" / f"entente-{THIS}-3.txt": "vieille rancune",
    }  # fmt: skip
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    sought = sought_text("vieille rancune")
    assert sought is not None and sought_text("a") is None
    found = [path for path in files_outside(THIS, sought, environ) if tmp_path in path.parents]
    assert sorted(path.name for path in found) == [f"entente-{THIS}-1.txt", f"entente-{THIS}-3.txt", "reponse.txt"]
