"""The table of subcommands of `entente`: name, function, arguments; their summaries are in `tui/commands.py`."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable

from tui.cli import given_values, paper_arguments
from tui.commands import TABLE
from tui.fast_dataclass import dataclass
from tui.i18n import _

# The values that --format takes, the first by default.
TEXT_FORMATS = ("text", "md", "html")
TEXT_OR_JSON = (*TEXT_FORMATS, "json")
DOCUMENT_FORMATS = (*TEXT_FORMATS, "docx", "pdf")
Arguments = Callable[[ArgumentParser], object]  # adds some arguments to the parser of a subcommand


@dataclass(frozen=True, slots=True)
class Subcommand:
    """One subcommand."""

    name: str  # as the table of commands has it; "" for `entente` alone
    place: str  # its function as "module:function" below tui.cli, imported when it is called
    arguments: tuple[Arguments, ...] = ()
    needs_settings: bool = True  # doctor reports wrong settings instead of stopping at them
    bilingual: bool = False  # whether --doc-lang may name both languages

    @property
    def summary(self) -> str:
        """What the subcommand does, in the interface's language."""
        return _(next(command.summary for command in TABLE if command.subcommand == self.name))


# Each function below adds some arguments to a parser, those that its name says.


def _partnership(parser: ArgumentParser) -> None:
    text = _("its id, the first letters of its id (4 or more), or its exact title")
    parser.add_argument("project", metavar=_("PARTNERSHIP"), help=text)


def _partnership_to_read(parser: ArgumentParser) -> None:
    """Add the partnership of a command that only reads: the beginning of its title is enough."""
    text = _("its id, the first letters of its id (4 or more), its title, or how its title begins")
    parser.add_argument("project", metavar=_("PARTNERSHIP"), help=text)
    parser.set_defaults(reading=True)


def _words_to_erase(parser: ArgumentParser) -> None:
    text = _("the word or text; - reads the standard input, which no history of a shell keeps")
    parser.add_argument("words", metavar=_("WORDS"), help=text)
    text = _("take it out; without this, only say where it stands")
    parser.add_argument("--for-good", action="store_true", help=text)


def _json(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("write JSON, for a program"))


def _archived(parser: ArgumentParser) -> None:
    parser.add_argument("--archived", action="store_true", help=_("the archived ones instead"))


def _title(parser: ArgumentParser) -> None:
    parser.add_argument("title", metavar=_("TITLE"), help=_("the name of the partnership"))


def _format(*names: str) -> Arguments:
    def add(parser: ArgumentParser) -> None:
        text = _("the format; without it: {name}").format(name=names[0])
        parser.add_argument("--format", type=_format_id, choices=names, help=text)

    return add


def _format_id(word: str) -> str:
    """Return the id of the format that a word such as « .docx » means."""
    from tui.export.formats import format_id_of

    return format_id_of(word)


def _minutes(parser: ArgumentParser) -> None:
    text = _("its date, or the first letters of its id; without it, the last one")
    parser.add_argument("--meeting", metavar=_("MEETING"), help=text)
    text = _("the register of all decisions instead: in force or replaced, and where each was entered")
    parser.add_argument("--register", action="store_true", help=text)
    text = _("write the dossier of the meeting instead: agenda, text before and after, minutes")
    parser.add_argument("--dossier", action="store_true", help=text)
    text = _("write a mail with the draft minutes to each partner that was there, into this folder")
    parser.add_argument("--correct", metavar=_("FOLDER"), help=text)
    text = _("approve the minutes at the meeting of today, which is opened where none runs")
    parser.add_argument("--approve", action="store_true", help=text)
    text = _("add a dated note below approved minutes")
    parser.add_argument("--note", metavar=_("TEXT"), help=text)
    text = _("take a name out of approved minutes; a dated note says so, without the name")
    parser.add_argument("--withdraw", metavar=_("NAME"), help=text)


def _invitations(parser: ArgumentParser) -> None:
    text = _("write an invitation for each partner into this folder: a mail draft, and a calendar entry")
    parser.add_argument("--invitations", metavar=_("FOLDER"), help=text)


