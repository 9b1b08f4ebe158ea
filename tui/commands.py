"""The table of all commands: id, keys, letter, label, where it is valid, its words in line mode and in a shell.

The last line of each page, the palette, the help, docs/keys.md, the list of line mode and `entente --help` are made of
it. A direct key (« F4 », « Ctrl+S ») works also while a person types; a letter works while no editor has the focus
(after Escape), or with Alt held. No command has a key that terminals, multiplexers or editors take for themselves
(docs/keys.md lists them).
"""

from __future__ import annotations

from collections.abc import Iterable

from tui.fast_dataclass import dataclass
from tui.i18n import N_, _

# The places where a command may be valid. A PAGE is any screen that is none of the five others, such as a list.
LIST, WORK, DOCUMENT, PROJECTION, MEETING, PAGE = PLACES = "list", "work", "document", "projection", "meeting", "page"


@dataclass(frozen=True, slots=True)
class LineWords:
    """The words of a command in line mode (« /undo »)."""

    place: int = 0  # position in the list of « /commands », from 1; equal ones keep the order of the table
    names: tuple[str, ...] = ()  # in both languages, folded; a person may type only the first letters
    help: str = ""  # an English message, shown through `_`
    tells: bool = False  # whether it only prints something: it changes nothing and goes nowhere
    whole: bool = False  # whether the whole name must be typed, since the command cannot be undone


@dataclass(frozen=True, slots=True)
class Command:
    """One action of the screens, of line mode and of the shell, or of some of these.

    `label`, `help`, `short`, `words` and `summary` are English messages, shown through `_`.
    """

    id: str
    label: str = ""
    help: str = ""
    where: frozenset[str] = frozenset()  # places where the screens have it; empty for none
    keys: tuple[str, ...] = ()  # direct keys
    letter: str = ""  # letters, each of which is a key of its own while no editor has the focus
    footer: int = 0  # rank in the last line of the page, the highest first; 0 for never there
    short: str = ""  # one or two words for the last line; "" to show the label there
    words: str = ""  # more everyday words by which the palette finds it
    line: LineWords = LineWords()  # without names, line mode does not have it
    subcommand: str = ""  # its name in `entente NAME`; "" if the shell does not have it
    summary: str = ""  # of the subcommand, in `entente --help`

    @property
    def name(self) -> str:
        """Its label in the interface's language; "" for a command that the screens do not have."""
        return _(self.label)

    @property
    def footer_name(self) -> str:
        """Its name in the last line, in the interface's language."""
        return _(self.short or self.label)

    @property
    def explanation(self) -> str:
        """Its help, in the interface's language."""
        return _(self.help)

    @property
    def search_words(self) -> str:
        """The other words that find it, in the interface's language; "" for none."""
        return _(self.words) if self.words else ""


def _in(*places: str) -> frozenset[str]:
    """Return the value of `Command.where` for some places."""
    return frozenset(places)


_WORK = _in(WORK)
_OPEN = _in(WORK, DOCUMENT)  # the pages of an open partnership
_ALL = _in(LIST, WORK, DOCUMENT, MEETING, PAGE)  # all but the projection
_EVERY = _in(*PLACES)  # the projection too
_TABLE = _in(WORK, DOCUMENT, PROJECTION, MEETING)  # pages that may be used in a meeting
_MEETING = _in(MEETING)

