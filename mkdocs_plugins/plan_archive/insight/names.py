"""The names by which texts call what stands in a register: by its key, its title or another name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from ..facts import Partner, Term
from .tables import key_of, nobody

Users = Literal["children", "parents"]
"""Those whom plans are for: children and young people, and their parents and families."""

_CHILDREN = r"child|children|young people|young person|pupils?|care leavers?|youth (?:assembly|council|parliament)"
_PARENTS = r"parents?|carers?|famil(?:y|ies)|mothers?|fathers?"
_USERS = re.compile(rf"\b(?:(?P<children>{_CHILDREN})|(?P<parents>{_PARENTS}))\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:organisations?|groups|staff|teachers?|unions?|agenc(?:y|ies)|services?|workers?|officers?|board|committee"
    r"|partnerships?|safeguarding|foster|charit(?:y|ies)|panel|court|courts|for|governors?|school|schools|trusts?)\b",
    re.IGNORECASE,
)
"""Words of those who work with users: where one stands before a word for users, it is not about users themselves."""
_BODIES = re.compile(
    r"^'?s?'? (?:services?|trusts?|fund|social|strategy|centres?|department|doctors?|courts?|support|governors?|homes?"
    r"|charit(?:y|ies)|safeguarding)\b",
    re.IGNORECASE,
)
"""What follows a word for users where the whole is the name of a body, such as a children's trust."""


def names_of(rows: Mapping[str, Partner] | Mapping[str, Term]) -> dict[str, str]:
    """The key of each name by which the rows of a register go; keys before titles before other names."""
    found: dict[str, str] = {}
    for key in rows:
        found.setdefault(key_of(key), key)
    for key, row in rows.items():
        found.setdefault(key_of(row.title), key)
    for key, row in rows.items():
        for name in row.also:
            found.setdefault(key_of(name), key)
    return found


def users_in(words: str) -> tuple[Users, ...]:
    """Which users a name stands for: "Disabled pupils and their parents" for both, "Schools" for none."""
    kinds: set[Users] = set()
    for phrase in re.split(r",|;|:|\band\b", words):
        found = _USERS.search(phrase)
        if found is None or _OTHERS.search(phrase[: found.start()]) or _BODIES.match(phrase[found.end() :]):
            continue
        kinds.add("children" if found["children"] else "parents")
    return tuple(sorted(kinds))


def was_asked(how: str, when: str) -> bool:
    """Whether a line about consultation says that someone was asked: "None were asked" is an answer too."""
    return not (nobody(when) or re.match(r"(?:none|nobody|no one|not)\b", how.strip(), re.IGNORECASE))
