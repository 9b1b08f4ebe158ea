"""Adds the arguments of each subcommand to its parser: a function for each set of arguments that go together."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable

from tui.cli import given_values
from tui.i18n import _

Arguments = Callable[[ArgumentParser], object]  # adds some arguments to the parser of a subcommand


def add_partnership(parser: ArgumentParser) -> None:
    """Add the partnership that a command changes: part of its title is not enough."""
    text = _("its id, the first letters of its id (4 or more), or its exact title")
    parser.add_argument("project", metavar=_("PARTNERSHIP"), help=text)


def add_partnership_to_read(parser: ArgumentParser) -> None:
    """Add the partnership of a command that only reads: the beginning of its title is enough."""
    text = _("its id, the first letters of its id (4 or more), its title, or how its title begins")
    parser.add_argument("project", metavar=_("PARTNERSHIP"), help=text)
    parser.set_defaults(reading=True)


def add_words_to_erase(parser: ArgumentParser) -> None:
    """Add the words to take out, and whether to take them out or only to say where they stand."""
    text = _("the word or text; - reads the standard input, which no history of a shell keeps")
    parser.add_argument("words", metavar=_("WORDS"), help=text)
    text = _("take it out; without this, only say where it stands")
    parser.add_argument("--for-good", action="store_true", help=text)


def add_json(parser: ArgumentParser) -> None:
    """Add the choice of JSON for the output."""
    parser.add_argument("--json", action="store_true", help=_("write JSON, for a program"))


def add_archived(parser: ArgumentParser) -> None:
    """Add the choice of the archived partnerships."""
    parser.add_argument("--archived", action="store_true", help=_("the archived ones instead"))


def add_title(parser: ArgumentParser) -> None:
    """Add the title of a new partnership."""
    parser.add_argument("title", metavar=_("TITLE"), help=_("the name of the partnership"))


def add_format(*names: str) -> Arguments:
    """Return a function that adds a format, one of the ids `names`; the first is that without the option."""

    def add(parser: ArgumentParser) -> None:
        text = _("the format; without it: {name}").format(name=names[0])
        parser.add_argument("--format", type=_format_id, choices=names, help=text)

    return add


def _format_id(word: str) -> str:
    """Return the id of the format that a word such as « .docx » means."""
    from tui.export.formats import format_id_of

    return format_id_of(word)


def add_minutes(parser: ArgumentParser) -> None:
    """Add which meeting, and what is done with its minutes: print, mail, approve, note on, take a name out."""
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


def add_invitations(parser: ArgumentParser) -> None:
    """Add the folder for the invitations to a meeting."""
    text = _("write an invitation for each partner into this folder: a mail draft, and a calendar entry")
    parser.add_argument("--invitations", metavar=_("FOLDER"), help=text)


def add_any_format(parser: ArgumentParser) -> None:
    """Add the formats of files to write: all that there are, several for a folder."""
    from tui.export.formats import FORMATS  # imported here: only `export` needs them

    text = _("{names} or json, several for a folder (docx,pdf); else the ending of FILE decides")
    names = ", ".join(format.id for format in FORMATS)
    parser.add_argument("--format", metavar=_("FORMAT"), help=text.format(names=names))


def add_file_to_write(parser: ArgumentParser) -> None:
    """Add the file or folder to write; "-" is the standard output."""
    text = _("the file to write, or a folder whose name ends with /; - writes to the standard output")
    parser.add_argument("file", metavar=_("FILE"), help=text)


def add_output(parser: ArgumentParser) -> None:
    """Add the file to write, as an option."""
    text = _("the file to write, in the format of its ending or of --format")
    parser.add_argument("--output", metavar=_("FILE"), help=text)


def add_copies(parser: ArgumentParser) -> None:
    """Add whose copy is written: of one partner, for its board, or of each."""
    text = _("the copy of one partner: its name on the first page, its signature first")
    parser.add_argument("--for", dest="for_", metavar=_("PARTNER"), help=text)
    text = _("the package for this partner's board: one page, a resolution ready to be passed, the text")
    parser.add_argument("--board", metavar=_("PARTNER"), help=text)
    text = _("one copy for each partner, in the folder FILE")
    parser.add_argument("--for-each", action="store_true", help=text)


def add_file_to_read(parser: ArgumentParser) -> None:
    """Add the file or folder of a partnership to take in; "-" is the standard input."""
    text = _("a JSON file that was exported, or a partnership's folder; - reads the standard input")
    parser.add_argument("file", metavar=_("FILE"), help=text)


def add_merge(parser: ArgumentParser) -> None:
    """Add the choice to merge what is taken in into a partnership of the same id."""
    text = _("merge into the partnership of the same id, instead of adding a copy")
    parser.add_argument("--merge", action="store_true", help=text)


def add_private_notes(parser: ArgumentParser) -> None:
    """Add the choice to hand the private notes over, too."""
    text = _("with --format json: add the private notes")
    parser.add_argument("--with-private", action="store_true", help=text)


def add_history(parser: ArgumentParser) -> None:
    """Add the choice to hand the earlier texts over, too."""
    text = _("with --format json: add the earlier texts, deleted words among them")
    parser.add_argument("--with-history", action="store_true", help=text)


def add_section(parser: ArgumentParser) -> None:
    """Add the one section that is copied."""
    text = _("one section alone: its number, or some letters of its heading")
    parser.add_argument("--section", metavar=_("SECTION"), help=text)


def add_sentence(parser: ArgumentParser) -> None:
    """Add the section or the sentence whose life is told, and whether private steps are told."""
    text = _("a section (its number, or some letters of its heading), or the id of one sentence")
    parser.add_argument("sentence", metavar=_("SENTENCE"), help=text)
    parser.add_argument("--with-private", action="store_true", help=_("tell too what only the facilitator sees"))


def add_round(parser: ArgumentParser) -> None:
    """Add a question that is put to each in turn, and the answers to one."""
    text = _("put this question to each in turn, its choices behind it: “Which evening?; Tuesday; Thursday”")
    parser.add_argument("--ask", metavar=_("QUESTION"), help=text)
    text = _("note what PARTNER answers: the number of a choice, or words; as often as there are answers")
    parser.add_argument("--says", nargs=2, action="append", metavar=(_("PARTNER"), _("ANSWER")), help=text)
    text = _("with --says: to question N, not to the last one")
    parser.add_argument("--question", metavar="N", type=given_values.whole_number, help=text)
    parser.add_argument("--told", action="store_true", help=_("with --says: it may stand in the minutes with its name"))
    parser.add_argument("--with-private", action="store_true", help=_("tell too what only the facilitator sees"))


def add_wording(parser: ArgumentParser) -> None:
    """Add a sentence and the words that it would have; without them, today's text is looked at."""
    text = _("the id of a sentence, as “trace” lists them; without it, today's text beside the version kept last")
    parser.add_argument("sentence", metavar=_("SENTENCE"), nargs="?", help=text)
    parser.add_argument("words", metavar=_("WORDS"), nargs="?", help=_("the words that it would have"))


