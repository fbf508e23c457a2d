"""Drawing a page's middle from its template; everything that is not our own markup is escaped."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup

from .. import language
from ..status import Status
from . import sentences
from .places import lead
from .text import beside_figures


def template(name: str) -> jinja2.Template:
    """One of the templates that draw a page's middle, or a page that stands alone."""
    return _templates().get_template(name)


def _unlinked(html: str) -> Markup:
    """Our own markup without its links, for a page that must lead nowhere."""
    return Markup(re.sub(r"</?a\b[^>]*>", "", html))  # noqa: S704  escaped where it was made


def speak(environment: jinja2.Environment) -> None:
    """Let templates say their words in the language that is spoken: `_("...")` and `trans` blocks."""
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # of the extension
        language.gettext,
        language.ngettext,
        newstyle=True,
        pgettext=language.pgettext,
        npgettext=language.npgettext,
    )


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("plan_archive.pages", "templates/pages"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    speak(environment)
    environment.filters |= {
        "day": language.say_day,
        "figure": language.say_figure,
        "when": sentences.say_when,
        "decision": sentences.say_decision,
        "name": sentences.say_name,
        "unlinked": _unlinked,
    }
    environment.globals |= {"Status": Status, "label": sentences.status_label, "SHAPES": sentences.SHAPES}
    environment.globals["side"] = beside_figures
    environment.globals["spoken"] = language.spoken
    return environment


def draw(name: str, here: str, **values: Any) -> str:
    """The middle of the page at `here`; `link` in a template leads from there to an address of the site."""

    def link(there: str) -> str:
        return lead(here, there)

    return _templates().get_template(name).render(link=link, here=here, **values)