def _any_format(parser: ArgumentParser) -> None:
    from tui.export.formats import FORMATS  # imported here: only `export` needs them

    text = _("{names} or json, several for a folder (docx,pdf); else the ending of FILE decides")
    names = ", ".join(format.id for format in FORMATS)
    parser.add_argument("--format", metavar=_("FORMAT"), help=text.format(names=names))


def _file_to_write(parser: ArgumentParser) -> None:
    text = _("the file to write, or a folder whose name ends with /; - writes to the standard output")
    parser.add_argument("file", metavar=_("FILE"), help=text)


def _output_option(parser: ArgumentParser) -> None:
    text = _("the file to write, in the format of its ending or of --format")
    parser.add_argument("--output", metavar=_("FILE"), help=text)


def _copies(parser: ArgumentParser) -> None:
    text = _("the copy of one partner: its name on the first page, its signature first")
    parser.add_argument("--for", dest="for_", metavar=_("PARTNER"), help=text)
    text = _("the package for this partner's board: one page, a resolution ready to be passed, the text")
    parser.add_argument("--board", metavar=_("PARTNER"), help=text)
    text = _("one copy for each partner, in the folder FILE")
    parser.add_argument("--for-each", action="store_true", help=text)


def _file_to_read(parser: ArgumentParser) -> None:
    text = _("a JSON file that was exported, or a partnership's folder; - reads the standard input")
    parser.add_argument("file", metavar=_("FILE"), help=text)


def _merge(parser: ArgumentParser) -> None:
    text = _("merge into the partnership of the same id, instead of adding a copy")
    parser.add_argument("--merge", action="store_true", help=text)


def _private(parser: ArgumentParser) -> None:
    text = _("with --format json: add the private notes")
    parser.add_argument("--with-private", action="store_true", help=text)


def _history(parser: ArgumentParser) -> None:
    text = _("with --format json: add the earlier texts, deleted words among them")
    parser.add_argument("--with-history", action="store_true", help=text)


def _section(parser: ArgumentParser) -> None:
    text = _("one section alone: its number, or some letters of its heading")
    parser.add_argument("--section", metavar=_("SECTION"), help=text)


def _sentence(parser: ArgumentParser) -> None:
    text = _("a section (its number, or some letters of its heading), or the id of one sentence")
    parser.add_argument("sentence", metavar=_("SENTENCE"), help=text)
    parser.add_argument("--with-private", action="store_true", help=_("tell too what only the facilitator sees"))


def _round(parser: ArgumentParser) -> None:
    text = _("put this question to each in turn, its choices behind it: “Which evening?; Tuesday; Thursday”")
    parser.add_argument("--ask", metavar=_("QUESTION"), help=text)
    text = _("note what PARTNER answers: the number of a choice, or words; as often as there are answers")
    parser.add_argument("--says", nargs=2, action="append", metavar=(_("PARTNER"), _("ANSWER")), help=text)
    text = _("with --says: to question N, not to the last one")
    parser.add_argument("--question", metavar="N", type=given_values.whole_number, help=text)
    parser.add_argument("--told", action="store_true", help=_("with --says: it may stand in the minutes with its name"))
    parser.add_argument("--with-private", action="store_true", help=_("tell too what only the facilitator sees"))


def _wording(parser: ArgumentParser) -> None:
    text = _("the id of a sentence, as “trace” lists them; without it, today's text beside the version kept last")
    parser.add_argument("sentence", metavar=_("SENTENCE"), nargs="?", help=text)
    parser.add_argument("words", metavar=_("WORDS"), nargs="?", help=_("the words that it would have"))


def _on(parser: ArgumentParser) -> None:
    text = _("the day the document is composed for, on which dates of joining and leaving act; without it, today")
    parser.add_argument("--on", metavar=_("DATE"), help=text)


def _number(parser: ArgumentParser) -> None:
    parser.add_argument("number", metavar="N", type=given_values.whole_number, help=_("1 to 4"))