def add_day(parser: ArgumentParser) -> None:
    """Add the day for which the document is composed."""
    text = _("the day the document is composed for, on which dates of joining and leaving act; without it, today")
    parser.add_argument("--on", metavar=_("DATE"), help=text)


def add_sample_number(parser: ArgumentParser) -> None:
    """Add the number of a worked example."""
    parser.add_argument("number", metavar="N", type=given_values.whole_number, help=_("1 to 4"))


def add_set_aside_file(parser: ArgumentParser) -> None:
    """Add the set-aside file, or the damaged folder, that `doctor` takes over."""
    text = _("take over what this set-aside file says; of a partnership's damaged folder, what can be read")
    parser.add_argument("--adopt", metavar=_("FILE"), help=text)


def add_key_list(parser: ArgumentParser) -> None:
    """Add the choice to list the keys of the screens."""
    text = _("list the commands of the screens by the names that the settings know, with their keys")
    parser.add_argument("--keys", action="store_true", help=text)


def add_compared(parser: ArgumentParser) -> None:
    """Add the texts to compare, where the changes are written, and which of them are taken in."""
    text = _(
        "a Word or text file or a partner's form that came back (- reads text), or a version: its number, “adopted”, "
        "or its id"
    )
    parser.add_argument("file", metavar=_("WHAT"), help=text)
    parser.add_argument("--to", metavar=_("VERSION"), help=_("the later version; without it, today's text"))
    parser.add_argument("--output", metavar=_("FILE"), help=_("write the changes between two versions to this file"))
    text = _("take differences in, or answers of a form: their numbers (1,3) or “all”, of a form its plain yeses alone")
    parser.add_argument("--accept", metavar=_("NUMBERS"), help=text)


def add_backup_file(parser: ArgumentParser) -> None:
    """Add the file of a backup."""
    parser.add_argument("file", metavar=_("FILE"), help=_("the backup file"))


def add_store_action(parser: ArgumentParser) -> None:
    """Add what is done with whole stores, and the stores or roles it is done with."""
    text = _("copy: all partnerships of one store to another, which is in use from then on; init: prepare a database")
    text += _("; levels: who may do what on a server; grant: give a role a level there")
    parser.add_argument("action", choices=("copy", "init", "levels", "grant"), help=text)
    text = _("a folder, or a database: postgresql://USER@MACHINE/DATABASE; copy takes one or two: [FROM] TO")
    text += _("; levels takes a partnership or none, grant: ROLE none|reader|writer|owner [PARTNERSHIP]")
    parser.add_argument("places", nargs="*", metavar=_("PLACE"), help=text)
    parser.add_argument("--sql", action="store_true", help=_("with init: print the SQL that prepares a database alone"))


