"""The page of signatures: who has signed each adopted version, its annexes, and what is done with both."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from tui.export.formats import CannotExport
from tui.i18n import N_, _
from tui.partnership.field_kinds import BadValue
from tui.partnership.signatures import Party, annexes_of, signatures_of
from tui.partnership.values import Entry
from tui.partnership.versions import Version
from tui.screens import copy_commands
from tui.screens.written_files import write_files
from tui.settings import files_folder
from tui.store.store_errors import StoreError, error_sentence
from tui.text.dates import format_date
from tui.text.outside_paths import WrongPath, typed_path
from tui.ui.dialog import Choice, Picker, ask_text, yes_no
from tui.ui.page import PageRow, RowsScreen
from tui.ui.window_names import Window
from tui.workspace.adoption import read_day, read_paper
from tui.workspace.signing import (
    SignatureOptions,
    adopted_versions,
    force_words,
    keep_annex_copy,
    kept_papers,
    note_annex,
    record_signature,
    send_for_signature,
    signer_words,
    signing_status,
    usual_signer,
    version_words,
)
from tui.workspace.workspace import Workspace, current_moment

if TYPE_CHECKING:
    from tui.ui.host import Host
    from tui.workspace.unfinished_texts import Typing


class SigningScreen(RowsScreen):
    """Each adopted version, the last first: since when it is in force, who has signed it, its annexes."""

    about = N_("Who signed each adopted version. Enter on a partner notes a signature; it stays with that version.")

    def heading(self) -> str:
        """Return the title of the page."""
        return _("Signatures")

    def rows(self) -> Sequence[PageRow]:
        """Return the versions with who signs each; below the last one what can be done with it."""
        versions = adopted_versions(self.workspace, self.app.store)
        if not versions:
            return [PageRow(_("There is nothing to sign yet: record the adopted text first."), "hint")]
        rows: list[PageRow] = []
        for version in reversed(versions):
            rows += self._version_rows(versions, version)
            if version is versions[-1]:
                rows += self._action_rows(version)
        return rows

    def _version_rows(self, versions: Sequence[Version], version: Version) -> list[PageRow]:
        """Return the rows of one version: since when it is in force, who signs it, its annexes."""
        workspace = self.workspace
        signing = signing_status(workspace, version)
        force = force_words(workspace.guide, signing, workspace.lang, current_moment()[:10])
        rows = [PageRow(version_words(workspace, versions, version), "heading")]
        rows.append(PageRow(force, "done" if signing.in_force_on else "muted"))
        for party in signing.parties:
            rows.append(
                PageRow(party.name, "", self._signature_noter(version, party), _("signed") if party.signed_on else "")
            )
            rows += [PageRow(signer_words(workspace, signer), "muted", indent=5) for signer in party.signers]
        for row in annexes_of(workspace.partnership, version.id):
            kind = workspace.guide.choice("annex_kind", row.get("kind", "annex"), workspace.lang)
            kind_and_file = " · ".join(filter(None, (kind, str(row.get("file", "")))))
            text = row.text("what", workspace.lang)
            rows.append(PageRow(text, "muted", self._copy_asker(row), kind_and_file, indent=3))
        if any(row.get("file_hash") for row in self._signed_papers(version)):
            rows.append(PageRow(_("Write the copies kept beside this version"), "", lambda: self._write(version)))
        return [*rows, PageRow()]

    def _signed_papers(self, version: Version) -> tuple[Entry, ...]:
        """Return the signatures and annexes of a version, which may have a copy kept beside them."""
        partnership = self.workspace.partnership
        return (*signatures_of(partnership, version.id), *annexes_of(partnership, version.id))

    def _write(self, version: Version) -> None:
        """Write the stored copies of signatures and annexes to files."""
        write_files(self.app, kept_papers(self.workspace, self.app.store, version))

    def _action_rows(self, version: Version) -> list[PageRow]:
        """Return the rows of what can be done with a version."""
        return [
            PageRow(_("Send for signature: the text and one page a partner"), "", lambda: self._send(version)),
            PageRow(_("Add an annex"), "", lambda: self._ask_annex(version, "annex")),
            PageRow(_("Add a certified extract of a resolution"), "", lambda: self._ask_annex(version, "resolution")),
            PageRow(),
        ]

    def _signature_noter(self, version: Version, party: Party) -> Callable[[], None]:
        """Return what Enter does on a party (a partner that signs): show the page that notes its signature."""

        def act() -> None:
            self.app.push_screen(NoteSignatureScreen(self.workspace, version, party))

        return act

    def _send(self, version: Version) -> None:
        """Write the files to be signed, and say where they are."""
        folder = files_folder(os.environ, self.app.settings)
        try:
            written = send_for_signature(self.workspace, self.app.store, version, folder)
        except (OSError, CannotExport, StoreError, BadValue) as error:
            self.say(error_sentence(error))
            return
        self.paint()
        copy_commands.report_written(self.app, written.files, written.warnings)

    def _ask_annex(self, version: Version, kind: Literal["annex", "resolution"]) -> None:
        """Ask for the title of a paper, and note it as an annex or a resolution of the version."""

        def take_text(text: str | None) -> bool:
            if text and text.strip():
                fields = {f"what@{self.workspace.doc_lang}": text.strip(), "kind": kind}
                note_annex(self.workspace, self.app.store, version, fields)
                self.paint()
                self.say(_("Noted. Enter on its line keeps a copy of the paper."))
            return True

        window: Window = "sign.annex" if kind == "annex" else "sign.resolution"
        ask_text(self.app, window, _("Which paper? Its title, its number, its date"), take_text)

    def _copy_asker(self, row: Entry) -> Callable[[], None]:
        """Return what Enter does on an annex: ask for its file, and keep a copy of that."""

        def act() -> None:
            title = _("Path of a copy to keep beside the partnership")

            def take_text(text: str | None) -> bool:
                try:
                    if text and text.strip():
                        file = read_paper(typed_path(text, title))
                        keep_annex_copy(self.workspace, self.app.store, row, file)
                except (BadValue, WrongPath, OSError, StoreError) as error:
                    self.app.say(error_sentence(error))
                    return False
                self.paint()
                return True

            ask_text(self.app, "sign.paper", title, take_text, row=row.id)

        return act


class NoteSignatureScreen(RowsScreen):
    """The facts of one signature, to be changed line by line; the last line notes them after a confirmation."""

    about = N_("One signature: by whom, when and how. Enter changes a line, or notes the signature.")

    def __init__(self, workspace: Workspace, version: Version, party: Party) -> None:
        super().__init__(workspace)
        self.version, self.party = version, party
        name, title = usual_signer(workspace, version, party.partner)
        self.options = SignatureOptions(party.partner, name, title, current_moment()[:10])
        self._typed: list[Typing] = []  # what was typed in dialogs, kept until the signature is noted

    def heading(self) -> str:
        """Return the title of the page."""
        return _("Signature for {partner}").format(partner=self.party.name)

    def rows(self) -> Sequence[PageRow]:
        """Return what will be noted, line by line, then the line that notes it."""
        options, workspace, empty = self.options, self.workspace, "—"
        means = workspace.guide.choice("signing_means", options.means, workspace.lang)
        date = format_date(options.day, workspace.lang)
        file = str(options.file) if options.file is not None else empty
        return [
            PageRow(_("Who signs: {name}").format(name=options.name or empty), "", self._ask_name),
            PageRow(_("Title: {title}").format(title=options.title or empty), "", self._ask_title),
            PageRow(_("Signed on: {date}").format(date=date), "", self._ask_day),
            PageRow(_("Means: {means}").format(means=means), "", self._ask_means),
            PageRow(_("Where the original is: {place} (private)").format(place=options.original or empty), "",
                    self._ask_original),
            PageRow(_("Copy to keep: {file}").format(file=file), "", self._ask_file),
            PageRow(_("Note this signature"), "strong", self._note),
        ]  # fmt: skip

    def _ask_words(self, window: Window, title: str, text: str, keep: Callable[[str], SignatureOptions]) -> None:
        """Ask for words; `keep` returns the options with what was typed."""

        def take_text(typed: str | None) -> bool:
            if typed is not None:
                self.options = keep(typed.strip())
                self.paint()
            return False  # kept until the signature is noted

        self._typed.append(ask_text(self.app, window, title, take_text, text=text))

    def _ask_name(self) -> None:
        options = self.options
        self._ask_words("sign.name", _("Who signs"), options.name, lambda text: replace(self.options, name=text))

    def _ask_title(self) -> None:
        options = self.options
        self._ask_words("sign.title", _("Title"), options.title, lambda text: replace(self.options, title=text))

    def _ask_original(self) -> None:
        """Ask where the original of the signature is."""
        title = _("Where is the original? (stays private)")
        self._ask_words(
            "sign.original", title, self.options.original, lambda text: replace(self.options, original=text)
        )

    def _ask_day(self) -> None:
        """Ask on which day the text was signed."""

        def take_text(text: str | None) -> bool:
            try:
                day = read_day(text, self.workspace.lang) if text else self.options.day
            except BadValue as error:
                self.app.say(str(error))
                return False
            self.options = replace(self.options, day=day)
            self.paint()
            return True

        ask_text(
            self.app, "sign.date", _("Signed on"), take_text, text=format_date(self.options.day, self.workspace.lang)
        )

    def _ask_means(self) -> None:
        """Ask how the text was signed."""

        def take_choice(code: str | None) -> None:
            if code:
                self.options = replace(self.options, means=code)
                self.paint()

        choices = self.workspace.guide.choices["signing_means"].items()
        means = [Choice(code, words.get(self.workspace.lang)) for code, words in choices]
        self.app.push_screen(Picker(_("Means"), means), take_choice)

    def _ask_file(self) -> None:
        """Ask for the path of a copy to keep."""
        title = _("Path of a copy to keep beside the partnership")

        def take_text(text: str | None) -> bool:
            try:
                path = read_paper(typed_path(text, title)) if text and text.strip() else None
            except (BadValue, WrongPath) as error:
                self.app.say(str(error))
                return False
            if text is not None:
                self.options = replace(self.options, file=path)
                self.paint()
            return False  # kept until the signature is noted

        self._typed.append(ask_text(self.app, "sign.file", title, take_text, text=str(self.options.file or "")))

    def _note(self) -> None:
        """Ask for a confirmation, then note the signature."""

        def take_answer(answer: str | None) -> None:
            if answer == "yes" and self._record():
                for typing in self._typed:
                    typing.done()

        self.app.push_screen(yes_no(_("Note this signature?")), take_answer)

    def _record(self) -> bool:
        """Note the signature and leave the page; if it is refused, say why and return False."""
        try:
            record_signature(self.workspace, self.app.store, self.version, self.options)
        except (BadValue, OSError, StoreError) as error:
            self.app.say(error_sentence(error))
            return False
        self.dismiss(None)
        self.app.repaint()
        self.app.say(_("The signature is noted."))
        return True


def show_signatures(app: Host) -> None:
    """Show the signatures of the adopted texts."""
    if app.workspace is not None:
        app.push_screen(SigningScreen(app.workspace))
