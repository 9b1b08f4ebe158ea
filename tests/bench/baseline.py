"""The yardstick of the bench: a Textual app with one empty text area and nothing else."""

from textual.app import App, ComposeResult
from textual.widgets import TextArea


class Baseline(App[None]):
    """What Textual costs before anything is built on it."""

    def compose(self) -> ComposeResult:
        yield TextArea()


if __name__ == "__main__":
    Baseline().run()
