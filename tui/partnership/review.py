"""Reviews an agreement before it is sent: missing answers, people who left, unclear words, dates that disagree."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import TEXT_KINDS, Field, Guide
from tui.i18n import N_, _, ngettext
from tui.partnership.clause_checks import advice_checks, essential_checks, wording_checks
from tui.partnership.completion import VOID, answer_entry, has_field, progress
from tui.partnership.date_checks import dates_beyond_term, lead_end, term_end
from tui.partnership.field_kinds import unparsed_fields
from tui.partnership.milestones import LISTED_PARTNERS
from tui.partnership.partners import WHO, Partner, active, find_partner, partners, people, rows_of
from tui.partnership.privacy import Published, published
from tui.partnership.private_details import details_in, private_details
from tui.partnership.text_checks import read_over
from tui.partnership.translation import MISSING, STALE, bilingual, pairs
from tui.partnership.values import Entry, Partnership, Value, answer_id
from tui.text.dates import format_date, is_date, last_day
from tui.text.french_names import fill_sentence
from tui.text.sought_text import SoughtText

ESSENTIAL, ADVICE, WORDING = LEVELS = "essential", "advice", "wording"  # the most severe first
_TITLES = {ESSENTIAL: N_("Essential"), ADVICE: N_("Advice"), WORDING: N_("Wording")}
GIVEN = frozenset({"confirmed", "accepted"})  # the states of a contribution that was promised
# The places, besides owners, that name somebody: (question, part, field, field whose text tells which row it is).
_SEATS = (
    ("gather.lead", "rows", "person", "mandate"),
    ("gather.governance", "bodies", "members", "name"),
    ("gather.governance", "reports", "who", "what"),
    ("gather.governance", "reports", "to", "what"),
    ("extra.responsibilities", "rows", "who", "what"),
    ("extra.points", "rows", "who", "text"),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of a review, with the field where it is put right (`question`, `entry`, `field`: ids or "")."""

    id: str  # its kind, such as "objective_owner"
    level: str  # one of LEVELS
    words: str  # what is to be asked, in one line
    reason: str  # why it matters, in one line
    question: str
    partner: str = ""
    entry: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings of one level that matter for the same reason, which is said once."""

    level: str
    reason: str
    findings: tuple[Finding, ...]


def grouped(findings: Iterable[Finding]) -> tuple[FindingGroup, ...]:
    """Return the findings by level, the most severe first, then those of one kind and one reason together."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.level, finding.id, finding.reason), []).append(finding)
    listed = (FindingGroup(level, reason, tuple(members)) for (level, _id, reason), members in groups.items())
    return tuple(sorted(listed, key=lambda group: LEVELS.index(group.level)))


def level_title(level: str) -> str:
    """Return what a level is called, in the interface's language."""
    return _(_TITLES[level])


def review(guide: Guide, partnership: Partnership, lang: str, public: Published | None = None) -> tuple[Finding, ...]:
    """Return the findings, the most severe first and those of one kind together; names and texts are in `lang`.

    `public` is the public view, if the caller has it.
    """
    public = public or published(guide, partnership)
    findings = [
        *_open_conflicts(guide, partnership, lang),
        *_objectives(partnership, lang),
        *_shares(guide, partnership, lang),
        *_wishes(partnership, lang),
        *_needed(partnership, lang),
        *_lead(guide, partnership, lang),
        *_rules(guide, partnership),
        *_accountable(partnership, lang),
        *_money(partnership, lang),
        *_clause_findings(guide, partnership, lang),
        *_orphans(partnership, lang),
        *_empty_seats(partnership, lang),
        *_leaving(partnership, lang),
        *_unincorporated(partnership, lang),
        *(
            Finding("dates", ESSENTIAL, words, _why_dates(), *where)
            for words, where in dates_beyond_term(guide, partnership, lang)
        ),
        *(Finding(kind, WORDING, words, why, *where) for kind, words, why, where in read_over(guide, public, lang)),
        *_translations(guide, partnership, public.view),
        *_not_understood(guide, partnership),
        *_held_names(guide, partnership, public.view),
        *_held_details(guide, partnership, public.view),
    ]
    return tuple(finding for group in grouped(_without_repeats(findings)) for finding in group.findings)


