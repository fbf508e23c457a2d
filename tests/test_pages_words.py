"""Every word that the site says itself goes through the catalogue: nothing in a template or a script is left out.

The archive is one in which editors' words have accents and the catalogue's stand in brackets (tests/accented.py). A
vowel with neither was written into the code.
"""

from __future__ import annotations

import ast
import gzip
import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import jinja2
import lxml.html
import pytest
from babel.dates import get_month_names
from babel.messages.extract import extract
from babel.messages.jslexer import tokenize
from babel.messages.pofile import read_po
from jinja2 import nodes

from accented import DAY, LANGUAGE, POT, READ, accented, ids_of
from archives import ROOT, copy_example, git, plan_archive
from council import council
from plan_archive import Problem
from plan_archive.intake import Reading, read_library
from plan_archive.language import speaking
from plan_archive.pages import HalfPage, preview_pages
from plan_archive.pages.committee import committee_paper
from plan_archive.pages.paper_markdown import paper_markdown

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("words")]

SAID = re.compile(r"⟦[^⟦⟧]*(?:⟧|$)|^[^⟦⟧]*⟧")
"""What the catalogue says; in a picture a sentence may go on in a second line."""
MONTHS = "|".join(get_month_names("wide", locale=LANGUAGE).values())
VOWEL = re.compile(r"(?<![\w/.#-])[A-Za-z]*[aeiouyAEIOUY][A-Za-z]*(?![\w/])")
SPOKEN = ("aria-label", "aria-description", "title", "alt", "placeholder", "label", "data-label")
NEITHER = {
    "days": re.compile(rf"\b(?:{MONTHS}) \d{{4}}\b"),
    "files and folders": re.compile(r"[\w-]*\.(?:csv|jsonl?|xml|sha256|md|yml|py|txt)\b|\b[a-z]+/(?!\w)"),
    "references and addresses": re.compile(r"[\w.-]+@[\w.-]+(?:[:#][\w-]+)?|#[a-z0-9-]+"),
    "a section's id in an edition's list of its changes": re.compile(r"^[a-z0-9-]+(?=: )"),
    "names of formats": re.compile(r"\b(?:SHA-256|JSON Lines|JSON|Atom|Python|Markdown)\b"),
}
"""What is no word of the site and has no accent."""
ANSWERS = re.compile(r"\b(?:intact|altered|incomplete|redacted)\b")
"""What `plan-archive verify` answers, quoted on the page about auditing."""
NOTHING = re.compile(r"(?!)")
TEXTS = {"pa-text", "pa-compared", "pa-sides", "pa-both"}
"""Where editors' tables stand, with the heads and cells that a program reads."""
HEADS = re.compile(rf"\b(?:{READ.pattern})\b")


