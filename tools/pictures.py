"""The pictures of README.md and LISEZMOI.md: three screens of the invented sample, painted without a terminal.

    python tools/pictures.py docs/pictures     (`make pictures`)

Each is an SVG file, in French and in English. Store and home are temporary, the clock of the sample is its own.
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
SAMPLE = 4  # the invented one: nobody's name stands in a picture
SHOTS: dict[str, tuple[str, ...]] = {
    "question": ("f4", "f4", "f4", "f4", "f4"),
    "agreement": ("f5",),
    "review": ("escape", "i"),
}


async def paint(folder: Path, lang: Language) -> None:
    """Write one picture a shot into `folder`, in the language `lang`."""
    use(lang)
    document = next(sample.document for sample in samples() if sample.number == SAMPLE)
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HOME=home, XDG_STATE_HOME=home, XDG_CONFIG_HOME=home, XDG_DATA_HOME=home)
        for name, keys in SHOTS.items():
            store = Store(Path(home, name), author=Author("marie".ljust(10, "x"), "Marie"))
            app = EntenteApp(store, Settings(doc_lang=lang), store.import_document(document))
            async with app.run_test(size=SIZE) as pilot:
                await pilot.press(*keys)
                await pilot.pause(0.6)
                picture = app.export_screenshot(title="Entente")
            # Textual numbers its styles at random: a fixed number keeps an unchanged picture the same file.
            picture = re.sub(r"terminal-\d+", "terminal", picture)
            # A picture fetches nothing: the reader's own fixed-width letters serve.
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
