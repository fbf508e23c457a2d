"""A comparison told briefly: each sentence without its Refs and figures, whichever order a language puts them in."""

from __future__ import annotations

import re
from gettext import NullTranslations

from plan_archive.compare.briefly import BRIEFLY, UNEXPLAINED
from plan_archive.compare.sentences import EXPLAINED, FIGURES, GAINS, REFS
from plan_archive.compare.telling import Finding
from plan_archive.language import Catalogue, speaking
from plan_archive.model import Library
from plan_archive.pages import compared_pairs


class _Backwards(NullTranslations):
    """A language that puts the list first."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        text = super().ngettext(msgid1, msgid2, n)
        return re.sub(r"^(.*?)(: | \()(\{\w+\})(.*)$", r"[\3] \1\4", text)


def _findings(library: Library) -> list[Finding]:
    return [finding for pair in compared_pairs(library) for finding in pair.findings]


def test_the_brief_form_is_the_sentence_without_its_list(example: Library) -> None:
    """In English it is what stands before the list; a reason asked for and not given is told in both."""
    found = _findings(example)
    assert len(found) > 150
    for finding in found:
        before_the_list = re.split(r": | \(", finding.text.rstrip("."))[0] + "."
        assert finding.brief == before_the_list
        assert finding.silent == ("with no reason given" in finding.text) == ("with no reason given" in finding.brief)


def test_no_language_has_refs_in_the_brief_form(example: Library) -> None:
    """Where a language puts the list first, the home page still tells no Ref, and the comparison all of them."""
    refs = re.compile(r"\b[A-Z]{1,3}\d+\b")
    with speaking(Catalogue("cy", _Backwards())):
        found = _findings(example)
    assert any(finding.text.startswith("[") for finding in found)
    assert [finding.brief for finding in found if refs.search(finding.brief)] == []
    assert any(refs.search(finding.text) for finding in found if finding.silent)


def test_every_kind_that_is_told_has_its_brief_form() -> None:
    """No sentence with a list of Refs is left without one: counted in the code itself."""
    assert set(UNEXPLAINED) == set(REFS) >= set(FIGURES)
    assert set(BRIEFLY) == {*EXPLAINED, *GAINS} - {"actual_added"}