def add_entries_to_merge(parser: ArgumentParser) -> None:
    """Add two entries of the directory to make one of."""
    text = _("make the entry FIRST part of SECOND: their ids, or exact names")
    parser.add_argument("--merge", nargs=2, metavar=(_("FIRST"), _("SECOND")), help=text)


def add_addresses(parser: ArgumentParser) -> None:
    """Add the choice to print e-mails and telephones of the directory."""
    text = _("with --json: add e-mails and telephones")
    parser.add_argument("--with-private", action="store_true", help=text)


def add_partnership_or_all(parser: ArgumentParser) -> None:
    """Add a partnership to read, or none: then all of them are read."""
    text = _("one partnership: its id, the first letters of its id, or its title; without it, all")
    parser.add_argument("project", metavar=_("PARTNERSHIP"), nargs="?", help=text)
    parser.set_defaults(reading=True)


def add_due(parser: ArgumentParser) -> None:
    """Add what is written of the due dates (a calendar, letters), their day, and whether private ones are told."""
    parser.add_argument("--ics", metavar=_("FILE"), help=_("write a calendar file; - writes to the standard output"))
    text = _("write a follow-up letter for each partner that keeps the others waiting, in this folder")
    parser.add_argument("--letters", metavar=_("FOLDER"), help=text)
    parser.add_argument("--on", metavar=_("DATE"), help=_("the day from which it is told; without it, today"))
    parser.add_argument("--with-private", action="store_true", help=_("tell the private dates too"))


def add_statement(parser: ArgumentParser) -> None:
    """Add the choice of the statement on one page in the place of the whole text."""
    text = _("the statement on one page: the guide's seven heads and nothing else, without signatures")
    parser.add_argument("--statement", action="store_true", help=text)


def add_sending(parser: ArgumentParser) -> None:
    """Add the facts of a sending: to whom, by when, why, how, and which files."""
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


def add_amendment(parser: ArgumentParser) -> None:
    """Add what is printed or written of an amendment, from when it counts, who joins by it, and its adoption."""
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


def add_adoption(parser: ArgumentParser) -> None:
    """Add the facts of an adoption, and the paper that was adopted outside of the program."""
    add_adoption_facts(parser)
    text = _("the paper that was adopted outside of the program")
    parser.add_argument("--file", metavar=_("FILE"), help=text)


def add_adoption_facts(parser: ArgumentParser) -> None:
    """Add the facts of an adoption: its day, the resolution, and why in spite of what stands in the way."""
    parser.add_argument("--date", metavar=_("DATE"), help=_("the day of the adoption; without it, today"))
    parser.add_argument("--resolution", metavar=_("WORDS"), help=_("the resolution or meeting that adopts it"))
    text = _("why it is adopted although something stands in the way")
    parser.add_argument("--reason", metavar=_("WORDS"), help=text)


def add_signature(parser: ArgumentParser) -> None:
    """Add the facts of a signature, and what is sent, noted or written around it."""
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


def add_standing(parser: ArgumentParser) -> None:
    """Add what came of a promise, and how the promises are listed or written."""
    text = _("note what came of promise N: “kept; in short; by a word from; since when”")
    parser.add_argument("--note", nargs="+", metavar=("N", _("WORDS")), help=text)
    parser.add_argument("--list", action="store_true", help=_("list the promises by number"))
    text = _("write it to this file, in the format of its ending")
    parser.add_argument("--output", metavar=_("FILE"), help=text)


def add_shell(parser: ArgumentParser) -> None:
    """Add the shell whose completion is printed."""
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), help=_("the shell that you use"))


def add_departure(parser: ArgumentParser) -> None:
    """Add who leaves and when, what becomes of each role, and the letter."""
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


def add_contacts(parser: ArgumentParser) -> None:
    """Add the files of contacts to write and to take in, and the annex of contacts."""
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


def add_health(parser: ArgumentParser) -> None:
    """Add an answer to the check of health, or what is printed or written of the answers."""
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


def add_answers(parser: ArgumentParser) -> None:
    """Add what is noted of answers: by telephone, on a form, a condition; and the mail that asks to confirm."""
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


def add_call(parser: ArgumentParser) -> None:
    """Add the facts of a call to note, and the mail that tells back what was noted."""
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


def add_handover(parser: ArgumentParser) -> None:
    """Add whose seat is handed over, and what of the record stands on the page."""
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


def add_without_questions(parser: ArgumentParser) -> None:
    """Add the choice to be asked nothing."""
    text = _("ask nothing, even on a terminal: what is not given is as the page has it")
    parser.add_argument("--yes", action="store_true", help=text)
