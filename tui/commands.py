"""The one table of commands: id, keys, letter, label, where it is valid; footer, palette, help and docs/keys.md come from it.

Direct keys work while one types; a letter works while one moves (Escape first), or with Alt held. Keys that terminals,
multiplexers and editors keep for themselves are left alone (docs/keys.md says which).
"""

from __future__ import annotations

from collections.abc import Iterable

from tui.fast_dataclass import dataclass
from tui.i18n import N_, _

LIST, WORK, DOCUMENT, PROJECTION, MEETING, PAGE = PLACES = "list", "work", "document", "projection", "meeting", "page"


@dataclass(frozen=True, slots=True)
class Command:
    """One action. `keys` work always, `letter` (each of its characters) while moving.

    `footer` ranks it in the last line (0: never there).
    """

    id: str
    label: str
    help: str
    where: frozenset[str]
    keys: tuple[str, ...] = ()
    letter: str = ""
    footer: int = 0
    short: str = ""
    words: str = ""  # everyday words by which the palette finds it

    @property
    def name(self) -> str:
        """Its label in the interface's language."""
        return _(self.label)

    @property
    def footer_name(self) -> str:
        """The one or two words of the last line."""
        return _(self.short or self.label)

    @property
    def explanation(self) -> str:
        """What it does, in the interface's language."""
        return _(self.help)

    @property
    def search_words(self) -> str:
        """The words it is also found by, in the interface's language; "" for none."""
        return _(self.words) if self.words else ""


def _in(*places: str) -> frozenset[str]:
    return frozenset(places)


_WORK = _in(WORK)
_OPEN = _in(WORK, DOCUMENT)
_ALL = _in(LIST, WORK, DOCUMENT, MEETING, PAGE)
_TABLE = _in(WORK, DOCUMENT, PROJECTION, MEETING)  # wherever people sit together
_HELD = _in(MEETING)

