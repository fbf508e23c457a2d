"""The MkDocs edge: the site's pages handed to the engine. The only module that imports mkdocs."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from copy import copy
from datetime import UTC, date, datetime
from importlib.resources import files as package_files
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from mkdocs.config import base
from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, get_files
from mkdocs.structure.pages import Page as EnginePage
from mkdocs.structure.toc import get_toc

from . import pages
from .errors import GitError
from .insight.findings import check_insight
from .intake import Reading, help_problems, read_library
from .intake.dialect import EXTENSIONS, SETTINGS
from .language import ENGLISH, Catalogue, speak, speaking
from .model import Library
from .pages.drawing import speak as speak_in
from .pages.frame import Frame, frame
from .pages.places import MAIN, Place
from .pages.text import help_text
from .pages.theme import without_switches
from .record import Record, history_faults, read_record, record_problems
from .record.git import head
from .search import search_files, spoken_search
from .trace import check_destinations

log = logging.getLogger("mkdocs.plugins.plan-archive")
STYLE = "assets/plan-archive.css"
SEARCH_SCRIPTS = ("search.js", "search-words.js", "search-find.js", "search-show.js", "suggest.js", "mark.js")
SCRIPTS = (
    "as-at.js",
    "compare.js",
    "contents.js",
    "where.js",
    "audit.js",
    "root.js",
    "cite.js",
    "lost.js",
    *SEARCH_SCRIPTS,
)
ICONS = {"favicon.ico": "favicon.ico", "icon.svg": "assets/icon.svg", "icon-180.png": "assets/icon-180.png"}


class Options(base.Config):  # type: ignore[no-untyped-call]  # MkDocs is only partly typed
    """The plugin's options in mkdocs.yml."""

    root = options.Type(str, default=".")
    """The archive's folder, from mkdocs.yml; it holds `plans/` and `archive/`."""


class PlanArchivePlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]  # the same
    """Publish the plans of `plans/` and `archive/` at their permanent addresses."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Note whether this is a preview, which shows drafts and problems."""
        self.preview = command == "serve"
        self.index: list[pages.SiteFile] = []

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Set the one dialect, the templates and the style."""
        theme = package_files("plan_archive.pages") / "templates" / "theme"
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(theme))
        config.extra_css = [*config.extra_css, STYLE] if STYLE not in config.extra_css else config.extra_css
        config.theme.static_templates -= {"sitemap.xml"}  # the engine's own says the build's day of every page
        config.markdown_extensions = ["toc", "tables", *EXTENSIONS]
        config.mdx_configs = {**SETTINGS, "tables": {"use_align_attribute": True}}
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read and check everything before the engine clears its output; a fault stops a public build."""
        self.root = (Path(config.config_file_path).parent / self.config.root).resolve()
        self.reading = _read(self.root, Path(config.docs_dir))
        if not self.preview and (self.reading.errors or self.reading.library is None):
            for problem in self.reading.errors:
                log.error(str(problem))
            raise Abort(f"Plan archive: problems: {len(self.reading.errors)}; nothing was written.")
        faults = [] if self.preview else history_faults(self.root)
        if faults:
            for fault in faults:
                log.error(f"{fault.where}: {fault.what}")
            raise Abort("Plan archive: the site would tell another history; nothing was written.")
        there = _help_pages(config)
        cache = self.root / ".cache" / "plan-archive"
        problems = len(self.reading.errors)
        try:
            commit = head(self.root)
            # An altered log stops a public build above; the preview goes on without it and shows the problem.
            record = Record(commit=commit) if problems else read_record(self.root, commit, config.site_url or "")
        except GitError as error:
            if not self.preview:
                raise Abort(f"Plan archive: {error}; nothing was written.") from error
            log.warning(str(error))
            commit, record = None, Record()
        main, *others = self.reading.catalogues or (ENGLISH,)
        with speaking(main):
            made, self.files, spoken = _made(
                self.reading, others, there, cache, record, self.index, preview=self.preview
            )
        self.made = {f"{page.address}index.md": page for page in made}
        every = there | {page.address for page in made}
        self.languages = pages.in_other_words(every, main.language, [each.language for each in spoken])

        def framed(catalogue: Catalogue, library: Library | None, place: Place) -> tuple[Catalogue, Frame]:
            own = there if place is MAIN else place.own
            with speaking(catalogue):
                made = frame(
                    library,
                    commit,
                    _today(),
                    problems,
                    own,
                    preview=self.preview,
                    root=record.root,
                    there=every,
                    place=place,
                )
            return catalogue, made

        self.main = main.language
        self.frames = {self.main: framed(main, self.reading.library, MAIN)}
        self.frames |= {each.language: framed(each.catalogue, each.library, each.place) for each in spoken}
        self.dyed = {e.language: (e.dyed, framed(e.dyed.catalogue, e.dyed.library, e.place)[1]) for e in spoken}

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add every page and file that is made from the library; archive pages stay out of the navigation."""
        assets = package_files("plan_archive.pages") / "assets"
        made = [File.generated(config, name, content="") for name in self.made]
        made += [File.generated(config, f.address, content=f.content) for f in self.files]
        made += [File.generated(config, f"assets/{name}", content=(assets / name).read_bytes()) for name in SCRIPTS]
        made.append(File.generated(config, STYLE, content=_style()))
        made += [
            File.generated(config, place, content=(assets / name).read_bytes())
            for name, place in ICONS.items()
            if files.get_file_from_path(place) is None  # the body's own, from its help pages
        ]
        for file in made:
            files.append(file)
        return files

    @event_priority(100)  # before any plugin that changes content: it sees the page, not the empty source
    def on_page_content(self, html: str, *, page: EnginePage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Put the checked HTML in the page's place: the engine never renders an edition."""
        made = self.made.get(page.file.src_uri)
        if made is None:
            page.meta["file"] = self._help_file(Path(config.docs_dir) / page.file.src_uri)
            return help_text(html, str(page.title), page.url)
        page.meta = _meta(made) | {"language": made.language or self.main}
        if made.stands_for is not None and page.canonical_url:
            page.canonical_url = pages.whole_address(config.site_url or "", made.stands_for)
        page.toc = get_toc([{"level": 1, "id": "content", "name": "Content", "children": []}])
        page.present_anchor_ids = {line.id for line in made.contents} | {"content"}
        return made.html

    def _help_file(self, file: Path) -> str:
        """Where a help page's file can be changed on the web, or ""."""
        library, place = self.reading.library, file.resolve()
        if library is None or not place.is_relative_to(self.root):
            return ""
        return pages.file_address(library.authority, place.relative_to(self.root).as_posix())

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:  # noqa: ARG002
        """Give the templates what stands in every page's frame."""
        env.add_extension("jinja2.ext.i18n")
        speak_in(env)
        catalogue, env.globals["archive"] = self.frames[self.main]
        speak(catalogue)
        env.globals["language_name"] = pages.name_of
        self.template = env.get_template("main.html")
        return env

    def on_page_context(self, context: Any, *, page: EnginePage, config: MkDocsConfig, nav: Any) -> Any:  # noqa: ARG002
        """Draw the page's frame in the language of the page; a help page below `cy/` is one in Welsh."""
        language = self._language_of(page)
        catalogue, context["archive"] = self.frames[language]
        speak(catalogue)
        here = dict(self.languages.get("" if page.is_homepage else page.url, ()))
        context["languages"] = [
            (code, here.get(code, other.at("")), code in here)
            for code, (_, other) in self.frames.items()
            if code != language
        ]
        self.context = context
        return context

    def _language_of(self, page: EnginePage) -> str:
        first = page.url.partition("/")[0]
        return page.meta.get("language") or (first if first in self.frames else self.main)

    def on_post_page(self, output: str, *, page: EnginePage, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Take out of a page what this site has no use for, and mark the parts that are in another language."""
        language = self._language_of(page)
        if language not in self.dyed:
            return without_switches(output)
        marked = pages.with_languages(output, self._dyed(page, language), language, self.main)
        return without_switches(pages.with_link_languages(marked, page.url, language, tuple(self.frames)))

    def _dyed(self, page: EnginePage, language: str) -> str:
        """The page that was just drawn, drawn with dyed words."""
        dyed, frame_ = self.dyed[language]
        again = copy(page)
        if page.url in dyed.pages:
            made = dyed.pages[page.url]
            again.content, again.meta = made.html, {**page.meta, **_meta(made)}
        with speaking(dyed.catalogue):
            return str(self.template.render({**self.context, "page": again, "archive": frame_}))

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002
        """The same for the page that says that there is no page."""
        return without_switches(output_content)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:  # noqa: ARG002
        """Watch the plans as well as the help pages."""
        for folder in ("plans", "archive"):
            if (self.root / folder).is_dir():
                server.watch(str(self.root / folder))
        return server


def _meta(made: pages.Page) -> dict[str, Any]:
    """What the frame of a page says of it."""
    return {
        "title": made.title,
        "description": made.description,
        "made": True,
        "contents": made.contents,
        "trail": made.trail,
        "script": made.script,
        "linked_data": made.linked_data,
        "print_style": made.print_style,
        "scripts": made.more_scripts,
    }


def _style() -> bytes:
    """The one stylesheet: its parts in the order of their names."""
    parts = (package_files("plan_archive.pages") / "assets" / "styles").iterdir()
    return b"\n".join(part.read_bytes() for part in sorted(parts, key=lambda part: part.name))


def _today() -> date:
    """The build's day: the commit's, as the command line sets it, or else today."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    when = datetime.fromtimestamp(int(given), UTC) if given.isdigit() else datetime.now(UTC)
    return when.date()


def _read(root: Path, docs: Path) -> Reading:
    reading = read_library(root, _today())
    if reading.library is not None:
        found = check_destinations(reading.library, reading.half), check_insight(reading.library, reading.half)
        reading = reading.with_problems(chain(*found))
    return reading.with_problems([*help_problems(root, docs), *record_problems(root)])


def _help_pages(config: MkDocsConfig) -> frozenset[str]:
    """The addresses of the help pages that the engine will publish."""
    return frozenset(file.url for file in get_files(config).documentation_pages())


def _made(
    reading: Reading,
    others: Sequence[Catalogue],
    help_pages: frozenset[str],
    cache: Path,
    record: Record,
    index: list[pages.SiteFile],
    *,
    preview: bool,
) -> tuple[list[pages.Page], list[pages.SiteFile], list[pages.Spoken]]:
    """Every page and file of the site; in the preview with drafts, and with the texts that have problems.

    The search's `index` is filled once: a preview that follows an editor must not wait for it at every word.
    """
    made: list[pages.Page] = []
    files: list[pages.SiteFile] = []
    spoken: list[pages.Spoken] = []
    if reading.library is not None:
        library = reading.library if preview else reading.library.without_drafts()
        pairs = pages.compared_pairs(library)
        tracing = pages.tracing(library)
        made += pages.pages(library, pairs, tracing, help_pages, record)
        files += pages.files(library, pairs, record)
        with speaking(ENGLISH):
            files += pages.data_files(library, pairs, tracing, record)
        made.append(pages.data_page(library, files, help_pages, record.address))
        spoken = [pages.spoken_pages(library, catalogue, pairs, tracing, help_pages, record) for catalogue in others]
        files += [pages.script_words(each) for each in reading.catalogues if each.language != "en"]
        for each in spoken:
            made += each.pages
            files += pages.spoken_files(each)
        files += pages.engine_files(library, made, help_pages, record.address)
        if not index:
            index += search_files(library, pairs, tracing, cache, preview=preview)
            index += chain(*(spoken_search(each, tracing, cache, preview=preview) for each in spoken))
        files += index
    if preview:
        halves = tuple(
            pages.HalfPage(e.plan, e.id, e.half.file, e.half.source, e.half.html, e.problems) for e in reading.half_read
        )
        made += pages.preview_pages(halves, reading.problems)
    return made, files, spoken