def _clause_findings(guide: Guide, partnership: Partnership, lang: str) -> Iterator[Finding]:
    levels = (
        (ESSENTIAL, essential_checks(guide, partnership, lang)),
        (ADVICE, advice_checks(guide, partnership, lang)),
        (WORDING, wording_checks(partnership, lang)),
    )
    for level, checks in levels:
        yield from (Finding(kind, level, words, why, *place) for kind, words, why, place in checks)


def _without_repeats(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings; equal ones about several places become one, with their number and the first place."""
    equal_findings: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        equal_findings.setdefault((finding.id, finding.words, finding.reason), []).append(finding)
    for first, *others in equal_findings.values():
        if others and len({(finding.entry, finding.field) for finding in (first, *others)}) > 1:
            count = len(others) + 1
            words = ngettext("{words} ({n} place)", "{words} ({n} places)", count).format(words=first.words, n=count)
            yield replace(first, words=words)
        else:
            yield first


def _open_conflicts(guide: Guide, partnership: Partnership, lang: str) -> Iterator[Finding]:
    """Yield the answers that two people wrote at the same time; their texts may be private, so neither is shown."""
    for conflict in partnership.conflicts:
        if not conflict.settled and conflict.question in guide.by_id:
            words = _("“{question}” has two texts: which one stays?")
            owner = conflict.subject[0] if conflict.subject else ""
            yield Finding(
                "two_texts", ESSENTIAL, words.format(question=guide.question(conflict.question).short.get(lang)),
                _("Until one is chosen, the document keeps the one that was saved first."), conflict.question, owner,
                conflict.entry, conflict.cell.partition("@")[0],
            )  # fmt: skip


def _not_understood(guide: Guide, partnership: Partnership) -> Iterator[Finding]:
    for entry, field, text in unparsed_fields(guide, partnership):
        words = _("“{text}”: how can it be written so that it is understood?").format(text=text)
        owner = entry.givers[0] if entry.givers else ""
        why = _("Until then, the document shows a gap there.")
        yield Finding("misread", ESSENTIAL, words, why, entry.question, owner, entry.id, field.id)


def held_back_names(partnership: Partnership, text: str, known_to_readers: Container[str] = ()) -> tuple[str, ...]:
    """Return the names in `text` of partners, or of their people, that may not be named yet; not those of these ids."""
    return _found_in(text, _sought_names(partnership, known_to_readers))


def _sought_names(partnership: Partnership, known_to_readers: Container[str] = ()) -> dict[str, SoughtText]:
    """Return, by the name as typed, how to look for each name that is held back; made once for all texts."""
    sought: dict[str, SoughtText] = {}
    for partner in partners(partnership):
        if not partner.may_appear and partner.id not in known_to_readers:
            rows = people(partnership, partner.id)
            names = [partner.entry.get(f"{name}@{lang}") for name in ("name", "short_name") for lang in ("fr", "en")]
            names += [row.text("name", lang) for row in rows for lang in ("fr", "en")]
            for name in names:
                if isinstance(name, str):
                    with suppress(ValueError):  # of a single letter, which nobody would recognise as a name
                        sought[name] = SoughtText.of_name(name)
    return sought


def _found_in(text: str, sought: Mapping[str, SoughtText]) -> tuple[str, ...]:
    return tuple(name for name, words in sought.items() if words.stands_in(text))


def _held_names(guide: Guide, partnership: Partnership, view: Partnership) -> Iterator[Finding]:
    """Yield each public text that contains a name which may not appear yet."""
    if all(partner.may_appear for partner in partners(partnership)):
        return
    why = _("It may not appear yet, and readers would learn it here.")
    sought = _sought_names(partnership)
    for entry, texts in _public_texts(guide, view):
        field_by_name: dict[str, str] = {}
        for field_id, text in texts:
            field_by_name |= dict.fromkeys(_found_in(text, sought), field_id)
        for name, field_id in field_by_name.items():
            words = _("“{name}” stands in a public text: may it be named?").format(name=name)
            yield Finding("held_name", ESSENTIAL, words, why, entry.question, _owner(entry), entry.id, field_id)


def _held_details(guide: Guide, partnership: Partnership, view: Partnership) -> Iterator[Finding]:
    """Yield each public text that contains a private detail: a telephone number, the address of a shelter …"""
    details = private_details(partnership)
    why = _("It is kept private, and readers would learn it here.")
    for entry, texts in _public_texts(guide, view) if details else ():
        field_by_detail = {detail: field_id for field_id, text in texts for detail in details_in(details, text)}
        for detail, field_id in field_by_detail.items():
            words = _("“{name}” stands in a public text: may it be printed?").format(name=detail)
            yield Finding("held_detail", ESSENTIAL, words, why, entry.question, _owner(entry), entry.id, field_id)


def _owner(entry: Entry) -> str:
    return entry.givers[0] if entry.givers else ""


def _public_texts(guide: Guide, view: Partnership) -> Iterator[tuple[Entry, list[tuple[str, str]]]]:
    """Yield each public entry with its texts, each as (id of the field, words as typed)."""
    for entry in view.entries.values():
        question = guide.by_id.get(entry.question)
        part = question.part(entry.part) if question is not None else None
        if part is not None:
            fields = ((part.field(key.partition("@")[0]), cell.value) for key, cell in entry.cells.items())
            typed = ((field.id, _words_of(field, value)) for field, value in fields if field is not None)
            yield entry, [(field_id, "\n".join(words)) for field_id, words in typed]


def _words_of(field: Field, value: Value) -> Iterator[str]:
    """Yield the typed words that a field holds: a text, or the names of people who are in no list."""
    if field.kind in TEXT_KINDS and isinstance(value, str):
        yield value
    for named in value if isinstance(value, list) else (value,):
        if field.kind in ("someone", "someones") and isinstance(named, Mapping) and "name" in named:
            yield str(named["name"])


def _why_dates() -> str:
    return _("Each partner will go by the date it has read.")


def _name(partner: Partner, lang: str) -> str:
    return partner.in_sentence(lang) or _("unnamed organization")


def _objectives(partnership: Partnership, lang: str) -> Iterator[Finding]:
    for row in partnership.rows("gather.objectives", "rows"):
        text = row.text("text", lang)
        if text and not row.get("owner"):
            yield Finding(
                "objective_owner", ADVICE, _("Who carries the objective “{text}”?").format(text=text),
                _("An objective moves forward when somebody carries it."), row.question, entry=row.id, field="owner",
            )  # fmt: skip


def _shares(guide: Guide, partnership: Partnership, lang: str) -> Iterator[Finding]:
    question = guide.question("open.contributions")
    if progress(partnership, question).state == VOID:
        return
    partners_by_reason: dict[str, list[Partner]] = {}  # those that promise nothing
    for partner in active(partnership):
        answer = partnership.entry(answer_id(question.id, (partner.id,)))
        if answer and _is_void_for(partnership, question.id, partner.id):
            continue
        gives = [row for row in rows_of(partnership, question.id, "rows", partner.id) if row.get("state") in GIVEN]
        receives = any(has_field(row, "text") for row in rows_of(partnership, "commit.win_win", "receives", partner.id))
        name = _name(partner, lang)
        if not gives and receives:
            yield Finding(
                "only_receives", ESSENTIAL, fill_sentence(_("What does {name} bring to the partnership?"), name=name),
                _("The text says what it receives; the others will ask what it brings."), question.id, partner.id,
            )  # fmt: skip
        elif not gives:
            if_named, if_nameless = (
                _("Its name is in the agreement; what it will do is still to be said."),
                _("It is counted without its name; what it will do is still to be said."),
            )
            partners_by_reason.setdefault(if_named if partner.may_appear else if_nameless, []).append(partner)
    for reason, silent_partners in partners_by_reason.items():
        names = [_name(partner, lang) for partner in silent_partners]
        asked_questions = [fill_sentence(_("What will {name} do in the partnership?"), name=name) for name in names]
        if len(names) > LISTED_PARTNERS:
            asked_questions = [_("What will each do in the partnership: {names}?").format(names=", ".join(names))]
        # Not strict: one question about many partners leads to the first of them.
        for words, partner in zip(asked_questions, silent_partners, strict=False):
            yield Finding("no_commitment", ESSENTIAL, words, reason, question.id, partner.id)


def _needed(partnership: Partnership, lang: str) -> Iterator[Finding]:
    """Yield what is needed and nobody offers, with who is missing at the table if that was noted."""
    with_absent, without_absent = (
        _("Nobody brings “{text}” yet; missing at the table: {absent}."),
        _("Nobody brings “{text}” yet. Who is missing at the table?"),
    )
    why = _("The guide asks for complementary elements: what nobody offers has to be asked of somebody.")
    for row in partnership.rows("extra.needed", "rows"):
        text, absent = row.text("text", lang), row.text("absent", lang)
        words = fill_sentence(with_absent if absent else without_absent, text=text, absent=absent)
        if text.strip():
            yield Finding("needed", ADVICE, words, why, row.question, entry=row.id, field="text")


def _wishes(partnership: Partnership, lang: str) -> Iterator[Finding]:
    """Yield the contributions that are still only wished for, of partners that said yes to the partnership."""
    for partner in active(partnership):
        if partner.status not in ("committed", "signatory"):
            continue
        for row in rows_of(partnership, "open.contributions", "rows", partner.id):
            text = row.text("text", lang)
            if text and row.get("state") == "wished":
                words = fill_sentence(_("Has {name} confirmed “{text}”?"), name=_name(partner, lang), text=text)
                yield Finding(
                    "wished_for", ADVICE, words,
                    _("It said yes to the partnership; a wish stays out of the document."), row.question, partner.id,
                    row.id, "state",
                )  # fmt: skip


def _is_void_for(partnership: Partnership, question: str, partner_id: str) -> bool:
    entry = answer_entry(partnership, question, (partner_id,))
    return entry is not None and entry.state == "not_applicable"


def _lead(guide: Guide, partnership: Partnership, lang: str) -> Iterator[Finding]:
    present = {partner.id for partner in active(partnership)}
    for row in partnership.rows("gather.lead", "rows"):
        named = row.get("partner")
        if isinstance(named, str) and named and named not in present:
            leader = find_partner(partnership, named)
            words = _("{name} leads: is it to join the partners, or is another lead to be named?")
            yield Finding(
                "lead_outside", ESSENTIAL, fill_sentence(words, name=_name(leader, lang) if leader else named),
                _("Who leads says yes to the text, as the others do."), row.question, entry=row.id, field="partner",
            )  # fmt: skip
        yield from _lead_ends_early(partnership, row, lang)


def _lead_ends_early(partnership: Partnership, row: Entry, lang: str) -> Iterator[Finding]:
    """Yield a lead that ends before the term does, if nobody is named to lead after it."""
    end, until = term_end(partnership), lead_end(partnership, row)
    if end is None or not until or last_day(until) >= end:
        return
    leads = partnership.rows("gather.lead", "rows")
    other_ends = (lead_end(partnership, other) for other in leads if other.id != row.id)  # "" where there is none
    if not any(not day or last_day(day) > last_day(until) for day in other_ends):
        words = _("The lead ends {date}, before the term: who leads after that?")
        yield Finding(
            "lead_ends", ADVICE, words.format(date=format_date(until, lang)),
            _("What nobody leads stands still."), row.question, entry=row.id, field="until",
        )  # fmt: skip


def _leaving(partnership: Partnership, lang: str) -> Iterator[Finding]:
    """Yield the commitments of each partner that is to leave before the end of the term."""
    end = term_end(partnership)
    for partner in active(partnership):
        until = partner.entry.get("until")
        if not isinstance(until, str) or not is_date(until) or (end is not None and last_day(until) >= end):
            continue
        for row in rows_of(partnership, "open.contributions", "rows", partner.id):
            if row.get("state") in GIVEN:
                words = _("{name} leaves on {date}: who does “{text}” after that?")
                name, text = _name(partner, lang), row.text("text", lang)
                yield Finding(
                    "leaving", ADVICE, fill_sentence(words, name=name, date=format_date(until, lang), text=text),
                    _("A commitment goes with the partner that made it."), row.question, partner.id, row.id, "text",
                )  # fmt: skip


def _unincorporated(partnership: Partnership, lang: str) -> Iterator[Finding]:
    """Yield each group that is no legal person: its signers may be bound in person (C.c.Q. 2274, law of Ontario)."""
    for partner in active(partnership):
        group = "unincorporated" in (partner.entry.get("kind"), partner.entry.get("legal_form"))
        if group and any(row.get("signs") for row in people(partnership, partner.id)):
            words = ngettext(
                "{name} is no legal person: do those who sign for it know that they may be bound in person?",
                "{name} are no legal person: do those who sign for it know that they may be bound in person?",
                2 if lang == "fr" and partner.french(guessed=True).plural else 1,
            )
            yield Finding(
                "unincorporated", ADVICE, fill_sentence(words, name=_name(partner, lang)),
                _("Have it checked by your own counsel."), WHO, partner.id, partner.id, "legal_form",
            )  # fmt: skip


def _rules(guide: Guide, partnership: Partnership) -> Iterator[Finding]:
    rule = answer_entry(partnership, "extra.decision_rule", ())
    bodies = partnership.rows("gather.governance", "bodies")
    if not has_field(rule, "rule") and not any(has_field(row, "decision") for row in bodies):
        yield Finding(
            "no_decision_rule", ESSENTIAL, _("How will decisions be made?"),
            _("Agreed on beforehand, it helps at the first disagreement."), "extra.decision_rule", "",
            "extra.decision_rule", "rule",
        )  # fmt: skip
    review_date = answer_entry(partnership, "extra.review", ())
    void = progress(partnership, guide.question("extra.review")).state == VOID
    if not void and not has_field(review_date, "date"):
        yield Finding(
            "no_review_date", ESSENTIAL, _("When will the agreement be reviewed?"),
            _("A date keeps the agreement alive."), "extra.review", "", "extra.review", "date",
        )  # fmt: skip


def _accountable(partnership: Partnership, lang: str) -> Iterator[Finding]:
    everyone = [(partner, people(partnership, partner.id)) for partner in active(partnership)]
    if everyone and not any(row.get("accountable") for _partner, rows in everyone for row in rows):
        yield Finding(
            "nobody_accountable", ESSENTIAL, _("Whom does one call when something stalls?"),
            _("At least one partner names a contact person."), WHO, everyone[0][0].id,
        )  # fmt: skip
    for partner, rows in everyone:
        only_contact = rows[0].text("name", lang) or rows[0].text("title", lang) if len(rows) == 1 else ""
        if only_contact:
            yield Finding(
                "one_contact", ADVICE,
                fill_sentence(
                    _("Who else can be reached at {name}, besides {person}?"),
                    name=_name(partner, lang), person=only_contact
                ),
                _("With two people, the link outlives a departure."), WHO, partner.id, rows[0].id, "name",
            )  # fmt: skip


def _money(partnership: Partnership, lang: str) -> Iterator[Finding]:
    for row in partnership.rows("commit.funding", "rows"):
        if row.get("amount") and not row.get("status"):
            words = _("The money from {source}: acquired, requested or to be sought?")
            yield Finding(
                "amount_status", ESSENTIAL, words.format(source=row.text("source", lang) or "?"),
                _("Only acquired money can be counted on."),
                row.question, "", row.id, "status",
            )  # fmt: skip


def _orphans(partnership: Partnership, lang: str) -> Iterator[Finding]:
    present = {partner.id for partner in active(partnership)}
    for question in ("open.contributions", "gather.objectives"):
        for row in partnership.rows(question, "rows"):
            if question == "open.contributions" and row.get("state") not in GIVEN:
                continue
            text = row.text("text", lang)
            if row.givers and not present & set(row.givers):
                yield Finding(
                    "orphan", ESSENTIAL, _("“{text}”: who takes it over?").format(text=text),
                    _("Who was to do it has left; the document no longer shows it."),
                    question, row.givers[0], row.id, "text",
                )  # fmt: skip
            elif _has_left(partnership, row.get("owner"), present):
                yield Finding(
                    "orphan_owner", ESSENTIAL,
                    _("“{text}”: who is accountable for it now?").format(text=text),
                    _("The person responsible has left."), question, _owner(row), row.id, "owner",
                )  # fmt: skip


def _empty_seats(partnership: Partnership, lang: str) -> Iterator[Finding]:
    """Yield the rows (of `_SEATS`) that name somebody who has left; `_orphans` does so for owners."""
    present = {partner.id for partner in active(partnership)}
    for question, part, field, text in _SEATS:
        for row in partnership.rows(question, part):
            named = row.get(field)
            people_named = named if isinstance(named, list) else [named]
            if any(_has_left(partnership, somebody, present) for somebody in people_named):
                yield Finding(
                    "empty_seat", ESSENTIAL,
                    _("“{text}” names who is no longer here: who is it now?").format(text=row.text(text, lang) or "?"),
                    _("What they carried is to be handed over."), question, entry=row.id, field=field,
                )  # fmt: skip


def _has_left(partnership: Partnership, owner: object, present: Iterable[str]) -> bool:
    """Return whether a `someone` value names a partner that is not in `present` (ids), or a person of such a one."""
    if not isinstance(owner, Mapping):
        return False
    if "partner" in owner:
        return owner["partner"] not in present
    entry = partnership.entry(str(owner.get("person", "")))
    return "person" in owner and (entry is None or entry.removed or not set(entry.subject) & set(present))


def _translations(guide: Guide, partnership: Partnership, view: Partnership) -> Iterator[Finding]:
    """Yield what the second language lacks, once the partnership is written in both."""
    all_pairs = pairs(guide, partnership, view)
    if not bilingual(all_pairs):
        return
    legal = answer_entry(partnership, "extra.legal", ())
    if not has_field(legal, "prevails"):
        yield Finding(
            "prevails", ADVICE, _("Which version prevails, the French or the English one, or are both equal?"),
            _("Québec public bodies may have to contract in French."),
            "extra.legal", "", "extra.legal", "prevails",
        )  # fmt: skip
    for state, kind in ((MISSING, "untranslated"), (STALE, "stale_translation")):
        lacking = [pair for pair in all_pairs if pair.state == state]
        if lacking:
            words = ngettext("Who will translate {n} text?", "Who will translate {n} texts?", len(lacking))
            if state == STALE:
                words = ngettext(
                    "Does {n} translation still say what its text says?",
                    "Do {n} translations still say what their texts say?",
                    len(lacking),
                )
            first = lacking[0]
            yield Finding(
                kind, ADVICE, words.format(n=len(lacking)), _("Both languages are read, and should say the same."),
                first.entry.question, first.partner, first.entry.id, first.field.id,
            )  # fmt: skip