TABLE: tuple[Command, ...] = (
    Command("palette", N_("All commands"), N_("Type a few letters of what you want to do."), _EVERY, ("f2",), ":", 90, N_("all"),
            line=LineWords(2, ("commandes", "commands"), N_("/commands: this list"), tells=True)),
    Command("help", N_("Help"), N_("Explains the field, the question and the keys."), _EVERY, ("f1",), "h", 20, N_("help"), words=N_("keys shortcuts"),
            line=LineWords(1, ("aide", "help", "?"), N_("/help: the help of this question, and how to answer"), tells=True)),
    Command("previous", N_("Previous question"), N_("Goes to the question before, with the same partner."), _WORK, ("f3",), "k", words=N_("back")),
    Command("next", N_("Next question"), N_("Goes to the next question, with the same partner."), _WORK, ("f4",), "j", 80, N_("next"),
            line=LineWords(5, ("passer", "suivante", "skip", "next"), N_("/skip: on to the next question"))),
    Command("partner", N_("Next partner"), N_("Stays on the question and goes to the next partner."), _WORK, ("f6",), "p", 60, N_("partner"),
            line=LineWords(6, ("partenaire", "partner"), N_("/partner: the next partner; with a number or a name, that one"))),
    Command("partner_back", N_("Previous partner"), N_("Stays on the question and goes to the partner before."), _WORK, (), "P"),
    Command("call", N_("Call note"), N_("Opens the private note of this partner; the same key comes back."), _OPEN, ("f7",), "v", 30, N_("call note"),
            line=LineWords(17, ("note",), N_("/note: a private call note about the present partner; the words may follow"))),
    Command("sort_line", N_("Sort this line"), N_("Sends a line of a call note, or what a meeting noted, to its question by one letter."), _in(WORK, MEETING), ("ctrl+r",), "s", 0, N_("enter"), words=N_("sort note decision clause section"),
            line=LineWords(40, ("inscrire", "enter"), N_("/enter: what the meeting noted, by number; /enter 2 o enters line 2, shown first as it will print"))),
    Command("turn_line", N_("Decision, task or point"), N_("Makes what was noted another of the three."), _in(MEETING), (), "t", 0, N_("turn into"),
            line=LineWords(41, ("transformer", "turn"), N_("/turn 2 task: line 2 becomes a decision, a task or a point"))),
    Command("replace_decision", N_("Replace this decision"), N_("Says which decision takes its place, or that it is taken back, and why."), _in(MEETING), (), "r", 0, N_("replace"), words=N_("back cancel register"),
            line=LineWords(42, ("remplacer", "replace"), N_("/replace 2; 3; reason: decision 3 of the register replaces decision 2; /replace 2; reason takes it back"))),
    Command("decision_result", N_("Result of a decision"), N_("Writes the result of a decision, beside who was there and the rule that was written."), _in(MEETING), (), "w", words=N_("vote quorum majority"),
            line=LineWords(43, ("resultat", "result"), N_("/result 2; carried: the result of line 2, as you write it"))),
    Command("left_meeting", line=LineWords(37, ("parti", "partie", "partis", "left"), N_("/left 2: they leave now; again, they are back"))),
    Command("stands_aside", line=LineWords(37, ("se retire", "stands aside"), N_("/stands aside 2: for what is talked about, which stays private; again, they are back"))),
    Command("mandate", line=LineWords(37, ("mandat", "mandate"), N_("/mandate 2 decides, reports back or observes: how they speak for their organization; /mandate 2 for Joan Whitlow: whom they stand in for"))),
    Command("proposer", N_("Who proposed it"), N_("Keeps with what was noted who proposed it; it stays private."), _in(MEETING), (), "p",
            line=LineWords(43, ("propose par", "proposee par", "proposed by"), N_("/proposed by 2; Marie: who proposed line 2, which stays private; /proposed by 2 takes it back"))),
    Command("agree_as_it_stands", N_("Agreed as it stands"), N_("Notes as a decision that the meeting agrees to this sentence; the same key takes it back."), _in(DOCUMENT, PROJECTION), (), "y", words=N_("decision agreement consent sentence"),
            line=LineWords(43, ("convenu", "agreed"), N_("/agreed 4: the sentences of section 4, by number; /agreed 4 2: sentence 2 is agreed as it stands"))),
    Command("agenda", N_("Prepare a meeting"), N_("The agenda of the next meeting, what could stand on it, and the invitations."), _in(WORK, DOCUMENT, MEETING), (), ")", words=N_("agenda plan invitation calendar"),
            line=LineWords(34, ("ordre du jour", "agenda"), N_("/agenda: the agenda of the next meeting, and what could stand on it, by number; /agenda 3 puts line 3 on it")),
            subcommand="agenda", summary=N_("print the agenda of the next meeting, or write its invitations")),
    Command("next_meeting", line=LineWords(34, ("prochaine rencontre", "next meeting"), N_("/next meeting December 3; 6 p.m.; room 204: when and where the next meeting is"))),
    Command("invitations", line=LineWords(34, ("invitations", "invite"), N_("/invitations: write an invitation to each partner, in its language"))),
    Command("next_item", N_("Next item of the agenda"), N_("The present item is done; the next one is said."), _in(MEETING), (), "n", 0, N_("next item"),
            line=LineWords(38, ("point suivant", "next item"), N_("/next item: the present item of the agenda is done"))),
    Command("pass_together", N_("What passes at once"), N_("The items of the agenda that all accept become decisions, at once; Enter on an item pulls it out."), _in(MEETING), (), "A", 0, N_("pass at once"),
            line=LineWords(38, ("ensemble", "at once"), N_("/at once: the items that all accept pass; /agenda 2 at once marks item 2, or pulls it out"))),
    Command("for_call", N_("Keep for the next call"), N_("Keeps a point for the next call with one partner; again, it is for the table."), _in(MEETING), (), "k",
            line=LineWords(43, ("prochain appel", "next call"), N_("/next call 3; Clinic: line 3, a point, waits for the call with that partner; /next call 3 brings it back to the table, /next call reads all"))),
    Command("register", N_("Register of decisions"), N_("Shows every decision: in force or replaced, where it stands, and the wordings set aside."), _in(WORK, DOCUMENT, MEETING), (), "(", words=N_("decisions list history"),
            line=LineWords(44, ("registre", "register"), N_("/register: every decision by number, in force or replaced"), tells=True)),
    Command("sort_note", N_("Sort the whole note"), N_("Shows line after line of a call note; one letter sends each to its question."), _WORK, (), "N",
            line=LineWords(18, ("ranger", "sort"), N_("/sort: the lines of the call note and their places; /sort 2 c sends line 2, shown first if it prints"))),
    Command("document", N_("Read the document"), N_("Shows the whole agreement; Enter on a line opens its field."), _OPEN, ("f5",), "d", 50, N_("document"),
            line=LineWords(29, ("document", "voir", "show"), N_("/document: the document; with a number, that section"), tells=True),
            subcommand="show", summary=N_("print the agreement")),
    Command("copy", N_("Copy the document"), N_("Copies the document you are at as plain text, and keeps it in a file."), _in(WORK, DOCUMENT, MEETING), ("f8",), "c", 70, N_("copy"), words=N_("clipboard mail"),
            line=LineWords(30, ("copier", "copy"), N_("/copy: copy the document; with a number, that section"), tells=True),
            subcommand="copy", summary=N_("copy the agreement to your clipboard")),
    Command("copy_statement", N_("Copy the statement"), N_("Copies the guide's seven heads, on one page and without signatures."), _OPEN, words=N_("page copy seven short summary")),
    Command("show_statement", N_("Statement on one page"), N_("Shows the guide's seven heads alone in the document's pane; again shows the whole document."), _OPEN, words=N_("page copy seven short summary"),
            line=LineWords(53, ("enonce", "statement"), N_("/statement: the guide's seven heads on one page; /statement copy copies it, /statement write makes files"), tells=True)),
    Command("copy_section", N_("Copy this section"), N_("Copies the section that this question feeds."), _OPEN, (), "S"),
    Command("copy_answer", N_("Copy this answer"), N_("Copies the text of the field."), _WORK, (), "B"),
    Command("bare", N_("Plain text for the mouse"), N_("Shows the whole document without frames; the terminal's own mouse selects it."), _OPEN, (), "C"),
    Command("fetch", N_("Bring it to my computer"), N_("Shows the lines that fetch the document from your own computer."), _OPEN, (), "F", words=N_("download")),
    Command("export", N_("Write files"), N_("Writes the agreement as Word, PDF, web page, text, Markdown or a mail draft; one copy per partner if you like."), _OPEN, (), "e", words=N_("print download mail pdf word folder backup export share"),
            subcommand="export", summary=N_("write the agreement to a file")),
    Command("review", N_("Read over before sending"), N_("Lists what would trip the partners; Enter goes to the field."), _OPEN, (), "i",
            line=LineWords(11, ("relire", "review", "read over"), N_("/review: what would trip the partners, before the document is sent"), tells=True)),
    Command("send", N_("Send the draft"), N_("Numbers the draft, keeps it, writes the files and the cover letter."), _OPEN, (), "E", words=N_("mail e-mail email letter post"),
            line=LineWords(44, ("envoyer", "send"), N_("/send: number the draft, write its files, note to whom it goes; /send forms: with a form for each partner")),
            subcommand="send", summary=N_("number the draft, write its files and note to whom it goes")),
    Command("forms", N_("Forms for the partners"), N_("Makes the form that each partner answers: in a mail, a Word file or a page."), _OPEN, words=N_("questionnaire answer mail word web ask confirm"),
            line=LineWords(57, ("formulaire", "formulaires", "form", "forms"), N_("/form 2: the form that partner 2 answers, read out and written to files; /form alone writes the mails of all")),
            subcommand="form", summary=N_("make the form that each partner answers: a mail, a Word file or a page")),
    Command("sheets", N_("Sheets to fill in by hand"), N_("Prints one partner's questions, your own or the agenda with room to write, and asks afterwards for what was written."), _OPEN, words=N_("paper print questions hand handwriting pen blank page type in meeting"),
            line=LineWords(58, ("feuille", "feuilles", "sheet", "sheets"), N_("/sheet 2: writes the questions of partner 2 as a page to fill in by hand, /sheet own your own, /sheet agenda that of the meeting; /sheet 2 type asks for what was written on it")),
            subcommand="sheet", summary=N_("write pages to fill in by hand: a partner's questions, your own, the agenda")),
    Command("large_print", N_("Large print, and a page for the room"), N_("Writes the document in large letters as Word and PDF, and as a web page that the last row of a room reads."), _OPEN, words=N_("large letters size eyes sight see back room project screen beamer accessible"),
            line=LineWords(59, ("gros caracteres", "large print"), N_("/large print: the document in large letters, and a page for the room; /large print room writes that page alone"))),
    Command("attachments", N_("Annexes of the text"), N_("The papers attached to the text and part of it: a budget sheet, a map, a policy; each copy is kept and goes with each sending."), _OPEN, words=N_("annex attachment attach file budget map policy paper enclosure appendix"),
            line=LineWords(60, ("joindre", "pieces jointes", "attach", "attachments"), N_("/attach: the annexes of the text; /attach and a title attaches a paper, /attach 1 file, up, down or out changes annex 1, /attach write writes the copies")),
            subcommand="attach", summary=N_("list the annexes of the text, attach a paper, or write the copies")),
    Command("awaited", N_("Answers awaited"), N_("Lists who was asked, who answered, who is late and who is to ratify."), _OPEN, (), "A"),
    Command("due", N_("What is due"), N_("Lists what is late, due this month, and later; here or in all the partnerships."), _OPEN | {LIST}, (), ",", words=N_("dates deadline late calendar reminder review"),
            line=LineWords(47, ("echeances", "due", "dates"), N_("/due: what is late, due this month and later; /due 2 kept notes what came of line 2; /due letters, /due calendar and /due my calendar (with what is private) write files")),
            subcommand="due", summary=N_("list what is late, due this month and later")),
    Command("call_sheet", N_("Before a call"), N_("What a partner was asked, answered and was promised, what is still to be asked, and its people."), _OPEN, (), "/", words=N_("telephone prepare people promised ask"),
            line=LineWords(17, ("appel", "call"), N_("/call: the page before a call; /call spoke; Solange notes one, and message, wrong or no answer; /call next call again; March 3; /call mail tells back what was noted; /call all: when each partner was last reached")),
            subcommand="call", summary=N_("print the page before a call, note a call, or list when each partner was last reached")),
    Command("note_call", N_("Note a call"), N_("Who called whom, what came of it and what is next; the note of the call before is kept."), _OPEN, (), "7", words=N_("telephone reached message wrong person voice mail next step")),
    Command("last_contacts", N_("Last contacts"), N_("How many days ago each partner was last reached; here or in all the partnerships."), _OPEN | {LIST}, words=N_("telephone calls days ago silence reached")),
    Command("read_back", N_("Tell back what was noted"), N_("Writes a mail that tells the partner its contributions and people as they were noted, to be put right."), _OPEN, words=N_("telephone call mail confirm correct")),
    Command("handover", N_("Hand over"), N_("A page for whoever takes a partner's seat, or takes over the facilitating; no private line is on it before you tick it."), _OPEN, words=N_("handover replacement new person seat successor facilitator take over"),
            line=LineWords(64, ("relais", "passation", "handover", "hand over"), N_("/handover 2: what the record offers whoever takes a seat of partner 2, by number; /handover facilitating the other page; with read or write behind it reads it or makes files; /handover 2: 4, 7 turns lines 4 and 7"), tells=True),
            subcommand="handover", summary=N_("print the page for whoever takes a partner's seat or the facilitating")),
    Command("life", N_("Life of this sentence"), N_("When it was written and worded anew, what decided it, who said yes to it, and in which versions it stands."), _OPEN, (), "_", words=N_("history where from trace wording decision origin"),
            line=LineWords(63, ("vie", "histoire", "trace", "life"), N_("/life: where the present sentence comes from: its wordings, what decided it, who said yes"), tells=True),
            subcommand="trace", summary=N_("print the life of a sentence, or of each sentence of a section")),
    Command("road", N_("What holds the signatures"), N_("The earliest day on which all can sign, what is awaited, and what to ask of whom."), _OPEN, words=N_("sign signature date board sitting ratification earliest when road"),
            line=LineWords(62, ("route", "chemin", "road"), N_("/road: the earliest day on which all can sign, what is awaited, and what to ask of whom"), tells=True),
            subcommand="road", summary=N_("print what holds the signatures, and the earliest day for them")),
    Command("cost", line=LineWords(64, ("cout", "cost"), N_("/cost 4 2 and other words: whose answers sentence 2 of section 4 would reopen, and whom to ask; /cost: today's text beside the last version; nothing is written"), tells=True),
            subcommand="cost", summary=N_("say what another wording of a sentence would reopen, and whom to ask")),
    Command("standing", N_("Where we stand"), N_("What came of each objective and commitment, and the page for the yearly meeting."), _OPEN, (), ";", words=N_("follow-up results kept dropped yearly meeting progress"),
            line=LineWords(51, ("ou nous en sommes", "bilan", "standing"), N_("/standing: what came of each promise; /standing 2 kept; in short; by whom; since notes it; /standing page reads the page for the yearly meeting, /standing write makes files")),
            subcommand="standing", summary=N_("print what came of the promises, for the yearly meeting; or note it")),
    Command("contacts", N_("Contacts"), N_("The people of all partners: to take in from a file, to write as one, and the annex of those who agree."), _OPEN, words=N_("people addresses email telephone csv vcard import address book annex"),
            line=LineWords(55, ("contacts",), N_("/contacts: the people of all partners; /contacts take and a file takes some in, /contacts write, /contacts 2 yes puts person 2 in the annex, /contacts annex reads it, /contacts annex yes sends it with the document")),
            subcommand="contacts", summary=N_("write the contacts as CSV, take some in, or make the annex of those who agree")),
    Command("health", N_("Check of health"), N_("How the partners see their work together, by three lists; counts without names, from three answers on."), _OPEN, words=N_("health evaluation survey review effective partnership"),
            line=LineWords(55, ("sante", "bilan de sante", "health"), N_("/health: what the answers say together; /health 2 asks partner 2 each statement; /health meeting asks everybody, /health statements, /health discuss 3; who; by when makes a point, /health write makes the pages to be filled in")),
            subcommand="health", summary=N_("ask how the work together goes, and show the counts without names")),
    Command("funders", N_("Table for funders"), N_("Writes objectives, results, contributions, money, partners and dates as a CSV file; nothing private is in it."), _OPEN, words=N_("funder grant csv spreadsheet report money results"),
            line=LineWords(52, ("bailleurs", "bailleurs de fonds", "funders"), N_("/funders: the table for funders, written as a CSV file")),
            subcommand="funders", summary=N_("write objectives, results, money, partners and dates as CSV")),
    Command("amend", N_("Amendment"), N_("What changed since the adoption, as an amendment: to read, to write, to adopt and to sign."), _OPEN, (), "|", words=N_("amendment change adopted article consolidated avenant"),
            line=LineWords(52, ("avenant", "amend", "amendment"), N_("/amendment: what changed since the adoption, as an amendment; /amendment adopt keeps it; letter, changes, consolidated or write behind it read or write more")),
            subcommand="amend", summary=N_("print what changed since the adoption as an amendment, or adopt it")),
    Command("leave", N_("A partner leaves"), N_("The day, the notice and the reason, then what becomes of each of its roles, and the letter."), _WORK, words=N_("departure leave withdraw role replace"),
            line=LineWords(54, ("depart", "leave", "departure"), N_("/departure 2: a partner leaves; when and why, then what becomes of each role")),
            subcommand="leave", summary=N_("note that a partner or a person leaves, and hand each role over")),
    Command("person_leaves", N_("A person leaves"), N_("Each role of a person goes to somebody else, one by one; past signatures keep their name."), _WORK, words=N_("departure leave replace person role contact"),
            line=LineWords(54, ("personne", "person"), N_("/person Ida Roy: a person leaves; who has each of their roles from now on"))),
    Command("versions", N_("Versions"), N_("Shows the drafts sent and the adopted texts, and what changed since."), _OPEN, (), "V", words=N_("history compare differences"),
            subcommand="versions", summary=N_("list the drafts sent and the adopted texts")),
    Command("translate", N_("Both languages side by side"), N_("Shows what is not translated yet; the second text is typed beside the first."), _OPEN, (), "*", words=N_("translate translation bilingual")),
    Command("returned", N_("A text came back"), N_("Lays a returned file or pasted text, or a partner's form, beside ours; each difference or answer is accepted or refused."), _OPEN, (), "&", words=N_("feedback comments corrections track changes form answer"),
            line=LineWords(54, ("revenu", "returned", "came back"), N_("/returned reply.docx: a form or a text that came back, decided part by part; of a form, /answers goes on with it")),
            subcommand="compare", summary=N_("say what a returned text, or another version, changes")),
    Command("by_telephone", N_("Said by telephone"), N_("Notes who said the present answer by telephone: it is to be confirmed, and a mail asks for it."), _WORK, (), "#", words=N_("phone call confirm answer source"),
            line=LineWords(19, ("telephone", "phone"), N_("/telephone Solange Viau: the present answer was said by telephone by that person, to be confirmed"))),
    Command("text_answered", N_("Text answered on"), N_("Says which text this partner's answer was given on."), _WORK, (), "T"),
    Command("leave_out", N_("Yes, except on a sentence"), N_("Notes a sentence that this partner does not say yes to."), _WORK, (), "X"),
    Command("adopt", N_("Record the adopted text"), N_("Keeps today's text, or names the paper adopted elsewhere."), _WORK, (), "Y", words=N_("sign signature adopt approve accept"),
            line=LineWords(45, ("adopter", "adopt"), N_("/adopt: what stands in the way, then keep the text as the adopted one")),
            subcommand="adopt", summary=N_("keep the present text as the adopted one")),
    Command("sign", N_("Signatures"), N_("Who signed the adopted text, when and how; sends it for signature, and notes what comes back."), _OPEN, (), ".", words=N_("sign signature original in force annex attachment"),
            line=LineWords(48, ("signatures", "signer", "sign"), N_("/signatures: who signed the adopted text; /sign and a partner notes a signature; /sign send, /sign annex and its title, /sign resolution and its number, /sign copies")),
            subcommand="sign", summary=N_("note a signature of the adopted text, or say who signed it")),
    Command("project", N_("Project on a screen"), N_("Shows only the document and the public field being written."), _TABLE, ("f9",), "o", 40, N_("project")),
    Command("gap", N_("Next gap"), N_("Goes to the next question that is not answered, or to the next hole of the document."), _in(WORK, DOCUMENT, PROJECTION), (), "n"),
    Command("step_1", N_("First sub-step"), N_("Shows the first sub-step: the partners, and what each was asked."), _WORK, (), "1", words=N_("table partners overview sub-step")),
    Command("step_2", N_("Second sub-step"), N_("Shows the second sub-step: what was settled together."), _WORK, (), "2", words=N_("table partners overview sub-step")),
    Command("step_3", N_("Third sub-step"), N_("Shows the third sub-step: what each says yes to, and the statement."), _WORK, (), "3", words=N_("table partners overview sub-step")),
    Command("levels", N_("Levels and contributions"), N_("Shows the level of each partner and what it brings as a table, to project, to copy or to write to a file."), _OPEN, (), "%", words=N_("table partners overview involvement"),
            line=LineWords(45, ("niveaux", "levels"), N_("/levels: the level of each partner and what it brings"), tells=True),
            subcommand="levels", summary=N_("print the level of each partner and what it brings, as a table")),
    Command("jump", N_("Go to a question"), N_("Lists the questions; type a few letters."), _WORK, (), "g",
            line=LineWords(7, ("aller", "go", "jump"), N_("/go 10 or /go lead: to a question, by its number or by some letters"))),
    Command("jump_partner", N_("Go to a partner"), N_("Lists the partners; type a few letters."), _WORK, (), "G"),
    Command("find", N_("Find in this partnership"), N_("Finds a word in answers, notes and document."), _OPEN, (), "f", words=N_("search look")),
    Command("add_partners", N_("Add partners"), N_("One organization a line; a pasted list is fine."), _WORK, (), "a"),
    Command("remove_partner", N_("Take this partner out"), N_("Removes the partner; undo brings it back."), _WORK, (), "O", words=N_("delete erase remove partner")),
    Command("same", N_("Same answer for others"), N_("Gives this partner's answer to the partners you choose."), _WORK, (), "m",
            line=LineWords(15, ("meme", "meme reponse pour", "same", "same answer for"), N_("/same all, or /same 2, 3: the same answer for other partners"))),
    Command("confirm", N_("Mark as to be confirmed"), N_("Puts ? on this answer, or takes it off."), _WORK, (), "?",
            line=LineWords(12, ("a confirmer", "confirmer", "to confirm", "confirm"), N_("/to confirm: mark this answer so; again takes the mark off"))),
    Command("discuss", N_("Mark as to be discussed"), N_("Puts ! on this answer, or takes it off."), _WORK, (), "!",
            line=LineWords(13, ("a discuter", "discuter", "to discuss", "discuss"), N_("/to discuss: mark this answer so; again takes the mark off"))),
    Command("void", N_("Mark as not applicable"), N_("Puts – on this question; its heading leaves the document."), _WORK, (), "-",
            line=LineWords(14, ("sans objet", "not applicable"), N_("/not applicable: nothing to answer here; again takes the mark off"))),
    Command("name_article", N_("Name in a sentence"), N_("Confirms the article, gender and number that are guessed for this partner's name."), _WORK, (), "'", words=N_("article gender name le la"),
            line=LineWords(33, ("article",), N_("/article: confirm how the present partner's name stands in a sentence"))),
    Command("remove_row", N_("Remove this line"), N_("Takes the line of the list out; undo brings it back."), _WORK, (), "x", words=N_("delete erase remove line"),
            line=LineWords(23, ("supprimer", "oter", "remove", "delete"), N_("/remove 2: take line 2 out of a list"))),
    Command("row_up", N_("Move this line up"), N_("Changes the order of the list."), _WORK, (), "[",
            line=LineWords(24, ("monter", "up"), N_("/up 2: line 2 of a list one place up"))),
    Command("row_down", N_("Move this line down"), N_("Changes the order of the list."), _WORK, (), "]",
            line=LineWords(25, ("descendre", "down"), N_("/down 2: line 2 of a list one place down"))),
    Command("aside", N_("Set a point aside"), N_("Notes a point to settle later; it appears among the points still open."), _TABLE, (), "b",
            line=LineWords(41, ("de cote", "aside"), N_("/aside and its words: a point to settle later"))),
    Command("candidates", N_("Two wordings side by side"), N_("Holds a second wording beside the text; one key chooses, the other stays in the history."), _in(WORK, DOCUMENT, PROJECTION), (), "="),
    Command("add_line", N_("Add a line to this list"), N_("In the document: writes a new line of the list one stands in."), _in(DOCUMENT, PROJECTION), (), "+"),
    Command("meeting", N_("Meeting"), N_("Opens today's meeting: who is there, decisions, who does what."), _in(WORK, DOCUMENT, PROJECTION), (), "M", words=N_("date minutes agenda assembly attendance"),
            line=LineWords(34, ("rencontre", "meeting"), N_("/meeting: open today's meeting; who may be there, by number"))),
    Command("round", N_("Round of positions"), N_("Asks each partner in turn, one key each, and counts the answers."), _TABLE, (), "U", words=N_("vote objection agreement consent")),
    Command("ask_each", N_("A question to each in turn"), N_("Puts a question of the moment, or in the document the sentence one stands at, to each partner; noted, and counted in the minutes."), _TABLE, (), '"', words=N_("round ask question turn choice wording opinion"),
            line=LineWords(42, ("poser", "ask"), N_("/ask Which evening?; Tuesday; Thursday: a question to each in turn; /ask section 4 2 asks about a sentence; /ask reads those that were put, /ask 1 takes one up again")),
            subcommand="round", summary=N_("put a question to each in turn, note the answers, print the counts")),
    Command("says", line=LineWords(42, ("dit", "says"), N_("/says 2 1: partner 2 gives choice 1, or its words; “; yes” behind it: it may stand in the minutes with its name"))),
    Command("decision", N_("Note a decision"), N_("Notes a decision of the meeting; it stands in the minutes."), _TABLE, (), "D", 0, N_("decision"),
            line=LineWords(39, ("decision",), N_("/decision and its words: note what the meeting decides"))),
    Command("task", N_("Who does what"), N_("Notes who does what by when; it stands in the minutes."), _TABLE, (), "I", 0, N_("who does what"),
            line=LineWords(40, ("tache", "task"), N_("/task what; who; when: note who does what"))),
    Command("arrive", N_("Add someone who is there"), N_("Name; title. A person of the partner one stands at, or a guest."), _MEETING, (), "a", 0, N_("add someone"),
            line=LineWords(38, ("arrivee", "arrive", "arrived"), N_("/arrived Name; title: someone who was not in the list"))),
    Command("close_meeting", N_("End the meeting"), N_("Ends it and shows its minutes; the same key takes it up again."), _MEETING, (), "z", 0, N_("end"),
            line=LineWords(43, ("terminer", "clore", "close"), N_("/close: end the meeting and read its minutes"))),
    Command("minutes", N_("Minutes of a meeting"), N_("Shows the minutes, to be copied or written to a file."), _in(WORK, DOCUMENT, MEETING), (), "H", 0, N_("minutes"),
            line=LineWords(42, ("compte rendu", "minutes"), N_("/minutes: the minutes of the meeting"), tells=True),
            subcommand="minutes", summary=N_("print the minutes of a meeting, have them corrected, approve them, or note on them")),
    Command("mail_minutes", N_("Have the minutes corrected"), N_("Writes a mail with the draft minutes to each partner that was there; what comes back is read like any returned text."), _MEETING, words=N_("minutes correct mail send draft"),
            line=LineWords(42, ("corriger", "correct"), N_("/correct: write a mail with the minutes to each partner that was there; /returned reads what comes back"))),
    Command("approve_minutes", N_("Approve the minutes"), N_("Notes at the meeting of today that minutes are approved: from then on no word of them changes."), _MEETING, words=N_("minutes accept adopt lock"),
            line=LineWords(42, ("approuver", "approve"), N_("/approve: the meeting of today approves the minutes of the last one"))),
    Command("minutes_note", N_("Note below approved minutes"), N_("A later correction, with its date; the words that were approved stay."), _MEETING, words=N_("minutes correct"),
            line=LineWords(42, ("rectifier", "rectify"), N_("/rectify and words: a dated note below the minutes approved last; /rectify 2026-11-25; words for those of that day"))),
    Command("withdraw_name", N_("Withdraw a name from the minutes"), N_("Takes a name out of approved minutes; a dated note says that one was withdrawn, without saying which."), _MEETING, words=N_("minutes person remove"),
            line=LineWords(42, ("nom retire", "withdraw name"), N_("/withdraw name Joan Whitlow: take a name out of the minutes approved last; a dated note says so without it"))),
    Command("meeting_dossier", N_("Dossier of this meeting"), N_("The agenda, the text before and after, and the minutes, as one numbered document."), _MEETING, words=N_("minutes file archive agenda"),
            line=LineWords(42, ("classer", "file"), N_("/file: the dossier of the last meeting in one numbered file: agenda, text before and after, minutes"))),
    Command("long_positions", N_("Short or long form of positions"), N_("The long form adds: goes along, disagrees without opposing, opposes."), _in(WORK, MEETING), (), "J"),
    Command("directory", N_("Directory"), N_("Organizations and people met before: to see, mend, merge or forget."), _in(LIST, WORK), (), "@",
            subcommand="directory", summary=N_("list the organizations kept for the next partnerships, or make two entries one")),
    Command("undo", N_("Undo"), N_("Takes back the last change."), _EVERY, ("ctrl+z",), "u", words=N_("back cancel"),
            line=LineWords(27, ("annuler", "undo"), N_("/undo: take back the last change"))),
    Command("redo", N_("Redo"), N_("Does again what undo took back last."), _EVERY, ("ctrl+y",), ">", words=N_("forward again restore"),
            line=LineWords(28, ("retablir", "redo"), N_("/redo: do again what /undo took back"))),
    Command("save", N_("Save"), N_("Everything is saved by itself; this says so."), _TABLE | {PAGE}, ("ctrl+s",), "W", words=N_("backup keep")),
    Command("history", N_("Earlier texts"), N_("Shows what this field said before, and brings it back."), _WORK, (), "r", words=N_("back earlier version")),
    Command("conflicts", N_("Two texts for one answer"), N_("Shows both and lets you choose: mine, theirs or both."), _WORK, (), "y",
            line=LineWords(31, ("deux textes", "conflits", "two texts", "conflicts"), N_("/two texts: an answer that two people wrote at the same time, both texts read out"), tells=True)),
    Command("kept", N_("Files set aside"), N_("Shows what was changed outside the program, or what damage left."), _WORK, words=N_("folder file")),
    Command("destroy_private", N_("Destroy the private notes"), N_("Destroys for good all that is private in this partnership."), _WORK, (), "Z", words=N_("delete erase")),
    Command("erase", N_("Take words out for good"), N_("Takes a word or a text out of fields, earlier texts and every file; says where it was sent already."), _OPEN, words=N_("delete erase private mistake history"),
            line=LineWords(26, ("retirer pour de bon", "erase for good"), N_("/erase for good and a word or a text: out of every field, earlier text and file"), whole=True),
            subcommand="erase", summary=N_("take a word or a text out of a partnership for good")),
    Command("example", N_("Show an example"), N_("Shows a worked example of this answer."), _WORK, (), "w"),
    Command("missing", N_("What is missing"), N_("Lists what the next milestone still needs."), _WORK, (), "z",
            line=LineWords(10, ("manque", "missing"), N_("/missing: what is still missing"), tells=True),
            subcommand="check", summary=N_("say what is missing")),
    Command("rename", N_("Rename"), N_("Changes the partnership's name."), _in(LIST, WORK), (), "t"),
    Command("language", N_("Français / English"), N_("Switches the language of the screen."), _ALL, (), "l", words=N_("language english french")),
    Command("document_language", N_("Document in the other language"), N_("Switches the language of the document."), _OPEN, (), "L", words=N_("language english french translation")),
    Command("timezone", N_("Time zone"), N_("In which time zone the dates of this partnership are told."), _OPEN, words=N_("hour clock date"),
            line=LineWords(49, ("fuseau", "fuseau horaire", "time zone", "zone"), N_("/time zone America/Toronto: in which time zone the dates of this partnership are told"))),
    Command("author", N_("Your name"), N_("Says who writes on this account, and signs with another name from now on."), _in(LIST, WORK), (), "$", words=N_("author sign who account person")),
    Command("theme", N_("Colours"), N_("Dark, light, high contrast, or the terminal's own."), _ALL, (), "K", words=N_("appearance contrast dark light")),
    Command("new", N_("New partnership"), N_("Asks for the organizations, and opens it."), _in(LIST), (), "n", 80, N_("new"),
            subcommand="new", summary=N_("begin a partnership, and print its id")),
    Command("open_file", N_("Open a received file"), N_("Takes in a partnership that someone sent you."), _in(LIST), (), "i", 60, N_("open a file"), words=N_("folder download file"),
            subcommand="import", summary=N_("take in a partnership received as a file, and print its id")),
    Command("sample", N_("Open an example"), N_("Opens a copy of an example to try things on."), _in(LIST), (), "e", 50, N_("example"),
            subcommand="sample", summary=N_("print the agreement of a worked example")),
    Command("practise", N_("Practise"), N_("Opens an invented partnership to try things on, and to throw away by one key."), _in(LIST), (), "p"),
    Command("throw_away", N_("Throw the trial away"), N_("Throws away the partnership one practises on; nothing of it is kept."), _in(LIST, WORK), (), "0"),
    Command("keep_trial", N_("Keep this trial"), N_("Makes a partnership like the others of it."), _WORK),
    Command("duplicate", N_("Duplicate"), N_("Makes a copy of the partnership."), _in(LIST), (), "d"),
    Command("archive", N_("Archive"), N_("Puts the partnership away, or takes it back."), _in(LIST), (), "a", words=N_("put away close")),
    Command("archived", N_("Show the archived ones"), N_("Lists the partnerships put away."), _in(LIST), (), "A"),
    Command("delete", N_("Delete"), N_("Moves the partnership to the bin, from where it comes back."), _in(LIST), (), "x", words=N_("erase remove")),
    Command("bin", N_("Bin"), N_("Shows the deleted partnerships, to bring one back or destroy it."), _in(LIST), (), "b"),
    Command("search", N_("Search"), N_("Finds partnerships by a few letters of their name."), _in(LIST), (), "f", 30, N_("search")),
    Command("list", N_("Partnerships"), N_("Goes back to the list of partnerships."), _OPEN, (), "q", words=N_("back close home exit leave"),
            subcommand="list", summary=N_("list the partnerships")),
    Command("repaint", N_("Redraw the screen"), N_("Draws everything again, after a disturbed line."), _EVERY, ("ctrl+l",), "R"),
    Command("awaited_answers", line=LineWords(54, ("reponses", "attendues", "answers"), N_("/answers: who was asked, who answered, who is late; /answers 2 reads what came back of line 2, /answers 2 exact confirms it, /answers 2 mail asks for it")),
            subcommand="answers", summary=N_("list who was asked, who answered and who is late; note what was said by telephone")),
    Command("condition", N_("Condition of a yes"), N_("Notes “yes if…” or “no until…” of a partner, who can meet it and by when; never in what is signed."), _OPEN, (), "~", words=N_("yes if no until dissent objection condition minority"),
            line=LineWords(54, ("condition", "conditions"), N_("/condition: the conditions, by number; /condition Le Phare; yes if the room is free; the College; February 3 notes one; /condition 2 met, yes, withdrawn, watch, open or set aside and why; /condition 2 minority and its words"))),
    Command("versions_kept", line=LineWords(55, ("versions",), N_("/versions: the drafts sent and the adopted texts; /versions 1 reads what changed since"), tells=True)),
    Command("board", line=LineWords(50, ("dossier", "board"), N_("/board 2: the package for that partner's board, read out and written to files"))),
    Command("quit", N_("Quit"), N_("Everything is saved; the place is kept."), _ALL, ("f12", "ctrl+q"), "Q", 10, N_("quit"), words=N_("exit close leave back"),
            line=LineWords(46, ("quitter", "quit", "exit"), N_("/quit: leave; everything is saved"))),
    # What line mode alone has: the screens show it, or do it by the cursor.
    Command("repeat", line=LineWords(3, ("repeter", "repeat"), N_("/repeat: the question and the present answer again"), tells=True)),
    Command("back", line=LineWords(4, ("retour", "precedent", "back"), N_("/back: one prompt back"))),
    Command("plan", line=LineWords(8, ("plan",), N_("/plan: all the questions and how far each is"), tells=True)),
    Command("step", line=LineWords(9, ("etape", "sous etape", "tableau", "step", "table"), N_("/step 1: a sub-step of the guide, partner by partner: what each was asked and has answered"), tells=True)),
    Command("like", line=LineWords(16, ("comme", "like"), N_("/like 1: here the answer of partner 1; alone, of the partner before"))),
    Command("more", line=LineWords(19, ("plus", "more"), N_("/more: the fields of this question that are seldom needed"))),
    Command("clear", line=LineWords(20, ("effacer", "clear"), N_("/clear: take the present answer out"))),
    Command("append", line=LineWords(21, ("ajouter", "append"), N_("/append: write on behind the present text, a long one in a new paragraph"))),
    Command("change", line=LineWords(22, ("changer", "change"), N_("/change 2, or 2 alone: the fields of line 2 of a list"))),
    Command("keep", line=LineWords(32, ("garder", "keep"), N_("/keep 1, /keep 2 or /keep both: the text that stays"))),
    Command("present", line=LineWords(35, ("present", "presents", "presente"), N_("/present 1, 3 or /present all: they are there"))),
    Command("excused", line=LineWords(36, ("excuse", "excuses", "excusee", "excused"), N_("/excused 2: excused"))),
    Command("absent", line=LineWords(37, ("absent", "absents", "absente"), N_("/absent 4: absent"))),
    # What the shell alone has.
    Command("answer", subcommand="answer", summary=N_("answer questions, one JSON object a line on the standard input")),
    Command("questions", subcommand="questions", summary=N_("list the questions of the guide")),
    Command("schema", subcommand="schema", summary=N_("print the JSON Schema of a line that “answer” reads")),
    Command("plain", subcommand="plain", summary=N_("work by questions and answers, line by line, without screens")),
    Command("backup", subcommand="backup", summary=N_("save all partnerships in one file")),
    Command("restore", subcommand="restore", summary=N_("bring partnerships back from a backup")),
    Command("store", subcommand="store", summary=N_("copy all partnerships to another place, or prepare a database")),
    Command("completion", subcommand="completion", summary=N_("print what completes commands and titles in your shell")),
    Command("doctor", subcommand="doctor", summary=N_("check the terminal, the clipboard and the store")),
)  # fmt: skip

