"""What each subcommand gets (`Invocation`): its arguments, the settings, and the store, opened when first needed.

Also the exit codes, and the functions by which commands print warnings and JSON.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tui.console import print_text
from tui.i18n import _, language
from tui.partnership.ids import is_id
from tui.partnership.values import as_of
from tui.settings import Settings
from tui.text.clean import escape_json
from tui.text.outside_paths import outside_path
from tui.text.server_addresses import place_of_store

if TYPE_CHECKING:
    from tui.agreement.blocks import Agreement
    from tui.guide.guide_types import Guide
    from tui.partnership.values import Partnership
    from tui.store import Author, Store
    from tui.workspace.workspace import Workspace

# The exit codes (contracts.md, « Commands »). NO: something is missing, differs or was declined; WRONG: the command was
# used wrongly; FAILED: something could not be read or written.
DONE, NO, WRONG, FAILED = 0, 1, 2, 3


class UsageError(Exception):
    """The command was used wrongly or given bad input; the message says how, and the exit code is 2."""


@dataclass
class Invocation:
    """One call of a subcommand: its arguments and settings, and what follows from them."""

    args: argparse.Namespace
    settings: Settings
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)

    @cached_property
    def store(self) -> Store:
        """The store at `place`, opened when first needed."""
        from tui.store import open_store

        if isinstance(self.place, str):
            return open_store(self.place, self.author if self.settings.author else None)
        self.allow_unlocked()
        if self.settings.group and not self.root.exists() and not self._is_at_home():
            from tui.atomic_files import GROUP, make_private_dir
            from tui.store.disk_locks import refusal

            if refusal(self.root) is None:
                make_private_dir(self.root, GROUP)  # the mode of its folder makes a store a shared one
        # Without an author the store takes that of the account when it first writes.
        return open_store(self.root, self.author if self.settings.author else None)

    def allow_unlocked(self) -> None:
        """Allow saving on a disk whose locks do not work, if --without-locks or the settings say so for this folder."""
        folder = self.settings.without_locks
        is_set_for_root = bool(folder) and outside_path(folder, "without_locks").resolve() == self.root.resolve()
        if self.args.without_locks or is_set_for_root:
            from tui.store.disk_locks import allow_unlocked

            allow_unlocked(self.root)

    def _is_at_home(self) -> bool:
        """Return whether the store is in this account's home, where it is never shared, even if `group` is set."""
        home = self.environ.get("HOME", "")
        return bool(home) and self.root.resolve().is_relative_to(Path(home).resolve())

    @property
    def place(self) -> Path | str:
        """The store's folder (Path) or its server's address (str): by --store, else by the environment or settings."""
        from tui.store import default_place

        address = self.args.store
        if address is None:
            return default_place(self.environ, self.settings.store)
        return place_of_store(address, "--store", relative=True)

    @property
    def root(self) -> Path:
        """The store's folder; for a store on a server, the folder of its local files on this machine."""
        place = self.place
        return self.store.root if isinstance(place, str) else place

    @cached_property
    def author(self) -> Author:
        """Who makes the changes: the account, under the name in the settings if they have one."""
        from tui.store import default_author
        from tui.store.author import author_named

        author = default_author(self.environ)
        return author_named(author, self.settings.author) if self.settings.author else author

    @cached_property
    def guide(self) -> Guide:
        """The guide, read once."""
        from tui.guide.guide_loading import load_guide

        return load_guide()

    def partnership_id(self) -> str:
        """Return the id of the partnership that was named. Raises UsageError if there is none, or several."""
        from tui.store.store_errors import Ambiguous, Unknown

        name = self.args.project
        if is_id(name) and self._is_there(name):
            return str(name)  # an id is found without reading the list of partnerships
        try:
            return self.store.find(name, beginning=getattr(self.args, "reading", False)).id
        except Unknown as error:
            raise UsageError(_("{said} “entente list” lists them.").format(said=error)) from error
        except Ambiguous as error:
            lines = (f"  {summary.id}  {of_interface(summary.title_fr, summary.title_en)}" for summary in error.found)
            raise UsageError("\n".join([str(error), *lines])) from error

    def _is_there(self, partnership_id: str) -> bool:
        """Return whether the store has a partnership of this id."""
        if self.store.engine.is_server:
            return self.store.has(partnership_id)
        return os.path.isfile(self.store.root / partnership_id / "project.json")

    def workspace(self) -> Workspace:
        """Return the partnership that was named, opened for work. Raises UsageError if there is none, or several."""
        from tui.partnership.values import TIME_ZONE
        from tui.text import moments
        from tui.workspace.workspace import Workspace

        partnership = self.store.load(self.partnership_id())
        workspace = Workspace(self.guide, partnership, self.store)
        moments.set_zones(self.settings.timezone, str(partnership.setting(TIME_ZONE, "")))
        workspace.lang, workspace.doc_lang = language(), self.document_language(partnership)
        workspace.region = self.settings.region
        return workspace

    def document_language(self, partnership: Partnership) -> str:
        """Return the language of the document, or the first of two: --doc-lang, else the settings, else its own."""
        lang = str(self.args.doc_lang or "").partition("+")[0]
        lang = lang if lang in ("fr", "en") else self.settings.doc_lang or str(partnership.setting("lang", "fr"))
        return lang if lang in ("fr", "en") else "fr"

    def day(self) -> str:
        """Return the ISO date of --on, else today in the time zone of the settings. Raises BadValue for no day."""
        from tui.partnership.field_kinds import BadValue, date_trouble
        from tui.text import moments
        from tui.text.date_reading import is_whole_day, read_date

        asked = getattr(self.args, "on", None)
        if not asked:
            return moments.now()[:10]
        reading = read_date(asked, language())
        if reading.doubt:
            raise BadValue(date_trouble(asked, reading, language()))
        if not is_whole_day(reading.day):
            raise BadValue(_("“{value}” is no day; write 2026-11-22 or 22 November 2026").format(value=asked))
        return reading.day

    def agreement(self, partnership: Partnership) -> Agreement:
        """Return the agreement in the document's language or in both; with --statement, the statement on one page."""
        from tui.agreement.statement_page import statement_page

        text = self._whole_agreement(partnership)
        return statement_page(self.guide, text) if getattr(self.args, "statement", False) else text

    def _whole_agreement(self, partnership: Partnership) -> Agreement:
        """Return the whole text on the day of --on; for two languages it warns of what is not translated."""
        from tui.agreement.bilingual import text_in_both_languages
        from tui.agreement.compose import Composer

        partnership = as_of(partnership, self.day())
        lang, region = self.document_language(partnership), self.settings.region
        if self.args.doc_lang in (None, "fr", "en"):
            return Composer(self.guide).agreement(partnership, lang, region)
        from tui.partnership.translation import untranslated_words  # not needed in one language

        other = "en" if lang == "fr" else "fr"
        if message := untranslated_words(self.guide, partnership, (f"{lang}+{other}",)):
            warn(message)
        return text_in_both_languages(self.guide, partnership, lang, other, region)


def warn(text: str) -> None:
    """Print a warning or an error to standard error."""
    with suppress(OSError):  # the text stays in the buffer, and the flush at the end of the command reports the error
        print_text("entente" + _(": ") + text, error=True)


def print_json(data: object) -> None:
    """Print `data` as one JSON document to standard output; the same data give the same bytes."""
    print_text(as_json(data))


def as_json(data: object) -> str:
    """Return `data` as indented JSON with sorted keys, escaped so that it holds nothing that a terminal obeys."""
    import json

    return escape_json(json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True))


def of_interface(fr: str, en: str) -> str:
    """Return the text in the language of the interface, or the other one if it is empty."""
    return (fr or en) if language() == "fr" else (en or fr)