def _adopt(parser: ArgumentParser) -> None:
    text = _("take over what this set-aside file says; of a partnership's damaged folder, what can be read")
    parser.add_argument("--adopt", metavar=_("FILE"), help=text)


def _keys(parser: ArgumentParser) -> None:
    text = _("list the commands of the screens by the names that the settings know, with their keys")
    parser.add_argument("--keys", action="store_true", help=text)


def _compared(parser: ArgumentParser) -> None:
    text = _(
        "a Word or text file or a partner's form that came back (- reads text), or a version: its number, “adopted”, or its id"
    )
    parser.add_argument("file", metavar=_("WHAT"), help=text)
    parser.add_argument("--to", metavar=_("VERSION"), help=_("the later version; without it, today's text"))
    parser.add_argument("--output", metavar=_("FILE"), help=_("write the changes between two versions to this file"))
    text = _("take differences in, or answers of a form: their numbers (1,3) or “all”, of a form its plain yeses alone")
    parser.add_argument("--accept", metavar=_("NUMBERS"), help=text)


def _archive(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar=_("FILE"), help=_("the backup file"))


def _store_action(parser: ArgumentParser) -> None:
    text = _("copy: all partnerships of one store to another, which is in use from then on; init: prepare a database")
    text += _("; levels: who may do what on a server; grant: give a role a level there")
    parser.add_argument("action", choices=("copy", "init", "levels", "grant"), help=text)
    text = _("a folder, or a database: postgresql://USER@MACHINE/DATABASE; copy takes one or two: [FROM] TO")
    text += _("; levels takes a partnership or none, grant: ROLE none|reader|writer|owner [PARTNERSHIP]")
    parser.add_argument("places", nargs="*", metavar=_("PLACE"), help=text)
    parser.add_argument("--sql", action="store_true", help=_("with init: print the SQL that prepares a database alone"))


def _merged_entries(parser: ArgumentParser) -> None:
    text = _("make the entry FIRST part of SECOND: their ids, or exact names")
    parser.add_argument("--merge", nargs=2, metavar=(_("FIRST"), _("SECOND")), help=text)


def _addresses(parser: ArgumentParser) -> None:
    text = _("with --json: add e-mails and telephones")
    parser.add_argument("--with-private", action="store_true", help=text)


def _partnership_or_all(parser: ArgumentParser) -> None:
    text = _("one partnership: its id, the first letters of its id, or its title; without it, all")
    parser.add_argument("project", metavar=_("PARTNERSHIP"), nargs="?", help=text)
    parser.set_defaults(reading=True)


def _due(parser: ArgumentParser) -> None:
    parser.add_argument("--ics", metavar=_("FILE"), help=_("write a calendar file; - writes to the standard output"))
    text = _("write a follow-up letter for each partner that keeps the others waiting, in this folder")
    parser.add_argument("--letters", metavar=_("FOLDER"), help=text)
    parser.add_argument("--on", metavar=_("DATE"), help=_("the day from which it is told; without it, today"))
    parser.add_argument("--with-private", action="store_true", help=_("tell the private dates too"))


def _statement(parser: ArgumentParser) -> None:
    text = _("the statement on one page: the guide's seven heads and nothing else, without signatures")
    parser.add_argument("--statement", action="store_true", help=text)


def _sending(parser: ArgumentParser) -> None:
    text = _(
        "a partner, an e-mail address, or both (“La Ruche <zoe@ruche.example>” keeps the address), as often as needed; "
        "without it, who receives it on the page of a sending"
    )
    parser.add_argument("--to", metavar=_("WHO"), action="append", help=text)
    text = _("the day by which answers are expected")
    parser.add_argument("--by", metavar=_("DATE"), help=text)
    parser.add_argument("--reason", metavar=_("WORDS"), help=_("why this draft, in a few words"))
    text = _("who signs the letter; without it, who the settings say")
    parser.add_argument("--sender", metavar=_("NAME"), help=text)
    parser.add_argument("--means", metavar=_("MEANS"), help=_("how it goes: e-mail, by hand…; without it, by e-mail"))
    text = _("which files, with commas between them; without it: docx,pdf,eml")
    parser.add_argument("--format", metavar=_("FORMATS"), help=text)
    text = _("one copy for each partner, its name on it")
    parser.add_argument("--for-each", action="store_true", help=text)
    text = _("a package for each partner's board too: one page, a resolution, the text")
    parser.add_argument("--boards", action="store_true", help=text)
    text = _("a form for each partner too, in its mail's own text and as a Word file")
    parser.add_argument("--forms", action="store_true", help=text)
    text = _("the folder to write in; without it, the one of the settings")
    parser.add_argument("--folder", metavar=_("FOLDER"), help=text)


