"""One call of the command: its arguments, the person's settings, and the store, opened when first needed."""

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
from tui.text.clean import json_escaped
from tui.text.outside_paths import outside_path
from tui.text.server_addresses import is_server

if TYPE_CHECKING:
    from tui.agreement.blocks import Agreement
    from tui.guide.guide_types import Guide
    from tui.partnership.values import Partnership
    from tui.store import Author, Store
    from tui.workspace.workspace import Workspace

DONE, NO, WRONG, FAILED = 0, 1, 2, 3  # the exit codes (contracts.md, « Commands »)


class UsageError(Exception):
    """The command was used wrongly or given bad input; the message says how, and the exit code is 2."""


@dataclass
class Invocation:
    """What a subcommand works with."""

    args: argparse.Namespace
    settings: Settings
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)

    @cached_property
    def store(self) -> Store:
        """The store of --store, else of the environment; nothing is read before it is needed."""
        from tui.store import open_store

        if isinstance(self.place, str):
            return open_store(self.place, self.author if self.settings.author else None)
        self.allow_unlocked()
        if self.settings.group and not self.root.exists() and not self._is_at_home():
            from tui.atomic_files import GROUP, make_private_dir
            from tui.store.disk_locks import refusal

            if refusal(self.root) is None:
                make_private_dir(self.root, GROUP)  # a shared store is one whose folder says so from the start
        # the store finds the account's author itself, when it first writes
        return open_store(self.root, self.author if self.settings.author else None)

    def allow_unlocked(self) -> None:
        """Let the store be saved in whatever the locks of its disk do, where --without-locks or the settings say so."""
        named = self.settings.without_locks
        if self.args.without_locks or (named and outside_path(named, "without_locks").resolve() == self.root.resolve()):
            from tui.store.disk_locks import allow_unlocked

            allow_unlocked(self.root)

    def _is_at_home(self) -> bool:
        """Whether the store lies in this account's own home: what is there is nobody else's, whatever `group` says."""
        home = self.environ.get("HOME", "")
        return bool(home) and self.root.resolve().is_relative_to(Path(home).resolve())

    @property
    def place(self) -> Path | str:
        """The store's folder, or the address of its server: by --store, else by the environment or the settings."""
        from tui.store import default_place

        given = self.args.store
        if given is None:
            return default_place(self.environ, self.settings.store)
        return given.strip() if is_server(given) else outside_path(given, "--store", relative=True)

    @property
    def root(self) -> Path:
        """The store's folder; of one on a server, what this machine keeps beside it."""
        place = self.place
        return self.store.root if isinstance(place, str) else place

    @cached_property
    def author(self) -> Author:
        """Who makes the changes: this account's author, under the name in the settings where there is one."""
        from tui.store import default_author
        from tui.store.author import named

        author = default_author(self.environ)
        return named(author, self.settings.author) if self.settings.author else author

    @cached_property
    def guide(self) -> Guide:
        """The guide, read once."""
        from tui.guide.guide_loading import load_guide

        return load_guide()

    def partnership_id(self) -> str:
        """Return the id of the partnership that was named. Raises UsageError if there is none, or several."""
        from tui.store.store_errors import Ambiguous, Unknown

        named = self.args.project
        if is_id(named) and self._is_there(named):
            return str(named)  # an id needs no list, and no index brought up to date
        try:
            return self.store.find(named, beginning=getattr(self.args, "reading", False)).id
        except Unknown as error:
            raise UsageError(_("{said} “entente list” lists them.").format(said=error)) from error
        except Ambiguous as error:
            lines = (f"  {summary.id}  {of_interface(summary.title_fr, summary.title_en)}" for summary in error.found)
            raise UsageError("\n".join([str(error), *lines])) from error

    def _is_there(self, partnership_id: str) -> bool:
        if self.store.engine.is_server:
            return self.store.has(partnership_id)
        return os.path.isfile(self.store.root / partnership_id / "project.json")

    def workspace(self) -> Workspace:
        """Return the partnership that was named, open to be worked on. UsageError when there is none, or several."""
        from tui.partnership.values import TIME_ZONE
        from tui.text import moments
        from tui.workspace.workspace import Workspace

        partnership = self.store.load(self.partnership_id())
        workspace = Workspace(self.guide, partnership, self.store)
        moments.use(self.settings.timezone, str(partnership.setting(TIME_ZONE, "")))
        workspace.lang, workspace.doc_lang = language(), self.document_language(partnership)
        workspace.region = self.settings.region
        return workspace

    def document_language(self, partnership: Partnership) -> str:
        """The language of the document, the first one when there are two: --doc-lang, the settings, else its own."""
        asked = str(self.args.doc_lang or "").partition("+")[0]
        asked = asked if asked in ("fr", "en") else self.settings.doc_lang or str(partnership.setting("lang", "fr"))
        return asked if asked in ("fr", "en") else "fr"

    def day(self) -> str:
        """The ISO day that --on gives, else today in the zone of the settings. ValueError when --on is no day."""
        from tui.partnership.field_kinds import BadValue, date_trouble
        from tui.text import moments
        from tui.text.date_reading import is_whole_day, read_date

        asked = getattr(self.args, "on", None)
        if not asked:
            return moments.now()[:10]
        found = read_date(asked, language())
        if found.doubt:
            raise BadValue(date_trouble(asked, found, language()))
        if not is_whole_day(found.day):
            raise BadValue(_("“{value}” is no day; write 2026-11-22 or 22 November 2026").format(value=asked))
        return found.day

    def agreement(self, partnership: Partnership) -> Agreement:
        """The agreement, in the language of the document or in both; with --statement, the statement on one page."""
        from tui.agreement.statement_page import statement_page

        text = self._whole(partnership)
        return statement_page(self.guide, text) if getattr(self.args, "statement", False) else text

    def _whole(self, partnership: Partnership) -> Agreement:
        from tui.agreement.bilingual import in_both
        from tui.agreement.compose import Composer

        partnership = as_of(partnership, self.day())
        lang, region = self.document_language(partnership), self.settings.region
        if self.args.doc_lang in (None, "fr", "en"):
            return Composer(self.guide).agreement(partnership, lang, region)
        from tui.partnership.translation import untranslated_words  # a document in one language needs none of it

        other = "en" if lang == "fr" else "fr"
        if said := untranslated_words(self.guide, partnership, (f"{lang}+{other}",)):
            warn(said)
        return in_both(self.guide, partnership, lang, other, region)


def warn(text: str) -> None:
    """Say on the standard error what is to be known or is wrong; where it cannot go out, nothing is said."""
    with suppress(OSError):  # it stays in the stream's buffer, and the last flush finds out why
        print_text("entente" + _(": ") + text, error=True)


def print_json(data: object) -> None:
    """One JSON document on the standard output: the same data give the same bytes."""
    print_text(as_json(data))


def as_json(data: object) -> str:
    """`data` as indented JSON with sorted keys, which no terminal could obey."""
    import json

    return json_escaped(json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True))


def of_interface(fr: str, en: str) -> str:
    """Return the one of two texts that is in the language in use, the other when it is empty."""
    return (fr or en) if language() == "fr" else (en or fr)