COMMANDS: tuple[Command, ...] = (
    Command("palette", N_("All commands"), N_("Type a few letters of what you want to do."), _ALL, ("f2",), ":", 90, N_("all")),
    Command("help", N_("Help"), N_("Explains the field, the question and the keys."), _ALL, ("f1",), "h", 20, N_("help")),
    Command("previous", N_("Previous question"), N_("Goes to the question before, with the same partner."), _WORK, ("f3",), "k", words=N_("back")),
    Command("next", N_("Next question"), N_("Goes to the next question, with the same partner."), _WORK, ("f4",), "j", 80, N_("next")),
    Command("partner", N_("Next partner"), N_("Stays on the question and goes to the next partner."), _WORK, ("f6",), "p", 60, N_("partner")),
    Command("partner_back", N_("Previous partner"), N_("Stays on the question and goes to the partner before."), _WORK, (), "P"),
    Command("call", N_("Call note"), N_("Opens the private note of this partner; the same key comes back."), _OPEN, ("f7",), "v", 30, N_("call note")),
    Command("sort_line", N_("Sort this line of the note"), N_("Sends the line, or what is selected of a call note, to its question by one letter."), _WORK, ("ctrl+r",), "s"),
    Command("sort_note", N_("Sort the whole note"), N_("Shows line after line of a call note; one letter sends each to its question."), _WORK, (), "N"),
    Command("document", N_("Read the document"), N_("Shows the whole agreement; Enter on a line opens its field."), _OPEN, ("f5",), "d", 50, N_("document")),
    Command("copy", N_("Copy the document"), N_("Copies the agreement (at a meeting, its minutes) as plain text, and keeps it in a file."), _in(WORK, DOCUMENT, MEETING), ("f8",), "c", 70, N_("copy"), words=N_("clipboard mail")),
    Command("copy_section", N_("Copy this section"), N_("Copies the section that this question feeds."), _OPEN, (), "S"),
    Command("copy_answer", N_("Copy this answer"), N_("Copies the text of the field."), _WORK, (), "B"),
    Command("bare", N_("Plain text for the mouse"), N_("Shows the whole document without frames; the terminal's own mouse selects it."), _OPEN, (), "C"),
    Command("fetch", N_("Bring it to my computer"), N_("Shows the lines that fetch the document from your own computer."), _OPEN, (), "F", words=N_("download")),
    Command("export", N_("Write files"), N_("Writes the agreement as Word, PDF, web page, text, Markdown or a mail draft; one copy per partner if you like."), _OPEN, (), "e", words=N_("print download mail pdf word folder backup")),
    Command("review", N_("Read over before sending"), N_("Lists what would trip the partners; Enter goes to the field."), _OPEN, (), "i"),
    Command("send", N_("Send the draft"), N_("Numbers the draft, keeps it, writes the files and the cover letter."), _OPEN, (), "E", words=N_("mail e-mail letter post")),
    Command("awaited", N_("Answers awaited"), N_("Lists who is to answer or to ratify, by date."), _OPEN, (), "A"),
    Command("versions", N_("Versions"), N_("Shows the drafts sent and the adopted texts, and what changed since."), _OPEN, (), "V"),
    Command("translate", N_("Both languages side by side"), N_("Shows what is not translated yet; the second text is typed beside the first."), _OPEN, (), "*"),
    Command("returned", N_("A text came back"), N_("Lays a returned file or pasted text beside ours; each difference is accepted or refused."), _OPEN, (), "&"),
    Command("text_answered", N_("Text answered on"), N_("Says which text this partner's answer was given on."), _WORK, (), "T"),
    Command("leave_out", N_("Yes, except on a sentence"), N_("Notes a sentence that this partner does not say yes to."), _WORK, (), "X"),
    Command("adopt", N_("Record the adopted text"), N_("Keeps today's text, or names the paper adopted elsewhere."), _WORK, (), "Y", words=N_("sign signature")),
    Command("project", N_("Project on a screen"), N_("Shows only the document and the public field being written."), _TABLE, ("f9",), "o", 40, N_("project")),
    Command("gap", N_("Next gap"), N_("Goes to the next question that is not answered, or to the next hole of the document."), _in(WORK, DOCUMENT, PROJECTION), (), "n"),
    Command("step_1", N_("First sub-step"), N_("Shows the first sub-step: the partners, and what each was asked."), _WORK, (), "1", words=N_("table partners overview sub-step")),
    Command("step_2", N_("Second sub-step"), N_("Shows the second sub-step: what was settled together."), _WORK, (), "2", words=N_("table partners overview sub-step")),
    Command("step_3", N_("Third sub-step"), N_("Shows the third sub-step: what each says yes to, and the statement."), _WORK, (), "3", words=N_("table partners overview sub-step")),
    Command("levels", N_("Levels and contributions"), N_("Shows the level of each partner and what it brings as a table, to project, to copy or to write to a file."), _OPEN, (), "%", words=N_("table partners overview involvement")),
    Command("jump", N_("Go to a question"), N_("Lists the questions; type a few letters."), _WORK, (), "g"),
    Command("jump_partner", N_("Go to a partner"), N_("Lists the partners; type a few letters."), _WORK, (), "G"),
    Command("find", N_("Find in this partnership"), N_("Finds a word in answers, notes and document."), _OPEN, (), "f"),
    Command("add_partners", N_("Add partners"), N_("One organization a line; a pasted list is fine."), _WORK, (), "a"),
    Command("remove_partner", N_("Take this partner out"), N_("Removes the partner; undo brings it back."), _WORK, (), "O", words=N_("delete erase remove partner")),
    Command("same", N_("Same answer for others"), N_("Gives this partner's answer to the partners you choose."), _WORK, (), "m"),
    Command("confirm", N_("Mark as to be confirmed"), N_("Puts ? on this answer, or takes it off."), _WORK, (), "?"),
    Command("discuss", N_("Mark as to be discussed"), N_("Puts ! on this answer, or takes it off."), _WORK, (), "!"),
    Command("void", N_("Mark as not applicable"), N_("Puts – on this question; its heading leaves the document."), _WORK, (), "-"),
    Command("remove_row", N_("Remove this line"), N_("Takes the line of the list out; undo brings it back."), _WORK, (), "x", words=N_("delete erase remove line")),
    Command("row_up", N_("Move this line up"), N_("Changes the order of the list."), _WORK, (), "["),
    Command("row_down", N_("Move this line down"), N_("Changes the order of the list."), _WORK, (), "]"),
    Command("aside", N_("Set a point aside"), N_("Notes a point to settle later; it appears among the points still open."), _TABLE, (), "b"),
    Command("candidates", N_("Two wordings side by side"), N_("Holds a second wording beside the text; one key chooses, the other stays in the history."), _in(WORK, DOCUMENT, PROJECTION), (), "="),
    Command("add_line", N_("Add a line to this list"), N_("In the document: writes a new line of the list one stands in."), _in(DOCUMENT, PROJECTION), (), "+"),
    Command("meeting", N_("Meeting"), N_("Opens today's meeting: who is there, decisions, who does what."), _in(WORK, DOCUMENT, PROJECTION), (), "M", words=N_("date minutes")),
    Command("round", N_("Round of positions"), N_("Asks each partner in turn, one key each, and counts the answers."), _TABLE, (), "U"),
    Command("decision", N_("Note a decision"), N_("Notes a decision of the meeting; it stands in the minutes."), _TABLE, (), "D", 0, N_("decision")),
    Command("task", N_("Who does what"), N_("Notes who does what by when; it stands in the minutes."), _TABLE, (), "I", 0, N_("who does what")),
    Command("arrive", N_("Add someone who is there"), N_("Name; title. A person of the partner one stands at, or a guest."), _HELD, (), "a", 0, N_("add someone")),
    Command("close_meeting", N_("End the meeting"), N_("Ends it and shows its minutes; the same key takes it up again."), _HELD, (), "z", 0, N_("end")),
    Command("minutes", N_("Minutes of a meeting"), N_("Shows the minutes, to be copied or written to a file."), _in(WORK, DOCUMENT, MEETING), (), "H", 0, N_("minutes")),
    Command("long_positions", N_("Short or long form of positions"), N_("The long form adds: goes along, disagrees without opposing, opposes."), _in(WORK, MEETING), (), "J"),
    Command("directory", N_("Directory"), N_("Organizations and people met before: to see, mend, merge or forget."), _in(LIST, WORK), (), "@"),
    Command("undo", N_("Undo"), N_("Takes back the last change."), _TABLE | {LIST}, ("ctrl+z",), "u", words=N_("back cancel")),
    Command("redo", N_("Redo"), N_("Does again what undo took back last."), _TABLE, ("ctrl+y",), ">", words=N_("forward again restore")),
    Command("save", N_("Save"), N_("Everything is saved by itself; this says so."), _TABLE, ("ctrl+s",), "W", words=N_("backup keep")),
    Command("history", N_("Earlier texts"), N_("Shows what this field said before, and brings it back."), _WORK, (), "r", words=N_("back earlier version")),
    Command("conflicts", N_("Two texts for one answer"), N_("Shows both and lets you choose: mine, theirs or both."), _WORK, (), "y"),
    Command("kept", N_("Files set aside"), N_("Shows what was changed outside the program, or what damage left."), _WORK, words=N_("folder file")),
    Command("destroy_private", N_("Destroy the private notes"), N_("Destroys for good all that is private in this partnership."), _WORK, (), "Z", words=N_("delete erase")),
    Command("erase", N_("Take words out for good"), N_("Takes a word or a text out of fields, earlier texts and every file; says where it was sent already."), _OPEN, words=N_("delete erase private mistake history")),
    Command("example", N_("Show an example"), N_("Shows a worked example of this answer."), _WORK, (), "w"),
    Command("missing", N_("What is missing"), N_("Lists what the next milestone still needs."), _WORK, (), "z"),
    Command("rename", N_("Rename"), N_("Changes the partnership's name."), _in(LIST, WORK), (), "t"),
    Command("language", N_("Français / English"), N_("Switches the language of the screen."), _ALL, (), "l", words=N_("language english french")),
    Command("document_language", N_("Document in the other language"), N_("Switches the language of the document."), _OPEN, (), "L", words=N_("language english french translation")),
    Command("timezone", N_("Time zone"), N_("In which time zone the dates of this partnership are told."), _OPEN, words=N_("hour clock date")),
    Command("author", N_("Your name"), N_("Says who writes on this account, and signs with another name from now on."), _in(LIST, WORK), (), "$", words=N_("author sign who account person")),
    Command("theme", N_("Colours"), N_("Dark, light, high contrast, or the terminal's own."), _ALL, (), "K", words=N_("appearance contrast")),
    Command("new", N_("New partnership"), N_("Asks for the organizations, and opens it."), _in(LIST), (), "n", 80, N_("new")),
    Command("open_file", N_("Open a received file"), N_("Takes in a partnership that someone sent you."), _in(LIST), (), "i", 60, N_("open a file"), words=N_("folder download file")),
    Command("sample", N_("Open an example"), N_("Opens a copy of an example to try things on."), _in(LIST), (), "e", 50, N_("example")),
    Command("practise", N_("Practise"), N_("Opens an invented partnership to try things on, and to throw away by one key."), _in(LIST), (), "p"),
    Command("throw_away", N_("Throw the trial away"), N_("Throws away the partnership one practises on; nothing of it is kept."), _in(LIST, WORK), (), "0"),
    Command("keep_trial", N_("Keep this trial"), N_("Makes a partnership like the others of it."), _WORK),
    Command("duplicate", N_("Duplicate"), N_("Makes a copy of the partnership."), _in(LIST), (), "d"),
    Command("archive", N_("Archive"), N_("Puts the partnership away, or takes it back."), _in(LIST), (), "a", words=N_("put away close")),
    Command("archived", N_("Show the archived ones"), N_("Lists the partnerships put away."), _in(LIST), (), "A"),
    Command("delete", N_("Delete"), N_("Moves the partnership to the bin, from where it comes back."), _in(LIST), (), "x", words=N_("erase remove")),
    Command("bin", N_("Bin"), N_("Shows the deleted partnerships, to bring one back or destroy it."), _in(LIST), (), "b"),
    Command("search", N_("Search"), N_("Finds partnerships by a few letters of their name."), _in(LIST), (), "f", 30, N_("search")),
    Command("list", N_("Partnerships"), N_("Goes back to the list of partnerships."), _OPEN, (), "q", words=N_("back close home exit leave")),
    Command("repaint", N_("Redraw the screen"), N_("Draws everything again, after a disturbed line."), _in(*PLACES), ("ctrl+l",), "R"),
    Command("quit", N_("Quit"), N_("Everything is saved; the place is kept."), _ALL, ("f12", "ctrl+q"), "Q", 10, N_("quit"), words=N_("exit close leave back")),
)  # fmt: skip

