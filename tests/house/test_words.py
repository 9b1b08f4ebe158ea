"""The words: languages asked for and switched, and a French catalogue that is whole and compiled."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tests.house.tree import ROOT, TUI, named, parsed, python_files
from tui import i18n
from tui.resources import locale_dir

PO = locale_dir() / "fr" / "LC_MESSAGES" / "entente.po"
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
OUT_OF_DATE = "run `make messages` after a change of entente.po"


def french() -> Catalog:
    """Return the French catalogue as its source says it."""
    with PO.open("rb") as file:
        return read_po(file, locale="fr", abort_invalid=True)


def forms_of(texts: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """Return the forms of a message: one, or one for each plural; one empty form when it is not translated."""
    return list(texts) if isinstance(texts, list | tuple) else [texts or ""]


def said() -> set[str | tuple[str, ...]]:
    """Return each message that the code says: a text, or its (singular, plural)."""
    keywords = {**DEFAULT_KEYWORDS, "N_": None}
    return {row[2] for row in extract_from_dir(str(TUI), keywords=keywords)}


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({}, "fr"),
        ({"LANG": "C"}, "fr"),
        ({"LANG": "C.UTF-8"}, "fr"),
        ({"LANG": "POSIX"}, "fr"),
        ({"LANG": ""}, "fr"),
        ({"LANG": "fr_CA.UTF-8"}, "fr"),
        ({"LANG": "en_CA.UTF-8"}, "en"),
        ({"LANG": "en"}, "en"),
        ({"LANG": "de_DE@euro"}, "en"),
        ({"LANG": "fr_CA.UTF-8", "LC_MESSAGES": "en_CA.UTF-8"}, "en"),
        ({"LANG": "en_CA.UTF-8", "LC_MESSAGES": "en_CA", "LC_ALL": "fr_CA"}, "fr"),
        ({"LANG": "en_CA.UTF-8", "LC_ALL": ""}, "en"),
        ({"LC_ALL": "fr_CA.UTF-8", "ENTENTE_LANG": "en"}, "en"),
        ({"LC_ALL": "en_CA.UTF-8", "ENTENTE_LANG": "fr-CA"}, "fr"),
    ],
)
def test_detect(environ: dict[str, str], lang: str) -> None:
    assert i18n.detect(environ) == lang


def test_use_refuses_a_language_nobody_wrote() -> None:
    with pytest.raises(ValueError, match="'de'"):
        i18n.use("de")  # type: ignore[arg-type]
    assert i18n.language() == "fr"


def test_switch_is_immediate_and_english_is_as_written() -> None:
    translated = [(m.id, m.string) for m in french() if m.id and isinstance(m.id, str) and m.id != m.string]
    msgid, msgstr = str(translated[0][0]), translated[0][1]
    assert i18n._(msgid) == msgstr
    i18n.use("en")
    assert (i18n.language(), i18n._(msgid)) == ("en", msgid)
    i18n.use("fr")
    assert i18n._(msgid) == msgstr


def test_plural_of_each_language() -> None:
    forms = ["one", "many", "many"]
    i18n.use("en")
    assert [i18n.ngettext("one", "many", n) for n in (1, 0, 2)] == forms
    counted = next(m for m in french() if isinstance(m.id, tuple))
    (singular, plural), (one, many) = forms_of(counted.id), forms_of(counted.string)
    i18n.use("fr")
    assert [i18n.ngettext(singular, plural, n) for n in (0, 1, 2)] == [one, one, many]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_to_say_is_nothing(lang: i18n.Language) -> None:
    i18n.use(lang)
    assert i18n._("") == ""


def test_a_message_nobody_translated_is_said_in_english() -> None:
    assert i18n._("no such message in any catalogue") == "no such message in any catalogue"


@pytest.mark.slow
def test_every_message_is_in_french() -> None:
    known = {message.id: message for message in french()}
    missing = [msgid for msgid in said() if msgid not in known]
    assert missing == [], "append these to entente.po"
    empty = [m.id for m in known.values() if not all(forms_of(m.string))]
    assert empty == []
    assert [m.id for m in known.values() if m.id and m.fuzzy] == []


def test_the_screen_sets_its_marks_apart_as_the_guide_page_does() -> None:
    """The page writes « pourquoi ? »; beside its words ours must not look written by another hand."""
    glued = re.compile(r"[\w»)}][?;!](?=\s|$)")
    assert [form for one in french() if one.id for form in forms_of(one.string) if glued.search(form)] == []


def test_placeholders_match() -> None:
    wrong = []
    for message in french():
        asked = set(PLACEHOLDER.findall("".join(forms_of(message.id))))
        given = [set(PLACEHOLDER.findall(form)) for form in forms_of(message.string)]
        # a singular may leave out the number (« un partenaire »), a plural may not
        if given[-1] != asked or not all(names <= asked for names in given):
            wrong.append(message.id)
    assert wrong == []


def test_compiled_catalogue_is_what_its_source_compiles_to() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, french())
    assert PO.with_suffix(".mo").read_bytes() == compiled.getvalue(), OUT_OF_DATE


def hidden(tree: ast.Module) -> list[int]:
    """Return the lines on which a message stands inside an f-string."""
    return [
        node.lineno
        for string in ast.walk(tree)
        if isinstance(string, ast.JoinedStr)
        for node in ast.walk(string)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext", "N_")
    ]


@pytest.mark.slow
def test_no_message_hides_in_an_f_string() -> None:
    found = {named(path): hidden(parsed(path)) for path in python_files("tui")}
    assert {path: lines for path, lines in found.items() if lines} == {}, (
        'extraction cannot see them: _("… {name}").format(name=…)'
    )
    assert hidden(ast.parse("f'{_(1)}'")) == [1]


def test_importing_words_does_not_load_gettext() -> None:
    program = "import sys, tui.i18n; tui.i18n.use('en'); tui.i18n._('Save'); print('gettext' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.slow
def test_no_sentence_of_the_program_puts_de_before_a_name_without_the_phrasing() -> None:
    """A French « de {name} », « à {name}», « que {name} » is filled in by `fill_sentence`, with contraction."""
    catalogue = french()
    glued = re.compile(r"(?i)\b(de|à|que|qu'|d') ?\{(name|names|partner|who)\}")
    wanted = {
        form
        for one in catalogue
        if any(glued.search(text) for text in forms_of(one.string))
        for form in forms_of(one.id)
    }
    plain = []
    for file in python_files("tui"):
        for node in ast.walk(parsed(file)):
            call = node.func if isinstance(node, ast.Call) else None
            if isinstance(call, ast.Attribute) and call.attr == "format" and isinstance(call.value, ast.Call):
                texts = [arg.value for arg in call.value.args if isinstance(arg, ast.Constant)]
                plain += [(file.name, text) for text in texts if text in wanted]
    assert plain == []


def test_no_translation_says_itself_twice() -> None:
    """Two entries of one message, merged, are both kept one behind the other."""
    twice = re.compile(r"(.{12,}?)\1+", re.DOTALL)
    assert [one.id for one in french() if any(map(twice.fullmatch, forms_of(one.string)))] == []
