"""Rich agreements for the export tests: five partners, every kind of block, and text that tries to break out."""

from __future__ import annotations

from tui.agreement.blocks import (
    Agreement,
    Block,
    Hole,
    Item,
    ListBlock,
    Paragraph,
    Row,
    Run,
    Runs,
    Section,
    Signatory,
    Signature,
    Subheading,
    Table,
)

NB, NN = "\u00a0", "\u202f"
CREE = "ᓀᐦᐃᔭᐍᐏᐣ"
INUKTITUT = "ᐃᓄᒃᑎᑐᑦ"
LONG = "m" * 3000
HOSTILE = (
    "<script>alert('xss')</script>",
    "**jamais fermé",
    "|a|b|c|",
    "# pas un titre",
    "- pas une liste",
    "1. non plus",
    "[lien](javascript:alert(1))",
    "![image](http://exemple.test/x.png)",
    "`code",
    '#import "x" #set page(fill: red) @ref <label> $x^2$',
    "\\end{document} \\\\ \\n",
    '=HYPERLINK("http://exemple.test")',
    "&amp; &lt; &#60;",
    "~~barré~~ <!-- commentaire",
    "</style></title>'\"",
    "Nom _souligné_ et C#",
    f"Langue crie {CREE}, inuktitut {INUKTITUT}",
    "Émojis 🙂 👩🏽‍🌾 🇨🇦 ✅",
    "עברית وعربي",
    "日本語と한국어",
)
STRIPPED = "nul:\x00 cloche:\x07 esc:\x1b[31m renversé:\u202egauche\u202c"


def runs(*texts: str | Run) -> Runs:
    """Return runs: plain ones from texts."""
    return tuple(Run(text) if isinstance(text, str) else text for text in texts)


def paragraph(*texts: str | Run, lead: bool = False) -> Paragraph:
    """Return a paragraph of texts and runs."""
    return Paragraph(runs(*texts), lead=lead)


def bullets(*items: str | tuple[Block, ...], ordered: bool = False, start: int = 1) -> ListBlock:
    """Return a list; an item is a text or the blocks inside it."""
    made = tuple(Item((paragraph(item),) if isinstance(item, str) else item) for item in items)
    return ListBlock(made, ordered=ordered, start=start)


def table(caption: str, head: tuple[str, ...], *rows: tuple[str, ...]) -> Table:
    """Return a table of plain texts."""
    body = tuple(Row(tuple(runs(cell) for cell in row)) for row in rows)
    return Table(tuple(runs(cell) for cell in head), body, caption)


def french(draft: bool = True) -> Agreement:
    """Return an agreement as a Québec facilitator would send it."""
    return Agreement(
        lang="fr",
        region="fr-CA",
        kind="Énoncé de partenariat",
        title="Mieux-être et relève dans la Vallée",
        version="ébauche 3" if draft else "adopté",
        date="22 novembre 2026",
        iso_date="2026-11-22",
        partners=PARTNERS_FR,
        draft=draft,
        sections=_opening_fr() + _commitments_fr() + _closing_fr(),
        holes=(Hole("review", "date de révision", "term", "extra.review"),) if draft else (),
        mark="Ébauche",
        page_label=("Page", "de"),
    )


PARTNERS_FR = (
    "Cégep de la Vallée",
    "Coopérative de l’Étoile du Nord",
    "Centre de services scolaire du Cœur-des-Vallées",
    "Centre de santé Wâpikoni",
    f"Fondation «{NB}Grain de sel{NB}»",
)


HOLE = Run("à préciser", hole=True)


def _opening_fr() -> tuple[Section, ...]:
    return (
        Section("partners", 1, "Partenaires", (
            table("Les partenaires et leur rôle", ("Organisme", "Niveau d’implication", "Personne responsable"),
                  (PARTNERS_FR[0], "pilote", "Maëlle Lœwenbrück, conseillère"),
                  (PARTNERS_FR[1], "décide avec les autres", "Jean-François D’Amours"),
                  (PARTNERS_FR[2], "contribue", "Zoë Nguyễn"),
                  (PARTNERS_FR[3], "décide avec les autres", "Anaïs Awashish"),
                  (PARTNERS_FR[4], "consulté", "")),
        )),
        Section("vision", 3, "Vision et buts communs", (
            paragraph("D’ici trois ans, chaque jeune de la Vallée trouve ", Run("près de chez lui", strong=True),
                      f" un adulte à qui parler. «{NB}Rien sur nous sans nous{NB}»{NB}: les jeunes siègent au comité."),
            paragraph("Notre but commun", Run(f"{NB}:", strong=True),
                      " réunir sous un même toit l’écoute, l’entraide et la formation. ",
                      "Voir la ", Run("politique commune", href="https://exemple.test/politique"), "."),
        )),
        Section("objectives", 4, "Objectifs principaux", (
            bullets(
                (paragraph("Ouvrir une halte d’écoute deux soirs par semaine"),
                 bullets("un local accessible et chauffé", "deux intervenantes", (
                     paragraph("un suivi"), bullets("mensuel la première année", "trimestriel après", ordered=True)))),
                "Former trente pairs aidants et paires aidantes",
                "Publier un bilan annuel en langage clair",
                ordered=True,
            ),
        )),
        Section("lead", 6, "Pilotage", (paragraph(f"L’organisme porteur est{NB}: ", HOLE, "."),)),
    )  # fmt: skip