BY_ID = {command.id: command for command in COMMANDS}
_present: tuple[Command, ...] = COMMANDS


def use(commands: Iterable[Command]) -> None:
    """From here on the keys are those of this table: the one above, or the same with a person's own keys."""
    global _present
    _present = tuple(commands)


def present(where: str = "") -> tuple[Command, ...]:
    """The commands of a place ("": of all) with the keys in use."""
    return tuple(one for one in _present if not where or where in one.where)


def command(name: str) -> Command:
    """The command of this id with the keys in use. KeyError when there is none."""
    return next(one for one in _present if one.id == BY_ID[name].id)


def by_key(key: str, where: str, *, moving: bool) -> Command | None:
    """The command a key means in a place, or None. `moving` lets plain letters act; alt+letter always does."""
    letter = key.removeprefix("alt+") if key.startswith("alt+") else key if moving else ""
    for one in present(where):
        if key in one.keys or (len(letter) == 1 and letter in one.letter):
            return one
    return None


def footer(where: str) -> Iterable[Command]:
    """The commands of the last line in a place that have a key, the most wanted first."""
    ranked = (one for one in present(where) if one.footer and (one.keys or one.letter))
    return sorted(ranked, key=lambda one: -one.footer)


def key_name(one: Command) -> str:
    """The key as it is written on the screen: « F4 », « Ctrl+S », or the letter; "" when it has none."""
    return key_words(one.keys[0]) if one.keys else one.letter[:1]


