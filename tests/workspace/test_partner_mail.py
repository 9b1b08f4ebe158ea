"""The name of a draft for a partner: in its language, and silent about a partner that may not be named."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.partnership.cover_letter import Letter
from tui.workspace.partner_mail import PartnerMail, mail_file_name
from tui.workspace.workspace import Workspace

SUBJECTS = {"fr": "relecture", "en": "read-back"}


def file_name(told: Told, name: str, doc_lang: str = "fr") -> str:
    """The file of a mail to a partner."""
    memory = Memory()
    memory.partnership = told.partnership
    workspace = Workspace(GUIDE, told.partnership, memory)
    workspace.doc_lang = doc_lang
    return mail_file_name(workspace, PartnerMail(told.ids[name], (), Letter("", "")), SUBJECTS)


@pytest.mark.parametrize("status", GUIDE.choices["status"])
def test_only_a_partner_that_may_be_named_is_in_the_name(status: str) -> None:
    told = Told("Zanzibar", status=status)
    named = status in ("interested", "committed", "signatory")
    assert file_name(told, "Zanzibar") == ("relecture-zanzibar.eml" if named else "relecture.eml")


@pytest.mark.parametrize("doc_lang", ["fr", "en"])
@pytest.mark.parametrize("spoken", ["", "fr", "en"])
def test_name_is_in_the_language_of_the_partner(doc_lang: str, spoken: str) -> None:
    told = Told("x")
    told.say("open.who", {"name": {"fr": "Ruche", "en": "Hive"}}, "x")
    if spoken:
        told.say("open.who", {"people": [{"name": "Zoé", "language": spoken}]}, "x")
    expected = {"fr": "relecture-ruche.eml", "en": "read-back-hive.eml"}[spoken or doc_lang]
    assert file_name(told, "x", doc_lang) == expected


def test_short_name_comes_before_the_long_one() -> None:
    told = Told("x")
    told.say("open.who", {"name": "Regroupement des ruches", "short_name": "RDR"}, "x")
    assert file_name(told, "x") == "relecture-rdr.eml"
