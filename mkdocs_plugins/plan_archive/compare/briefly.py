"""The same sentences without their Refs and figures, for where there is little room.

They are sentences of their own: where a list stands in a sentence, and what is left without it, is each language's own.
"""

from __future__ import annotations

from ..language import tr_many
from .sentences import Say

UNEXPLAINED: dict[str, Say] = {
    "made_easier": lambda n, **v: tr_many(
        "{number} target was made easier with no reason given.",
        "{number} targets were made easier with no reason given.",
        n,
        **v,
    ),
    "direction_unknown": lambda n, **v: tr_many(
        "{number} target was changed with no reason given, and the table does not tell whether it is easier or harder.",
        "{number} targets were changed with no reason given, and the table does not tell whether they are easier or"
        " harder.",
        n,
        **v,
    ),
    "baseline_changed": lambda n, **v: tr_many(
        "{number} baseline was changed with no reason given.",
        "{number} baselines were changed with no reason given.",
        n,
        **v,
    ),
    "better": lambda n, **v: tr_many(
        "{number} measure had its better direction changed with no reason given.",
        "{number} measures had their better direction changed with no reason given.",
        n,
        **v,
    ),
    "unit_changed": lambda n, **v: tr_many(
        "{number} unit was changed with no reason given.",
        "{number} units were changed with no reason given.",
        n,
        **v,
    ),
    "definition_changed": lambda n, **v: tr_many(
        "{number} measure was worded differently with no reason given.",
        "{number} measures were worded differently with no reason given.",
        n,
        **v,
    ),
    "past_actual_changed": lambda n, **v: tr_many(
        "{number} result of an earlier year was changed with no reason given.",
        "{number} results of earlier years were changed with no reason given.",
        n,
        **v,
    ),
    "dropped": lambda n, **v: tr_many(
        "{number} measure was dropped with no reason given.",
        "{number} measures were dropped with no reason given.",
        n,
        **v,
    ),
    "row dropped": lambda n, **v: tr_many(
        "{number} numbered row was dropped with no reason given.",
        "{number} numbered rows were dropped with no reason given.",
        n,
        **v,
    ),
    "action dropped": lambda n, **v: tr_many(
        "{number} action was dropped with no reason given.",
        "{number} actions were dropped with no reason given.",
        n,
        **v,
    ),
}
"""Changes that have no reason."""

BRIEFLY: dict[str, Say] = {
    "made_easier": lambda n, **v: tr_many(
        "{number} target was made easier.", "{number} targets were made easier.", n, **v
    ),
    "direction_unknown": lambda n, **v: tr_many(
        "{number} target was changed.", "{number} targets were changed.", n, **v
    ),
    "baseline_changed": lambda n, **v: tr_many(
        "{number} baseline was changed.", "{number} baselines were changed.", n, **v
    ),
    "better": lambda n, **v: tr_many(
        "{number} measure had its better direction changed.",
        "{number} measures had their better direction changed.",
        n,
        **v,
    ),
    "unit_changed": lambda n, **v: tr_many("{number} unit was changed.", "{number} units were changed.", n, **v),
    "definition_changed": lambda n, **v: tr_many(
        "{number} measure was worded differently.", "{number} measures were worded differently.", n, **v
    ),
    "past_actual_changed": lambda n, **v: tr_many(
        "{number} result of an earlier year was changed.", "{number} results of earlier years were changed.", n, **v
    ),
    "dropped": lambda n, **v: tr_many("{number} measure was dropped.", "{number} measures were dropped.", n, **v),
    "row dropped": lambda n, **v: tr_many(
        "{number} numbered row was dropped.", "{number} numbered rows were dropped.", n, **v
    ),
    "action dropped": lambda n, **v: tr_many("{number} action was dropped.", "{number} actions were dropped.", n, **v),
    "row ended": lambda n, **v: tr_many(
        "{number} numbered row has ended.", "{number} numbered rows have ended.", n, **v
    ),
    "action ended": lambda n, **v: tr_many("{number} action has ended.", "{number} actions have ended.", n, **v),
    "made_harder": lambda n, **v: tr_many(
        "{number} target was made harder.", "{number} targets were made harder.", n, **v
    ),
    "set": lambda n, **v: tr_many(
        "{number} target was set where there was none.", "{number} targets were set where there were none.", n, **v
    ),
    "added": lambda n, **v: tr_many("{number} measure was added.", "{number} measures were added.", n, **v),
    "row added": lambda n, **v: tr_many(
        "{number} numbered row was added.", "{number} numbered rows were added.", n, **v
    ),
    "action added": lambda n, **v: tr_many("{number} action was added.", "{number} actions were added.", n, **v),
}
"""Changes that have a reason, or need none."""