def key_names(one: Command, where: str = "") -> str:
    """The first direct key and the first letter: « F8 c »; where letters are the page's own, « Alt+L » for the letter."""
    if where == PAGE:
        return key_meanwhile(one.id) if key_name(one) else ""
    return " ".join(filter(None, (key_words(one.keys[0]) if one.keys else "", letter_words(one.letter[:1]))))


def hint(name: str, words: str) -> list[tuple[str, str]]:
    """The key of a command and the words beside it in a last line; nothing where it has no key."""
    key = key_name(command(name))
    return [(key, words)] if key else []


def letter_words(letter: str) -> str:
    """A letter as nobody takes it for that of the other case: « y », and « Maj+Y » for the capital."""
    return _("Shift+{letter}").format(letter=letter) if letter.isupper() else letter


def key_meanwhile(name: str) -> str:
    """The key of a command that acts even while one writes: « F7 », « Alt+Y », « Alt+Maj+Y »; else its name."""
    one = command(name)
    key = key_name(one)
    if len(key) != 1:
        return key or one.name
    return f"Alt+{key.upper() if key.islower() else letter_words(key)}"


def command_words(name: str) -> str:
    """A command as a help text names it: « Note d'appel (F7) », with the key that acts while one writes, if it has one."""
    one = command(name)
    return f"{one.name} ({key_meanwhile(name)})" if key_name(one) else one.name


def key_words(key: str) -> str:
    """One key as it is written on the screen: « F4 », « Ctrl+S », « c »."""
    return key if len(key) == 1 else "+".join(part.capitalize() for part in key.split("+"))


def keys_page() -> str:
    """The table of docs/keys.md: every command with the keys it comes with, as Markdown ended by one newline."""
    places = {
        LIST: _("list of partnerships"),
        WORK: _("questions"),
        DOCUMENT: _("document"),
        PROJECTION: _("projection"),
        MEETING: _("meeting"),
    }
    heads = (_("Keys"), _("Letter"), _("What it does"), _("Where"), _("Name"))
    lines = ["| " + " | ".join(heads) + " |", "|---|---|---|---|---|"]
    for one in COMMANDS:
        keys = ", ".join(map(key_words, one.keys))
        letter = f"`{one.letter}`" if one.letter else ""
        where = ", ".join(words for place, words in places.items() if place in one.where)
        lines.append(f"| {keys} | {letter} | **{one.name}.** {one.explanation} | {where} | `{one.id}` |")
    return "\n".join(lines) + "\n"
