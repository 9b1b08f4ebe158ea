"""An app of Textual with nothing in it: what idling costs at the least."""

from __future__ import annotations

from textual.app import App

if __name__ == "__main__":
    App[None]().run()