def _amendment(parser: ArgumentParser) -> None:
    text = _("the day from which it counts; without it, when all have signed it")
    parser.add_argument("--effect", metavar=_("DATE"), help=text)
    text = _("print the whole text as the amendment leaves it instead")
    parser.add_argument("--consolidated", action="store_true", help=text)
    parser.add_argument("--changes", action="store_true", help=_("only list the sections that it changes"))
    text = _("print the letter that goes with it: each section before and after")
    parser.add_argument("--letter", action="store_true", help=text)
    text = _("write it, the consolidated text, the text before and after and the letter into this folder")
    parser.add_argument("--folder", metavar=_("FOLDER"), help=text)
    parser.add_argument("--join", metavar=_("PARTNER"), help=_("a partner joins by it: what it says yes to and signs"))
    parser.add_argument("--adopt", action="store_true", help=_("keep it as adopted, to be signed"))


def _adoption(parser: ArgumentParser) -> None:
    _adoption_facts(parser)
    text = _("the paper that was adopted outside of the program")
    parser.add_argument("--file", metavar=_("FILE"), help=text)


def _adoption_facts(parser: ArgumentParser) -> None:
    parser.add_argument("--date", metavar=_("DATE"), help=_("the day of the adoption; without it, today"))
    parser.add_argument("--resolution", metavar=_("WORDS"), help=_("the resolution or meeting that adopts it"))
    text = _("why it is adopted although something stands in the way")
    parser.add_argument("--reason", metavar=_("WORDS"), help=text)


def _signature(parser: ArgumentParser) -> None:
    text = _("the partner that signed; without it, who has signed is said")
    parser.add_argument("partner", metavar=_("PARTNER"), nargs="?", help=text)
    parser.add_argument("--by", metavar=_("NAME"), help=_("who signed for it"))
    parser.add_argument("--title", metavar=_("WORDS"), help=_("their title"))
    parser.add_argument("--date", metavar=_("DATE"), help=_("the day on which they signed"))
    text = _("how they signed: by hand, scanned copy, signature platform…; without it, by hand")
    parser.add_argument("--means", metavar=_("MEANS"), help=text)
    parser.add_argument("--original", metavar=_("WORDS"), help=_("where the original is; it stays private"))
    parser.add_argument("--file", metavar=_("FILE"), help=_("a copy to keep beside the partnership"))
    parser.add_argument(
        "--version", dest="signed_version", metavar="N", help=_("an adopted version; without it, the last one")
    )
    text = _("write the adopted text and its signature pages into this folder, and note that they were sent")
    parser.add_argument("--send", metavar=_("FOLDER"), help=text)
    text = _("note an annex or a certified extract of a resolution that goes with it")
    parser.add_argument("--annex", metavar=_("WORDS"), help=text)
    parser.add_argument("--resolution", action="store_true", help=_("with --annex: it is an extract of a resolution"))
    text = _("write the copies that are kept beside this version into this folder")
    parser.add_argument("--papers", metavar=_("FOLDER"), help=text)


def _standing(parser: ArgumentParser) -> None:
    text = _("note what came of promise N: “kept; in short; by a word from; since when”")
    parser.add_argument("--note", nargs="+", metavar=("N", _("WORDS")), help=text)
    parser.add_argument("--list", action="store_true", help=_("list the promises by number"))
    text = _("write it to this file, in the format of its ending")
    parser.add_argument("--output", metavar=_("FILE"), help=text)