@pytest.fixture(scope="module", params=["example", "council"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with accents, with its log: the example, or a small council's with a correction."""
    folder = tmp_path_factory.mktemp(request.param) / "archive"
    accented(copy_example(folder) if request.param == "example" else council(folder))
    (folder / ".gitignore").write_text("site/\n.cache/\n", encoding="utf-8", newline="\n")
    git(folder, "init", "--quiet", "--initial-branch=main")
    for message in ("Thé árchívé", "Thé lóg"):
        git(folder, "add", "--all")
        git(folder, "-c", "user.name=Téstér", "commit", "--quiet", "--message", message)
        if message == "Thé árchívé":
            ran = plan_archive(folder, "publish", "--all", "--why", "Thé lóg wás ópénéd.", "--by", "Óffícér")
            assert ran.code == 0, ran.err
    return folder


@pytest.fixture(scope="module")
def site(archive: Path) -> Path:
    """Its site, as the real command builds it."""
    ran = plan_archive(archive, "build")
    assert ran.code == 0, ran.err
    return archive / "site"


@pytest.fixture(scope="module")
def reading(archive: Path) -> Reading:
    """The archive, read."""
    return read_library(archive, DAY)


def _left(text: str, *more: re.Pattern[str]) -> list[str]:
    """The words that nobody's are: neither the catalogue's nor an editor's."""
    for known in (SAID, *NEITHER.values(), *more):
        text = known.sub(" ", text)
    return VOWEL.findall(re.sub(r"\w*[áéíóúýÁÉÍÓÚÝ]\w*", " ", text))


def _unsaid(page: lxml.html.HtmlElement, links: re.Pattern[str] = NOTHING) -> Iterator[str]:
    """The texts and labels of a page with words that are not in the catalogue; `links` are told by their ids."""
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        said = [element.get(name) or "" for name in SPOKEN]
        said += [element.get("content") or ""] if element.get("name") == "description" else []
        said += [element.text or ""] if element.tag not in ("script", "style", "code", "pre") else []
        parent = element.getparent()
        said += [element.tail or ""] if parent is not None and parent.tag not in ("code", "pre") else []
        above = {name for each in (element, *element.iterancestors()) for name in (each.get("class") or "").split()}
        more = [HEADS] * bool(TEXTS & above) + [links] * ("pa-compared__note" in above)
        yield from (" ".join(text.split()) for text in said if _left(text.strip(), *more))


def test_no_page_says_a_word_that_is_not_in_the_catalogue(archive: Path, site: Path) -> None:
    """On every page of the site every word is the catalogue's or an editor's."""
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 40
    ids = sorted((name.replace("-", " ") for name in ids_of(archive)), key=len, reverse=True)
    links, found = re.compile(rf"\b(?:{'|'.join(ids)})\b"), set()
    for file in pages:
        for text in _unsaid(lxml.html.fromstring(file.read_bytes()), links):
            if not (file.parent.name == "audit" and ANSWERS.search(text)):
                found.add(f"{file.relative_to(site).as_posix()}: {text}")
    assert sorted(found) == []


def test_no_result_of_the_search_says_another_word(site: Path) -> None:
    """What a result shows: how its text stands, where an old part is now."""
    found = [json.loads(gzip.decompress(file.read_bytes())[12:]) for file in site.glob("search/**/*.pf_fragment")]
    assert len(found) > 5
    cards = [json.loads(fragment["meta"]["card"]) for fragment in found]
    said = {card["label"] for card in cards}
    said |= {now[name] for card in cards for now in card["now"] for name in ("lead", "text", "rest") if name in now}
    assert any(SAID.search(text) for text in said)
    assert sorted(text for text in said if _left(text)) == []


def test_the_preview_says_no_other_word(reading: Reading) -> None:
    """The pages that `serve` shows beside them; the problems themselves are told in English."""
    problem = Problem("á.md", 1, "whát ís wróng", "whát tó dó")
    half = HalfPage("plán", "2006", "á.md", "Thé téxt", "<p>Thé téxt</p>", (problem,))
    with speaking(reading.catalogues[0]):
        made = list(preview_pages((half,), (problem,)))
    assert len(made) == 2
    assert [text for page in made for text in _unsaid(lxml.html.fromstring(page.html))] == []
    assert [page.title for page in made if _left(page.title)] == []


def test_no_committee_report_says_another_word(reading: Reading) -> None:
    """The report on each edition speaks the body's main language, its blanks too."""
    assert reading.library is not None
    library = reading.library.without_drafts()
    with speaking(reading.catalogues[0]):
        papers = [paper_markdown(committee_paper(library, p, e)) for p in library.plans for e in p.editions]
    lines = {line for paper in papers for line in paper.split("\n")}
    paths = re.compile(r"(?<!\w)/?(?:[\w-]+/)+[\w.-]*")
    assert sorted(line for line in lines if _left(line, HEADS, paths)) == []


HOUSE = ROOT / "mkdocs_plugins" / "plan_archive"
SCRIPTS = sorted((HOUSE / "pages" / "assets").glob("*.js"))
READABLE = re.compile(r"^.[A-Z][a-z]|[A-Za-z]{2,}[,:.?]? [a-z]|^. [a-z]|[a-z:] .$")
"""A string of a script that is there to be read: it begins like a sentence, or has words side by side."""
NO_WORDS = re.compile(r".(?:\w+ ){8,}\w* ?.|.(?:pa-[\w-]+ ?)+(?:\$\{.*)?|.[\w,. ]*[.\[:].*[\])\w].|. \\u203a .")
"""Lists of words that are compared and never shown; classes; selectors."""


@pytest.mark.parametrize("script", SCRIPTS, ids=[script.name for script in SCRIPTS])
def test_every_word_of_a_script_is_gathered(script: Path) -> None:
    """Its strings for readers are said by `tr` and `trMany`, and the catalogue's tool finds each of them."""
    text = script.read_text(encoding="utf-8")
    before: list[str] = []
    loose = []
    for token in tokenize(text):
        if token.type in ("string", "template_string") and not {"tr", "trMany"} & set(before[-4:]):
            loose += [token.value] if READABLE.search(token.value) and not NO_WORDS.fullmatch(token.value) else []
        if "comment" not in token.type:
            before.append(token.value)
    assert loose == []
    gathered = list(extract("javascript", BytesIO(text.encode()), {"tr": None, "trMany": (1, 2)}))
    assert len(gathered) == len(re.findall(r"\b(?:tr|trMany)\((?!text)", text))


TEMPLATES = sorted((HOUSE / "pages" / "templates").rglob("*.html"))
ENGLISH = {"report.html"}
"""What a command answers is English."""
UNREAD = re.compile(r"<(style|script|code|pre)\b.*?</\1>|<!--.*?-->|&\w+;", re.DOTALL)


@pytest.mark.parametrize("template", TEMPLATES, ids=[file.name for file in TEMPLATES])
def test_every_word_of_a_template_is_gathered(template: Path) -> None:
    """Also of what no archive here makes it say: no letter stands between its tags, nor in a label."""
    environment = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    data = (node.data for node in environment.parse(template.read_text(encoding="utf-8")).find_all(nodes.TemplateData))
    html = UNREAD.sub(" ", "\0".join(data))
    labels = re.findall(rf'\b(?:{"|".join(SPOKEN)})="([^"]*)"', html)
    text = " ".join((*labels, re.sub(r"<[^>]*>", " ", html)))
    words = re.findall(r"[A-Za-z].*", NEITHER["files and folders"].sub(" ", text))
    assert words == [] or template.name in ENGLISH


SAYING = {"tr", "tr_later", "tr_many", "tr_as"}


def _asked(source: Path) -> Iterator[tuple[str | None, ...]]:
    """What a module asks the catalogue for, as its context and its words; nothing where a variable names it."""
    for call in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SAYING:
            words = [word.value for word in call.args[:2] if isinstance(word, ast.Constant)]
            assert not isinstance(call.args[0], (ast.JoinedStr, ast.BinOp)), f"{source}:{call.lineno}: no literal"
            if words:
                yield tuple(words) if call.func.id == "tr_as" else (None, *words)


def test_every_message_of_the_code_is_in_the_template() -> None:
    """The tool that gathers them does not look inside a string with values: nothing is lost there."""
    template = read_po(BytesIO(POT.read_bytes()))
    known = {(m.context, *([m.id] if isinstance(m.id, str) else m.id)) for m in template if m.id}
    known |= {words[:2] for words in known}
    sources = [source for source in HOUSE.rglob("*.py") if source.name != "language.py"]
    asked = {(source.name, *words) for source in sources for words in _asked(source)}
    assert len(asked) > 800
    assert sorted(words for words in asked if words[1:] not in known) == []
