"""Two pages: one to choose what is sent with a draft and to whom, then one with its files and the texts to copy.

The program sends no mail: it writes files and texts that the user sends. A partner without an address is *given* the
draft *otherwise*, by hand.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.css.query import NoMatches

from tui.export.formats import by_id
from tui.export.page_count import PageCount, count_pages, estimate_pages
from tui.i18n import N_, _, ngettext
from tui.partnership.cover_letter import Letter
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import active, find_partner
from tui.partnership.translation import untranslated_words
from tui.partnership.versions import contacts, left_out
from tui.screens.export_screen import WritingScreen, language_words, next_languages
from tui.screens.sending_questions import ask_answer_day, ask_sender
from tui.settings import files_folder
from tui.store.store_errors import StoreError
from tui.text.dates import format_date
from tui.ui import glyphs
from tui.ui.dialog import Choice, Picker, ask_text, begin_typing
from tui.ui.page import PageRow
from tui.workspace.cost_words import text_cost_lines
from tui.workspace.draft_sending import SentDraft, conclude, prepare
from tui.workspace.kept_versions import (
    next_sending_numbers,
    present_text,
    ready_words,
    same_as_last_draft,
    sending_words,
    versions_of,
)
from tui.workspace.output_files import SendOptions, WrittenFiles
from tui.workspace.sending_choices import (
    Recipients,
    keep_address,
    no_language_words,
    read_recipients,
    sender_of,
    unaddressed,
    unreadable_words,
    usual_recipients,
    with_recipients,
)
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host
    from tui.workspace.unfinished_texts import Typing


class SentScreen(WritingScreen):
    """The files of a draft that was just numbered, and each text to copy into the user's own mail."""

    about = N_("The files of the draft, and each text to paste into your own mail. Enter copies what one stands at.")

    def __init__(self, workspace: Workspace, sent_draft: SentDraft, fetch_lines: tuple[str, ...] = ()) -> None:
        super().__init__(workspace)
        self.sent_draft = sent_draft
        self.fetch_lines = fetch_lines

    def heading(self) -> str:
        """Return the title: « Ébauche 3 : prête à être envoyée »."""
        return ready_words(self.sent_draft.version)

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return what can be done here."""
        return [("↑↓", _("line")), (_("Enter"), _("copy")), (_("Esc"), _("back"))]

    def page(self) -> Sequence[PageRow]:
        """Return the files, then what is pasted into a mail."""
        sent_draft = self.sent_draft
        rows = [PageRow(_("The draft is kept as it is. Now send the files with your own mail."), "done"), PageRow()]
        rows += self.written_rows(WrittenFiles(sent_draft.files, sent_draft.warnings))
        if sent_draft.archive is not None:
            path = sent_draft.archive
            rows += [
                PageRow(_("All the files in one"), "muted"),
                PageRow(path.name, "", self.copier(str(path)), _("copy the path")),
            ]
        rows += [*self._to_paste(), *self.fetch_rows()]
        return rows

    def _to_paste(self) -> list[PageRow]:
        """Return what to copy of each letter: the letter for all, or that for each partner and that for the others."""
        sent_draft, lang = self.sent_draft, self.workspace.lang
        rows = [PageRow(), PageRow(_("To paste into a mail, one by one"), "heading")]
        if len(sent_draft.letters) < 2:
            return [*rows, *self._letter_rows(sent_draft.addresses, sent_draft.letter)]
        for letter in sent_draft.letters:
            partner = find_partner(self.workspace.partnership, letter.partner)
            rows.append(PageRow(partner.short(lang) if partner is not None else letter.partner, "strong"))
            rows += self._letter_rows(letter.addresses, letter.letter)
        with_letter = {address for letter in sent_draft.letters for address in letter.addresses}
        if others := tuple(address for address in sent_draft.addresses if address not in with_letter):
            rows += [PageRow(_("Others"), "strong"), *self._letter_rows(others, sent_draft.letter)]
        return rows

    def _letter_rows(self, addresses: Sequence[str], letter: Letter) -> list[PageRow]:
        """Return the rows of one letter: addresses, subject, message; Enter copies each."""
        rows = []
        if len(addresses) > 1:
            rows.append(PageRow(_("All addresses"), "", self.copier(", ".join(addresses))))
        rows += [PageRow(address, "", self.copier(address), _("address")) for address in addresses]
        rows.append(PageRow(letter.subject, "", self.copier(letter.subject), _("subject")))
        rows.append(PageRow(_("The message:"), "", self.copier(letter.body), _("message")))
        return [*rows, *(PageRow(text, "muted", indent=3) for text in letter.body.split("\n\n"))]


FILE_FORMATS = ("docx", "pdf", "eml")  # ids of the formats offered here


class SendScreen(WritingScreen):
    """What will be sent, each line changed by Enter; the last one numbers the draft and writes the files."""

    about = N_(
        "What will go, to whom and by when. Enter changes a line; the last one numbers the draft and writes the files. "
        "Nothing leaves by itself, and nothing private goes."
    )

    def __init__(self, workspace: Workspace, number: int, adopted: int = 0) -> None:
        """`number` is that of the new draft; `adopted` is the number of the adopted version the text equals, or 0."""
        super().__init__(workspace)
        self.number = number
        self.title_text, self.action = sending_words(number, adopted)
        self.languages: tuple[str, ...] = (workspace.doc_lang,)
        self.formats = set(FILE_FORMATS)
        self.contacts = contacts(workspace.partnership, workspace.lang)
        usual = usual_recipients(workspace)
        self.chosen = set(usual.addresses)  # the addresses that are ticked
        self.typed: list[str] = []  # the addresses typed here, which no contact has
        self.given_otherwise = set(usual.otherwise)  # ids of partners without an address, who get it by hand
        self.means = "email"  # by which means the draft goes: a code of the guide's choices "means"
        self.answer_by = ""  # an ISO date, "" for none
        self.reason = ""
        self.sender = sender_of(self.app.settings)
        self.copies = False  # whether each partner gets a copy with its name on it
        self.packages = False  # whether each partner's board gets a package: a page, a resolution, the text
        self.forms = False  # whether each partner gets a form to answer
        self.statement = False  # whether the statement on one page replaces the whole document
        sent_versions = versions_of(workspace, self.app.store)
        last_sent = sent_versions[-1] if sent_versions else None
        self.cost = text_cost_lines(workspace, last_sent)  # shown here only, never sent
        self.lengths: dict[str, PageCount] = {}  # by code of the languages: fr, en, fr+en, en+fr
        self.typing: Typing | None = None  # keeps what was typed here until the draft is numbered

    def on_mount(self) -> None:
        """Show again what was typed here and never sent (see `_keep_typed`); its addresses are not ticked."""
        self._count_pages()
        self.typing = begin_typing(self.app, "send.page")
        for line in self.typing.open(self.heading(), "").split("\n"):
            kind, _tab, text = line.partition("\t")
            if kind == "address":
                self.typed.append(text)
            elif kind == "answer_by":
                self.answer_by = text
            elif kind == "reason":
                self.reason = text

    def on_unmount(self) -> None:
        """Keep what was typed for the next time."""
        if self.typing is not None:
            self.typing.leave()

    def _keep_typed(self) -> None:
        """Keep what was typed on the page, one « name, tab, text » a line (read by `on_mount`), and paint."""
        addresses = (("address", address) for address in self.typed)
        fields = [("answer_by", self.answer_by), ("reason", self.reason), *addresses]
        if self.typing is not None:
            self.typing.keep("\n".join(f"{name}\t{text}" for name, text in fields if text))
        self.paint()

    def heading(self) -> str:
        """Return « Envoyer l'ébauche 3 », or the name of the version if the text is the adopted one."""
        return self.title_text

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return what can be done here."""
        return [("↑↓", _("line")), (_("Enter"), _("change")), (_("Esc"), _("back, nothing is sent"))]

    def page(self) -> Sequence[PageRow]:
        """Return what can be changed, what private answers stay behind, and the line that sends."""
        same = _("Word for word draft {number}, which was sent already.").format(number=self.number - 1)
        return [
            *([PageRow(same, "warn"), PageRow()] if same_as_last_draft(self.workspace) else []),
            *self._content_rows(),
            PageRow(),
            *self._recipient_rows(),
            PageRow(),
            *(PageRow(line, "muted") for line in self.cost),
            *self._left_behind_rows(),
            PageRow(),
            *_address_warnings(self),
            PageRow(f"{glyphs.radio(True)} {self.action}", "strong accent", self._send),
            PageRow(_("Nothing leaves by itself: you send the files with your own mail."), "muted", indent=3),
        ]

    def _content_rows(self) -> list[PageRow]:
        """Return the rows of what is sent: languages, formats, date, reason, extra papers."""
        lang = self.workspace.lang
        day = format_date(self.answer_by, lang) if self.answer_by else _("no date")
        means = self.workspace.guide.choice("means", self.means, lang)
        copies = _("one copy for each partner, its name on it")
        untranslated = untranslated_words(self.workspace.guide, self.workspace.partnership, self.languages)
        no_language = no_language_words(self.workspace, self._options())
        statement = _("the statement on one page, in the place of the whole document")
        boards = _("a package for each partner's board: one page, a resolution, the text")
        forms = _("a form for each partner, to answer in the mail or in a Word file")
        return [
            PageRow(_("Language"), "", self._next_language, language_words(self.languages)),
            *(PageRow(warning, "warn", indent=3) for warning in (no_language, untranslated) if warning),
            PageRow(_("Length"), "", None, self._length()),
            *(
                PageRow(f"{glyphs.tick(name in self.formats)} {by_id(name).label}", "", self._toggle_format(name))
                for name in FILE_FORMATS
            ),
            PageRow(f"{glyphs.tick(self.copies)} {copies}", "", self._toggle_copies),
            PageRow(_("Means"), "", self._choose_means, means),
            PageRow(_("Answer expected by"), "", self._ask_date, day),
            PageRow(_("Reason"), "", self._ask_reason, self.reason or _("none")),
            PageRow(_("Signature of the letter"), "", self._ask_sender, self.sender or _("nobody yet")),
            PageRow(f"{glyphs.tick(self.packages)} {boards}", "", self._toggle_packages),
            PageRow(f"{glyphs.tick(self.statement)} {statement}", "", self._toggle_statement),
            PageRow(f"{glyphs.tick(self.forms)} {forms}", "", self._toggle_forms),
        ]

    def _recipient_rows(self) -> list[PageRow]:
        """Return the rows of whom it is sent to: contacts, typed addresses, partners without an address."""
        rows = [PageRow(_("To"), "heading")]
        for contact in self.contacts:
            organisation = find_partner(self.workspace.partnership, contact.partner)
            label = f"{glyphs.tick(contact.address in self.chosen)} {contact.name or contact.address}"
            short = organisation.short(self.workspace.lang) if organisation is not None else ""
            details = f"{contact.address}  {short}" if contact.name else short
            rows.append(PageRow(label, "", self._toggle_address(contact.address), details))
        for address in self.typed:
            rows.append(PageRow(f"{glyphs.tick(address in self.chosen)} {address}", "", self._toggle_address(address)))
        without_address = unaddressed(self.workspace)
        for partner in active(self.workspace.partnership):
            if partner.id in without_address:
                label = f"{glyphs.tick(partner.id in self.given_otherwise)} {partner.short(self.workspace.lang)}"
                toggle, ask = self._toggle_given_otherwise(partner.id), self._address_asker(partner.id)
                rows.append(PageRow(label, "", toggle, _("no address; given otherwise")))
                rows.append(PageRow(_("+ its address, to be kept"), "accent", ask, indent=4))
        return [*rows, PageRow(_("+ another address"), "accent", self._ask_address)]

    def _left_behind_rows(self) -> list[PageRow]:
        """Return the rows of private answers that are not sent, counted by question."""
        guide, lang = self.workspace.guide, self.workspace.lang
        rows = [PageRow(_("Nothing private goes. Left behind:"), "done")]
        for private_answers in left_out(guide, self.workspace.partnership):
            count = ngettext("{n} answer", "{n} answers", private_answers.count).format(n=private_answers.count)
            question_name = guide.question(private_answers.question).short.get(lang)
            rows.append(PageRow("– " + question_name + _(": ") + count, "muted", indent=3))
        return rows if len(rows) > 1 else [PageRow(_("Nothing private goes; there is nothing private here."), "done")]

    def act(self, key: str) -> bool:
        """Act on a key; on the line of the date, a letter or digit begins the date."""
        on_date = self._places and self._places[self.at][1] == self._ask_date
        begins_date = on_date and len(key) == 1 and key.isalnum()
        if not begins_date:
            return super().act(key)
        self._ask_date(key)
        return True

    # -- changing what is sent -----------------------------------------------------------------------------------------

    def _length(self) -> str:
        """Return « 5 pages » for each text, an estimate until its pages are counted."""
        counts = (self.lengths.get(code) for code in self.languages)
        return ", ".join(page_count.words for page_count in counts if page_count is not None)

    def _count_pages(self) -> None:
        """Estimate the pages of each text at once, then count those of its PDF in a thread, which takes a moment."""
        texts = {code: present_text(self.workspace, code) for code in self.languages if code not in self.lengths}
        self.lengths |= {code: estimate_pages(text) for code, text in texts.items()}

        def work() -> None:
            counts = {code: count_pages(text) for code, text in texts.items()}
            with suppress(RuntimeError, NoMatches):  # the page was left meanwhile
                self.app.call_from_thread(self._show_counts, counts)

        if texts:
            self.run_worker(work, thread=True)

    def _show_counts(self, counts: dict[str, PageCount]) -> None:
        """Show the counted pages, by code of the languages."""
        self.lengths |= counts
        if self.is_attached:
            self.paint()

    def _next_language(self) -> None:
        """Choose the next language or order of languages."""
        self.languages = next_languages(self.languages)
        self._count_pages()
        self.paint()

    def _toggle_format(self, name: str) -> Callable[[], None]:
        """Return an action that chooses a format, or leaves it out."""

        def act() -> None:
            self.formats ^= {name}
            self.paint()

        return act

    def _toggle_copies(self) -> None:
        self.copies = not self.copies
        self.paint()

    def _toggle_statement(self) -> None:
        self.statement = not self.statement
        self.paint()

    def _toggle_forms(self) -> None:
        self.forms = not self.forms
        self.paint()

    def _toggle_packages(self) -> None:
        self.packages = not self.packages
        self.paint()

    def _toggle_address(self, address: str) -> Callable[[], None]:
        """Return an action that chooses a recipient, or leaves them out."""

        def act() -> None:
            self.chosen ^= {address}
            self.paint()

        return act

    def _toggle_given_otherwise(self, partner_id: str) -> Callable[[], None]:
        """Return an action that chooses a partner without an address, or leaves it out."""

        def act() -> None:
            self.given_otherwise ^= {partner_id}
            self.paint()

        return act

    def _choose_means(self) -> None:
        """Ask how the draft goes to the partners."""
        codes = self.workspace.guide.choices["means"]
        choices = [Choice(code, words.get(self.workspace.lang)) for code, words in codes.items()]

        def take_choice(code: str | None) -> None:
            self.means = code or self.means
            self.paint()

        self.app.push_screen(Picker(_("Means"), choices), take_choice)

    def _ask_date(self, begun: str = "") -> None:
        """Ask by which day an answer is expected; `begun` is the character that began the date."""

        def then(day: str) -> None:
            self.answer_by = day
            self._keep_typed()

        ask_answer_day(self, "send.answer_by", self.answer_by, then, begun)

    def _ask_reason(self) -> None:
        """Ask why this draft is sent."""

        def take_choice(text: str | None) -> None:
            if text is not None:
                self.reason = text.strip()
                self._keep_typed()

        ask_text(self.app, "send.reason", _("Why this draft, in a few words"), take_choice, text=self.reason)

    def _ask_address(self) -> None:
        """Ask for the address of a partner, and keep it."""

        def take_choice(text: str | None) -> bool:
            try:
                addresses = read_recipients(text or "")
            except BadValue as error:
                self.say(str(error))
                return False
            for address in addresses:
                if address not in self.typed:
                    self.typed.append(address)
                self.chosen.add(address)
            self._keep_typed()
            return True

        ask_text(self.app, "send.address", _("E-mail address"), take_choice, hint="prenom.nom@organisme.ca")

    def _address_asker(self, partner_id: str) -> Callable[[], None]:
        """Return what Enter does below a partner without address: ask for its address, keep and tick that."""

        def take_choice(text: str | None) -> bool:
            if not text or not text.strip():
                return True
            try:
                addresses = keep_address(self.workspace, partner_id, text)
            except (BadValue, StoreError) as error:
                self.say(str(error))
                return False
            self.contacts = contacts(self.workspace.partnership, self.workspace.lang)
            self.chosen |= set(addresses[:1])
            self.given_otherwise.discard(partner_id)
            self.paint()
            return True

        def ask() -> None:
            ask_text(self.app, "send.own_address", _("E-mail address"), take_choice, hint="prenom.nom@organisme.ca")

        return ask

    def _ask_sender(self) -> None:
        """Ask who signs the letter."""

        def then(sender: str) -> None:
            self.sender = sender
            self.paint()

        ask_sender(self, self.sender, then)

    # -- sending -------------------------------------------------------------------------------------------------------

    def _options(self) -> SendOptions:
        """Return what was chosen on the page as options of the sending."""
        chosen = Recipients(frozenset(self.chosen), tuple(self.typed), frozenset(self.given_otherwise))
        options = SendOptions(
            folder=files_folder(os.environ, self.app.settings),
            languages=self.languages,
            formats=tuple(name for name in FILE_FORMATS if name in self.formats),
            means=self.means,
            answer_by=self.answer_by,
            reason=self.reason,
            sender=self.sender,
            copies=self.copies,
            packages=self.packages,
            forms=self.forms,
            statement=self.statement,
        )
        return with_recipients(self.workspace, options, chosen)

    def _send(self) -> None:
        """Number the draft, write its files, and show them; if that fails, say why."""
        options = self._options()
        if unread := unreadable_words(self.workspace):
            self.say(unread[0])
            return
        try:
            ready = prepare(self.workspace, self.app.store, options)
        except StoreError as error:
            self.say(str(error))
            return

        def show_sent(files: WrittenFiles) -> None:
            try:
                sent_draft = conclude(self.workspace, self.app.store, options, ready, files)
            except StoreError as error:
                self.say(str(error))
                return
            if self.typing is not None:
                self.typing.done()
            self.app.switch_screen(SentScreen(self.workspace, sent_draft, self.fetch_lines))

        self.begin(options.folder, ready.files, show_sent)


def _address_warnings(screen: SendScreen) -> list[PageRow]:
    """Return warnings shown before the draft is numbered: addresses that cannot be read, or no address at all."""
    unread = [PageRow(f"! {warning}", "warn") for warning in unreadable_words(screen.workspace)]
    if unread or screen.contacts or screen.chosen:
        return unread
    return [PageRow("! " + _("No partner has an address: you give the draft yourself to those ticked above."), "warn")]


def open_send(app: Host) -> None:
    """Save, and show the page that sends the next draft."""
    workspace = app.workspace
    if workspace is None:
        return
    try:
        workspace.flush()
    except StoreError as error:
        app.say(str(error))
        return
    app.push_screen(SendScreen(workspace, *next_sending_numbers(workspace, app.store)))