def _shell(parser: ArgumentParser) -> None:
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), help=_("the shell that you use"))


def _departure(parser: ArgumentParser) -> None:
    parser.add_argument("partner", metavar=_("PARTNER"), help=_("the partner that leaves, or whose person leaves"))
    parser.add_argument("--date", metavar=_("DATE"), help=_("the day on which it leaves: the departure is noted"))
    parser.add_argument("--notice", metavar=_("DATE"), help=_("the day on which it gave notice"))
    parser.add_argument("--honoured", action="store_true", help=_("the notice that the text asks for was kept"))
    parser.add_argument("--reason", metavar=_("WORDS"), help=_("why; it stays private"))
    text = _("what becomes of the money; it is told in the letter")
    parser.add_argument("--money", metavar=_("WORDS"), help=text)
    text = _("what becomes of the data; it is told in the letter")
    parser.add_argument("--data", metavar=_("WORDS"), help=text)
    parser.add_argument("--tell-reason", action="store_true", help=_("the reason may be told"))
    text = _("hand line N of the roles over to a partner, with --person to a person, - for nobody; as often as needed")
    parser.add_argument("--to", nargs=2, action="append", metavar=("N", _("WHO")), help=text)
    parser.add_argument("--letter", metavar=_("FILE"), help=_("write the letter that confirms it"))
    parser.add_argument("--person", metavar=_("NAME"), help=_("one of its people leaves, not the partner"))
    parser.add_argument("--by", metavar=_("NAME"), help=_("with --person: who takes all their roles"))
    parser.add_argument("--gone", action="store_true", help=_("with --person: they have left"))


def _contacts(parser: ArgumentParser) -> None:
    text = _("the CSV file to write; - or nothing writes to the standard output")
    parser.add_argument("file", metavar=_("FILE"), nargs="?", help=text)
    text = _("take in the people of this CSV file (organization, name, title, email, phone, language …) or vCard")
    parser.add_argument("--import", dest="take_in", metavar=_("FILE"), help=text)
    text = _("with --import: whose those people are who name no organization")
    parser.add_argument("--of", metavar=_("PARTNER"), help=text)
    text = _("whether the annex goes behind the document in the files that are sent or written")
    parser.add_argument("--join-annex", choices=("yes", "no"), help=text)
    text = _("write the annex of the people who gave leave to this file; - prints it")
    parser.add_argument("--annex", metavar=_("FILE"), help=text)


def _health(parser: ArgumentParser) -> None:
    text = _("whose answers are noted or shown; with --discuss, who takes the point")
    parser.add_argument("partner", metavar=_("PARTNER"), nargs="?", help=text)
    text = _("note an answer: a statement's number or id, and yes, “in part”, “not yet” or “don't know”")
    parser.add_argument("--answer", nargs=2, action="append", metavar=("N", _("ANSWER")), help=text)
    text = _("count these answers also where the statement is about persons")
    parser.add_argument("--shared", action="store_true", help=text)
    parser.add_argument("--short", action="store_true", help=_("only the nine statements for a short time"))
    parser.add_argument("--results", action="store_true", help=_("print the counts, without names"))
    text = _("write the page to be filled in into this folder, one for the partner or one for each")
    parser.add_argument("--form", metavar=_("FOLDER"), help=text)
    parser.add_argument("--discuss", metavar="N", help=_("make a point to discuss of a statement"))
    parser.add_argument("--by", metavar=_("DATE"), help=_("with --discuss: by when"))


