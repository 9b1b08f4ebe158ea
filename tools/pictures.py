"""Make the pictures of README.md and LISEZMOI.md: three screens of an invented sample, without a terminal.

    python tools/pictures.py docs/pictures     (`make pictures`)

Each is an SVG file in French and one in English. Store and home folder are temporary.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from pathlib import Path

from tui.app.app import EntenteApp
from tui.i18n import Language, use
from tui.settings import Settings
from tui.store import Author, Store
from tui.workspace.samples import samples

SIZE = (100, 30)  # columns and rows
SAVE_SECONDS = 0.6  # after the last key, so that the picture shows « saved »
SAMPLE = 4  # an invented one, so that no real name is in a picture
# Name of a picture → keys that lead to it.
SHOTS: dict[str, tuple[str, ...]] = {
    "question": ("f4", "f4", "f4", "f4", "f4"),
    "agreement": ("f5",),
    "review": ("escape", "i"),
}


async def paint(folder: Path, lang: Language) -> None:
    """Write the pictures in the language `lang` into `folder`."""
    use(lang)
    document = next(sample.document for sample in samples() if sample.number == SAMPLE)
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HOME=home, XDG_STATE_HOME=home, XDG_CONFIG_HOME=home, XDG_DATA_HOME=home)
        for name, keys in SHOTS.items():
            store = Store(Path(home, name), author=Author("marie".ljust(10, "x"), "Marie"))
            app = EntenteApp(store, Settings(doc_lang=lang), store.import_document(document))
            async with app.run_test(size=SIZE) as pilot:
                await pilot.press(*keys)
                await pilot.pause(SAVE_SECONDS)
                picture = app.export_screenshot(title="Entente")
            # Textual numbers its styles at random; without the number an unchanged picture is the same file.
            picture = re.sub(r"terminal-\d+", "terminal", picture)
            # No picture loads a font: the reader's own fixed-width font is used.
            picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
            picture = picture.replace("Fira Code, monospace", "monospace")
            (folder / f"{name}.{lang}.svg").write_text(picture, encoding="utf-8")


def main(folder: Path) -> None:
    """Paint every picture in both languages."""
    folder.mkdir(parents=True, exist_ok=True)
    for lang in ("fr", "en"):
        asyncio.run(paint(folder, lang))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
