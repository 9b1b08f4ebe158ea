"""A page that comes back: its words by paragraph, item and cell, with our ids, and never its tags."""

from __future__ import annotations

import pytest

from tests.comparison.returned_cases import PARTNERSHIPS, accepted_whole, changed_cells
from tests.partnership.told import GUIDE
from tui.agreement.compose import Composer
from tui.comparison.returned_page import page_lines
from tui.export.formats import render

pytestmark = pytest.mark.sampled


def test_tags_styles_and_what_is_not_shown_are_no_words() -> None:
    page = (
        "<!DOCTYPE html><html><head><title>T</title><style>p{}</style></head><body><p>un <b>mot</b>&amp;\nautre</p>"
        "<script>x</script><ul><li>deux<br>lignes</ul><table><tr><td>a<td><p>b</p><p>c</p></td></tr></table>"
    )
    lines = page_lines(page)
    assert [line.text for line in lines][:2] == ["un mot& autre", "deux\nlignes"]
    assert lines[1].item and not lines[0].item
    assert "b\nc" in [line.text for line in lines] and lines[-1].row == 1


def test_struck_words_are_taken_out_and_ids_of_ours_are_anchors() -> None:
    (line,) = page_lines('<p id="ent_aaaaaaaaaaaa">6 h <s>par jour</s> par semaine</p>')
    assert (line.text, line.anchors) == ("6 h  par semaine", ("ent_aaaaaaaaaaaa",))
    assert line.whole == "6 h par jour par semaine" and [mark.removed for mark in line.marks] == ["par jour"]
    assert page_lines('<p id="top">x</p>')[0].anchors == ()


def test_names_that_word_and_libreoffice_give_to_our_anchors_are_read() -> None:
    name = '<a name="ent_aaaaaaaaaaaa"></a>'
    page = (
        f'<li><p>{name}oui</p></li><p><a name="x">non</a></p><table><tr><td><p>{name}a</p></td><td>b</td></tr></table>'
    )
    assert [line.anchors for line in page_lines(page)] == [("ent_aaaaaaaaaaaa",), (), ("ent_aaaaaaaaaaaa",), ()]
    assert [line.anchors for line in page_lines(f"<p>{name}</p><p>oui</p>")] == [()]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ('<p style="mso-hide:all">caché</p>', None), ("<p hidden>caché</p>", None),
        ('<p style="display: none">x</p>', None),
        ("<p><template>x</template>vu</p>", "vu"), ("<p>un<b> mot</b> de plus</p>", "un mot de plus"),
        ("<p>un<b>mot </b>de\n plus</p>", "unmot de plus"), ("<div>un<p>deux</p></div>", "un"),
    ],
)  # fmt: skip
def test_what_a_page_shows_is_read_with_its_spaces(page: str, text: str | None) -> None:
    assert [line.text for line in page_lines(page)][:1] == ([] if text is None else [text])


@pytest.mark.parametrize(
    "struck", ["<s>{}</s>", "<del>{}</del>", '<span style="text-decoration: Line-Through">{}</span>']
)
def test_struck_words_are_removed_and_a_line_of_them_is_gone(struck: str) -> None:
    first, second = page_lines(f"<p>un {struck.format('mot')}</p><p id='ent_aaaaaaaaaaaa'>{struck.format('tout')}</p>")
    assert (first.text, first.gone, first.whole, [mark.removed for mark in first.marks]) == (
        "un",
        False,
        "un mot",
        ["mot"],
    )
    assert (second.text, second.gone, second.anchors) == ("tout", True, ("ent_aaaaaaaaaaaa",))


def test_only_headings_are_headings() -> None:
    found = page_lines("<html><body><h2>Titre</h2><header>Tête</header><hr><p>mot</p></body></html>")
    assert [(line.text, line.heading) for line in found] == [("Titre", True), ("Tête", False), ("mot", False)]


@pytest.mark.parametrize("name", sorted(PARTNERSHIPS))
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_our_page_returned_untouched_is_no_difference(name: str, lang: str) -> None:
    data = render(Composer(GUIDE).agreement(PARTNERSHIPS[name], lang), "html").data
    assert accepted_whole(data, "retour.html", PARTNERSHIPS[name]).open == []


def test_a_line_rewritten_on_our_page_goes_to_its_field() -> None:
    partnership = PARTNERSHIPS["01-counseling-apres-les-heures.json"]
    data = render(Composer(GUIDE).agreement(partnership, "fr"), "html").data.decode()
    came = data.replace("Soutenir les étudiantes et étudiants aux périodes de pointe.", "Aider chaque personne.")
    outcome = accepted_whole(came.encode(), "retour.html", partnership)
    assert outcome.after is not None
    assert changed_cells(partnership, outcome.after) == {("gather.vision", "goal@fr"): "Aider chaque personne."}