def _answers(parser: ArgumentParser) -> None:
    text = _(
        "note that the present answer of PARTNER to QUESTION (its id) was said by telephone: it is to be confirmed"
    )
    parser.add_argument("--telephone", nargs=2, metavar=(_("PARTNER"), _("QUESTION")), help=text)
    parser.add_argument("--by", metavar=_("NAME"), help=_("with --telephone: who said it"))
    text = _("write the mail that asks this partner to confirm what was noted by telephone")
    parser.add_argument("--mail", nargs=2, metavar=(_("PARTNER"), _("FILE")), help=text)
    text = _("keep a form that came back (mail, Word file or page) as it was answered; nothing of it is applied")
    parser.add_argument("--received", metavar=_("FILE"), action="append", help=text)
    text = _("accept the plain yeses on present words of all forms that came back, after they were shown")
    parser.add_argument("--yeses", action="store_true", help=text)
    text = _("note a condition of this partner: “yes if the room is free; the College; February 3”")
    parser.add_argument("--condition", nargs=2, metavar=(_("PARTNER"), _("TEXT")), help=text)
    states = ("met", "yes", "withdrawn", "set_aside", "watch", "open", "minority")
    text = _(
        "what became of condition N of the list: {states}; set_aside with --reason, minority with its text as --reason"
    )
    parser.add_argument("--settle", nargs=2, metavar=("N", _("STATE")), help=text.format(states=", ".join(states)))
    parser.add_argument("--reason", metavar=_("TEXT"), help=_("with --settle: why, or the minority text"))
    text = _("note that this partner confirmed what was noted")
    parser.add_argument("--confirmed", metavar=_("PARTNER"), help=text)
    parser.add_argument(
        "--on", metavar=_("DATE"), help=_("the day on which it was said, or is told; without it, today")
    )
    parser.add_argument(
        "--with-private",
        action="store_true",
        help=_("tell what stays private too: what each answered, and from whom it comes"),
    )


def _call(parser: ArgumentParser) -> None:
    text = _("with whom; without it, when each partner was last reached is listed")
    parser.add_argument("partner", metavar=_("PARTNER"), nargs="?", help=text)
    text = _("note a call: spoke, message, wrong, no_answer or received (they called), or the words for it")
    parser.add_argument("--outcome", metavar=_("WORD"), help=text)
    parser.add_argument("--with", dest="with_", metavar=_("NAME"), help=_("with --outcome: the person of the partner"))
    text = _("add words to the call note of that day, which stays private; an earlier note is kept")
    parser.add_argument("--note", metavar=_("WORDS"), help=text)
    text = _("what is to be done next, and by when: “call Solange again; March 3”; it stands in what is due")
    parser.add_argument("--next", metavar=_("WORDS"), help=text)
    text = _("write the mail that tells the partner its contributions and people as they were noted; - prints it")
    parser.add_argument("--read-back", metavar=_("FILE"), help=text)


def _handover(parser: ArgumentParser) -> None:
    text = _("the partner whose seat is taken; without it, the page for whoever takes over the facilitating")
    parser.add_argument("partner", metavar=_("PARTNER"), nargs="?", help=text)
    text = _("list every line that the record offers instead; with --json each with its id")
    parser.add_argument("--lines", action="store_true", help=text)
    parser.add_argument("--with-private", action="store_true", help=_("with --lines or --json: the private lines too"))
    text = _("put the private line of this id on the page, as often as needed")
    parser.add_argument("--tick", metavar="ID", action="append", help=text)
    text = _("leave the line of this id off the page, as often as needed")
    parser.add_argument("--without", metavar="ID", action="append", help=text)
    text = _("say the line of this id in other words, on this page only, as often as needed")
    parser.add_argument("--reword", nargs=2, metavar=("ID", _("WORDS")), action="append", help=text)
    text = _("add a line of your own at its end, as often as needed")
    parser.add_argument("--add", metavar=_("WORDS"), action="append", help=text)


def _without_questions(parser: ArgumentParser) -> None:
    text = _("ask nothing, even on a terminal: what is not given is as the page has it")
    parser.add_argument("--yes", action="store_true", help=text)


