"""Tests of anchors: each line of a document has its own name, the same in equal agreements, which reveals nothing."""

from __future__ import annotations

from tui.agreement.anchors import AnchorNames, is_anchor
from tui.agreement.blocks import NOWHERE, Origin

TEXT = Origin("aaaaaaaaaa", "text", "gather.vision")


def test_lines_of_one_field_have_names_of_their_own() -> None:
    names = AnchorNames()
    found = [names.name("fr", "vision", TEXT), names.name("fr", "vision", TEXT), names.name("en", "vision", TEXT)]
    found += [names.name("fr", "goals", TEXT), names.name("fr", "vision", NOWHERE, "à préciser")]
    assert len(set(found)) == len(found) and all(map(is_anchor, found))


def test_names_depend_on_the_field_and_not_on_its_words() -> None:
    assert AnchorNames().name("fr", "vision", TEXT, "un") == AnchorNames().name("fr", "vision", TEXT, "deux")
    assert AnchorNames().name("fr", "vision", NOWHERE, "un") != AnchorNames().name("fr", "vision", NOWHERE, "deux")


def test_the_same_line_has_another_name_in_the_other_language_and_in_another_section() -> None:
    places = [(lang, section) for lang in ("fr", "en") for section in ("vision", "goals")]
    for origin, words in ((TEXT, ""), (NOWHERE, "à préciser")):
        assert len({AnchorNames().name(lang, section, origin, words) for lang, section in places}) == 4


def test_other_bookmarks_are_no_anchors() -> None:
    for name in ("_Toc12345", "ent_", "ent_AAAAAAAAAAAA", "ent_aaaaaaaaaaaaa", "x ent_aaaaaaaaaaaa"):
        assert not is_anchor(name)
