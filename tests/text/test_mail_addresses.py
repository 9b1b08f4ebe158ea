"""Addresses as people type them: none is lost, and what is no address is told."""

from __future__ import annotations

from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.mail_addresses import MailAddresses, read_addresses


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a@b.example; c@d.example", ("a@b.example", "c@d.example")),
        ("a@b.example,c@d.example", ("a@b.example", "c@d.example")),
        ("Tremblay, Jean <jean@b.example>", ("jean@b.example",)),
        ('"Roy, Amélie" <amelie@b.example>; dir@b.example', ("amelie@b.example", "dir@b.example")),
        ("info@a.example ou dir@a.example", ("info@a.example", "dir@a.example")),
        ("a@b.example et c@d.example, ou e@f.example.", ("a@b.example", "c@d.example", "e@f.example")),
        ("mailto:a@b.example MAILTO:c@d.example", ("a@b.example", "c@d.example")),
        ("\u200ba@b\u00ad.example\u2060", ("a@b.example",)),
        ("a@b.example\na@b.example", ("a@b.example",)),
        ("info@école.example", ("info@xn--cole-9oa.example",)),
        ("info@xn--cole-9oa.example", ("info@xn--cole-9oa.example",)),
        ("l'adresse : o'brien@b.example", ("o'brien@b.example",)),
        ("«a@b.example», “c@d.example” ou 'e@f.example'", ("a@b.example", "c@d.example", "e@f.example")),
        ("Zoe.Roy@B.example", ("Zoe.Roy@B.example",)),
        (f"{'a' * 244}@b.example", (f"{'a' * 244}@b.example",)),
        ("", ()),
    ],
)
def test_addresses_are_found_whatever_stands_between_them(text: str, found: tuple[str, ...]) -> None:
    assert read_addresses(text) == MailAddresses(found)


@pytest.mark.parametrize(
    ("text", "unreadable"),
    [
        ("zoé@exemple.example", ("zoé@exemple.example",)),
        ("a@b", ("a@b",)),
        ("a@@b.example", ("a@@b.example",)),
        ("voir le site", ("voir le site",)),
        (f"{'a' * 245}@b.example", (f"{'a' * 245}@b.example",)),
        ("a..b@c.example", ("a..b@c.example",)),
        ("@b.example", ("@b.example",)),
        ("info@straße.example", ("info@straße.example",)),
        ("a@b.example–c@d.example", ("a@b.example–c", "@d.example")),
        ("a@b.example、c@d.example", ("a@b.example、c", "@d.example")),
    ],
)
def test_what_is_no_address_is_told(text: str, unreadable: tuple[str, ...]) -> None:
    assert read_addresses(text) == MailAddresses((), unreadable)


@given(
    st.lists(st.from_regex(r"[a-z]{1,8}@[a-z]{1,8}\.example", fullmatch=True), min_size=1, max_size=5, unique=True),
    st.sampled_from(["; ", ", ", " ou ", " et ", " / ", "\n", " "]),
)
def test_each_address_of_a_list_is_found(addresses: list[str], between: str) -> None:
    assert read_addresses(between.join(addresses)) == MailAddresses(tuple(addresses))


@given(st.text(max_size=60))
def test_what_is_found_stands_in_a_header_by_itself(text: str) -> None:
    for address in read_addresses(text).found:
        assert address.isascii() and getaddresses([address]) == [("", address)]