SUBCOMMANDS = (
    Subcommand("list", "partnership_commands:list_partnerships", (_archived, _json)),
    Subcommand("new", "partnership_commands:new", (_title,)),
    Subcommand("show", "agreement_commands:show", (_partnership_to_read, _format(*TEXT_OR_JSON), _private, _on, _statement), bilingual=True),
    Subcommand("export", "agreement_commands:export", (_partnership_to_read, _file_to_write, _any_format, _copies, _private, _history, _on, _statement, paper_arguments.print_size), bilingual=True),
    Subcommand("import", "partnership_commands:import_partnership", (_file_to_read, _merge)),
    Subcommand("copy", "agreement_commands:copy", (_partnership_to_read, _format(*TEXT_FORMATS), _section, _on, _statement), bilingual=True),
    Subcommand("minutes", "minutes_command:minutes", (_partnership_to_read, _minutes, _format(*DOCUMENT_FORMATS), _output_option)),
    Subcommand("agenda", "agenda_command:agenda", (_partnership_to_read, _invitations, _format(*DOCUMENT_FORMATS), _output_option)),
    Subcommand("levels", "agreement_commands:print_levels", (_partnership_to_read, _format(*DOCUMENT_FORMATS), _output_option)),
    Subcommand("compare", "compare_command:compare", (_partnership_to_read, _compared, _without_questions, _json)),
    Subcommand("versions", "compare_command:versions", (_partnership_to_read, _json)),
    Subcommand("due", "due_command:due", (_partnership_or_all, _json, _due)),
    Subcommand("call", "call_command:call", (_partnership_or_all, _call, _json, _on)),
    Subcommand("handover", "handover_command:handover", (_partnership_to_read, _handover, _json, _format(*DOCUMENT_FORMATS), _output_option, _on)),
    Subcommand("trace", "trace_command:trace", (_partnership_to_read, _sentence, _json)),
    Subcommand("road", "road_command:print_road", (_partnership_to_read, _json, _on)),
    Subcommand("round", "round_command:put_round", (_partnership, _round, _json)),
    Subcommand("cost", "cost_command:cost", (_partnership_to_read, _wording)),
    Subcommand("check", "check_command:check", (_partnership_to_read, _json)),
    Subcommand("send", "sending_commands:send_draft", (_partnership, _sending, _without_questions, _json, _statement), bilingual=True),
    Subcommand("form", "form_command:form", (_partnership, paper_arguments.form, _json)),
    Subcommand("sheet", "sheet_command:sheet", (_partnership, paper_arguments.sheet, _json)),
    Subcommand("attach", "attach_command:attach", (_partnership, paper_arguments.attachment, _json)),
    Subcommand("adopt", "sending_commands:adopt_text", (_partnership, _adoption, _without_questions, _json)),
    Subcommand("sign", "signing_commands:sign", (_partnership, _signature, _json)),
    Subcommand("standing", "follow_commands:standing", (_partnership, _standing, _format(*TEXT_FORMATS), _on)),
    Subcommand("funders", "follow_commands:funders", (_partnership_to_read, _file_to_write, _on)),
    Subcommand("amend", "amend_command:amend", (_partnership, _amendment, _format(*TEXT_FORMATS), _adoption_facts)),
    Subcommand("leave", "leave_command:leave", (_partnership, _departure)),
    Subcommand("contacts", "contacts_command:contacts", (_partnership, _contacts, _on)),
    Subcommand("health", "health_command:health", (_partnership, _health)),
    Subcommand("answer", "answer_commands:answer", (_partnership,)),
    Subcommand("answers", "answers_command:answers", (_partnership, _answers, _without_questions, _json)),
    Subcommand("questions", "answer_commands:questions", (_json,)),
    Subcommand("schema", "answer_commands:schema"),
    Subcommand("plain", "command_line:plain", (_partnership,)),
    Subcommand("sample", "agreement_commands:sample", (_number, _format(*TEXT_OR_JSON)), bilingual=True),
    Subcommand("directory", "store_commands:directory", (_json, _addresses, _merged_entries)),
    Subcommand("erase", "erase_command:erase", (_partnership, _words_to_erase)),
    Subcommand("backup", "store_commands:backup", (_archive,)),
    Subcommand("restore", "store_commands:restore", (_archive,)),
    Subcommand("store", "store_command:store", (_store_action,)),
    Subcommand("completion", "shell_completion:completion", (_shell,), needs_settings=False),
    Subcommand("doctor", "doctor_command:doctor", (_adopt, _keys), needs_settings=False),
)  # fmt: skip
BY_NAME = {command.name: command for command in SUBCOMMANDS}