COMMANDS: tuple[Command, ...] = tuple(item for item in TABLE if item.where)  # those of the screens
BY_ID = {item.id: item for item in COMMANDS}
_in_use: tuple[Command, ...] = COMMANDS  # COMMANDS with the keys in use


def use_keys_of(commands: Iterable[Command]) -> None:
    """Use the keys of `commands` from now on: COMMANDS, or the same commands with a person's own keys."""
    global _in_use
    _in_use = tuple(commands)


def commands_at(where: str = "") -> tuple[Command, ...]:
    """Return the commands of a place ("": of all) with the keys in use."""
    return tuple(candidate for candidate in _in_use if not where or where in candidate.where)


def command(command_id: str) -> Command:
    """Return the command of this id with the keys in use. Raises KeyError if the screens have no such command."""
    for candidate in _in_use:
        if candidate.id == command_id:
            return candidate
    raise KeyError(command_id)


def by_key(key: str, where: str, *, moving: bool) -> Command | None:
    """Return the command of a key in a place, or None; a letter without Alt is a command only while `moving`.

    `moving` is False while a person types in a field.
    """
    if key.startswith("alt+"):
        letter = key.removeprefix("alt+")
    elif moving:
        letter = key
    else:
        letter = ""
    for candidate in commands_at(where):
        if key in candidate.keys or (len(letter) == 1 and letter in candidate.letter):
            return candidate
    return None