def _commitments_fr() -> tuple[Section, ...]:
    return (
        Section("commitments", 7, "Engagements de chacun", tuple(
            block
            for name, verbs in (
                (PARTNERS_FR[0], ("prêter une salle le mardi et le jeudi soir",
                                  "libérer une conseillère, trois heures par semaine")),
                (PARTNERS_FR[1], ("tenir les comptes du partenariat", "préparer les collations")),
                (PARTNERS_FR[3], ("former les pairs aidants et paires aidantes",)),
            )
            for block in (Subheading(runs(name)), paragraph(f"s’engage à{NB}:", lead=True), bullets(*verbs))
        )),
        Section("resources", 10, "Ressources et financement", (
            table("Financement par année", ("Période", "Subvention", "Contrepartie", "Remarques"),
                  ("2026-2027", f"125{NB}000{NB}$", f"12{NB}500{NB}$", "En nature"),
                  ("2027-2028", f"98{NB}750{NB}$", f"15{NB}000{NB}$", "Prêt de personnel"),
                  ("2028-2029", f"75{NB}000{NB}$", "—", "À confirmer")),
        )),
    )  # fmt: skip


def _closing_fr() -> tuple[Section, ...]:
    return (
        Section("term", 11, "Durée, calendrier et révision", (
            paragraph("Le partenariat commence le 1er décembre 2026 et dure trois ans.", Run("\n"),
                      "Il se révise le ", HOLE, "."),
            bullets("première étape", "deuxième étape", ordered=True),
            paragraph("Les étapes de la fin", Run(" (à revoir)", emphasis=True), f"{NB}:", lead=True),
            bullets("bilan", "passation", ordered=True),
        )),
        Section("signatures", 16, "Accord des partenaires et signatures", (
            paragraph("Les personnes autorisées signent pour leur organisme."),
            Signature(PARTNERS_FR[0], (Signatory("Maëlle Lœwenbrück", "directrice des études"),),
                      authorisation="Résolution CA-2026-14 du 3 novembre 2026"),
            Signature(PARTNERS_FR[1], (Signatory("Jean-François D’Amours", "président"), Signatory()),
                      note="À entériner par l’assemblée générale le 12 décembre 2026"),
            Signature(PARTNERS_FR[2], (Signatory("Zoë Nguyễn"),)),
            Signature(PARTNERS_FR[3], (Signatory("Anaïs Awashish", "coordonnatrice"),),
                      note="Accord donné le 20 novembre 2026"),
            Signature(PARTNERS_FR[4], (Signatory(),)),
        )),
    )  # fmt: skip


def english(draft: bool = False) -> Agreement:
    """Return an adopted statement in English."""
    names = ("Valley College", "North Star Co-operative", "Heart of the Valleys School Board", "Wapikoni Health Centre",
             "Grain of Salt Foundation")  # fmt: skip
    return Agreement(
        lang="en",
        region="en-CA",
        kind="Partnership statement",
        title="Well-being and Renewal in the Valley",
        version="draft 2" if draft else "adopted",
        date="November 22, 2026",
        iso_date="2026-11-22",
        partners=names,
        draft=draft,
        sections=(
            Section("partners", 1, "Partners", (
                table("Partners and their part", ("Organisation", "Involvement", "Accountable contact"),
                      *((name, "decides with the others", "To be named") for name in names)),
            )),
            Section("vision", 3, "Shared vision and goals", (
                paragraph("Within three years every young person in the Valley finds an adult to talk to, ",
                          Run("close to home", emphasis=True), "."),
            )),
            Section("commitments", 7, "Commitments of each partner", (
                Subheading(runs(names[0])),
                paragraph("undertakes to:", lead=True),
                bullets("lend a room on Tuesday and Thursday evenings", "free an adviser three hours a week"),
            )),
            Section("signatures", 16, "Agreement and signatures", tuple(
                Signature(name, (Signatory("Alex Tremblay", "director"),), name_label="Name and title")
                for name in names[:3]
            )),
        ),
        mark="Draft",
        page_label=("Page", "of"),
    )  # fmt: skip


def hostile(lang: str = "fr") -> Agreement:
    """Return an agreement whose every text tries to be markup, breaks fonts, or is far too long."""
    text = HOSTILE
    return Agreement(
        lang=lang,
        region=f"{lang}-CA",
        kind=text[9],
        title=f"<b>{text[0]}</b> {CREE} 🙂",
        version=text[10],
        date=text[12],
        iso_date="",
        partners=(*text[:5], LONG),
        draft=True,
        sections=(
            Section("partners", 1, text[9], tuple(paragraph(one) for one in (*text, STRIPPED))),
            Section("vision", 2, text[11], (bullets(*text), bullets(*text, ordered=True), paragraph(LONG))),
            Section("resources", 3, text[2], (
                table(text[0], (text[2], text[10]), *((one, text[-1 - at]) for at, one in enumerate(text)),
                      (LONG, LONG)),
                Subheading(runs(text[3])),
                paragraph(*(Run(one, strong=at % 2 == 0, emphasis=at % 3 == 0, strike=at % 5 == 0, code=at % 7 == 6)
                            for at, one in enumerate(text))),
                paragraph(Run(text[6], href='https://exemple.test/?a="<>&b=\\')),
            )),
            Section("signatures", 4, text[14], tuple(
                Signature(one, (Signatory(one, one),), authorisation=one, note=one) for one in text
            )),
        ),
        mark=text[0],
        page_label=('"; } body { display: none } /*', "</style>"),
    )  # fmt: skip


def empty() -> Agreement:
    """Return an agreement in which nothing is answered yet."""
    return Agreement("fr", "fr-CA", "Énoncé de partenariat", "", "", "", "", (), True, (), mark="Ébauche")