def footer(where: str) -> Iterable[Command]:
    """Return the commands in the last line of a place, those with a key or a letter, the highest rank first."""
    ranked = (
        candidate for candidate in commands_at(where) if candidate.footer and (candidate.keys or candidate.letter)
    )
    return sorted(ranked, key=lambda item: -item.footer)


def key_name(command: Command) -> str:
    """Return the first direct key for display, « F4 », « Ctrl+S », else the first letter; "" without either."""
    return key_words(command.keys[0]) if command.keys else command.letter[:1]


def key_names(command: Command, where: str = "") -> str:
    """Return the first direct key and the first letter: « F8 c »; "" without either.

    On a PAGE, where plain letters have other meanings, only the direct key is returned, or « Alt+L » for the letter.
    """
    if where == PAGE:
        return key_meanwhile(command.id) if key_name(command) else ""
    direct_key = key_words(command.keys[0]) if command.keys else ""
    return " ".join(filter(None, (direct_key, letter_words(command.letter[:1]))))


def hint(command_id: str, words: str) -> list[tuple[str, str]]:
    """Return [(key of a command, `words`)] for the last line of a page; [] for a command without a key."""
    key = key_name(command(command_id))
    return [(key, words)] if key else []


def letter_words(letter: str) -> str:
    """Return a letter for display, a capital as « Maj+Y », so that it is not taken for the small letter."""
    return _("Shift+{letter}").format(letter=letter) if letter.isupper() else letter


def key_meanwhile(command_id: str) -> str:
    """Return the key that works also while a person types: « F7 », « Alt+Y », « Alt+Maj+Y »; without one, the name."""
    named_command = command(command_id)
    key = key_name(named_command)
    if len(key) != 1:
        return key or named_command.name
    return f"Alt+{key.upper() if key.islower() else letter_words(key)}"  # a small letter as keyboards are labelled


def command_words(command_id: str) -> str:
    """Return a command's name for a help text, with the key that works while typing, if any: « Note d'appel (F7) »."""
    named_command = command(command_id)
    return f"{named_command.name} ({key_meanwhile(command_id)})" if key_name(named_command) else named_command.name


def key_words(key: str) -> str:
    """Return a key for display: « F4 », « Ctrl+S », « c »."""
    return key if len(key) == 1 else "+".join(part.capitalize() for part in key.split("+"))


def keys_page() -> str:
    """Return the Markdown table of docs/keys.md: the commands of the screens with their default keys.

    It ends with one newline. PAGE is not listed, since all its commands are valid in other places, too.
    """
    places = {
        LIST: _("list of partnerships"),
        WORK: _("questions"),
        DOCUMENT: _("document"),
        PROJECTION: _("projection"),
        MEETING: _("meeting"),
    }
    heads = (_("Keys"), _("Letter"), _("What it does"), _("Where"), _("Name"))
    lines = ["| " + " | ".join(heads) + " |", "|---|---|---|---|---|"]
    for item in COMMANDS:
        keys = ", ".join(map(key_words, item.keys))
        letters = item.letter.replace("|", r"\|")  # unescaped, it would end the cell even between backquotes
        letter = f"`{letters}`" if letters else ""
        where = ", ".join(words for place, words in places.items() if place in item.where)
        lines.append(f"| {keys} | {letter} | **{item.name}.** {item.explanation} | {where} | `{item.id}` |")
    return "\n".join(lines) + "\n"
