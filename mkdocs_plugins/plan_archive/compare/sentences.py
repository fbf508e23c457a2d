"""The sentences in which a comparison is told, each whole, for one thing and for several.

`{number}` is the count in words, which begins the sentence; a translation may take `{count}`, the count in digits.
"""

from __future__ import annotations

from collections.abc import Callable

from ..language import tr_many

Say = Callable[..., str]
"""A sentence: given the count and what else stands in its places."""

FIGURES: dict[str, Say] = {
    "made_easier": lambda n, **v: tr_many(
        "{number} target was made easier with no reason given: {figures}.",
        "{number} targets were made easier with no reason given: {figures}.",
        n,
        **v,
    ),
    "direction_unknown": lambda n, **v: tr_many(
        "{number} target was changed with no reason given, and the table does not tell whether it is easier or harder:"
        " {figures}.",
        "{number} targets were changed with no reason given, and the table does not tell whether they are easier or"
        " harder: {figures}.",
        n,
        **v,
    ),
    "baseline_changed": lambda n, **v: tr_many(
        "{number} baseline was changed with no reason given: {figures}.",
        "{number} baselines were changed with no reason given: {figures}.",
        n,
        **v,
    ),
    "better": lambda n, **v: tr_many(
        "{number} measure had its better direction changed with no reason given: {figures}.",
        "{number} measures had their better direction changed with no reason given: {figures}.",
        n,
        **v,
    ),
    "unit_changed": lambda n, **v: tr_many(
        "{number} unit was changed with no reason given: {figures}.",
        "{number} units were changed with no reason given: {figures}.",
        n,
        **v,
    ),
    "past_actual_changed": lambda n, **v: tr_many(
        "{number} result of an earlier year was changed with no reason given: {figures}.",
        "{number} results of earlier years were changed with no reason given: {figures}.",
        n,
        **v,
    ),
    "dropped": lambda n, **v: tr_many(
        "{number} measure was dropped with no reason given: {figures}.",
        "{number} measures were dropped with no reason given: {figures}.",
        n,
        **v,
    ),
}
"""Changes to measures that have no reason, with their figures; what is worded differently has none."""

REFS: dict[str, Say] = {
    "made_easier": lambda n, **v: tr_many(
        "{number} target was made easier with no reason given ({refs}).",
        "{number} targets were made easier with no reason given ({refs}).",
        n,
        **v,
    ),
    "direction_unknown": lambda n, **v: tr_many(
        "{number} target was changed with no reason given, and the table does not tell whether it is easier or harder"
        " ({refs}).",
        "{number} targets were changed with no reason given, and the table does not tell whether they are easier or"
        " harder ({refs}).",
        n,
        **v,
    ),
    "baseline_changed": lambda n, **v: tr_many(
        "{number} baseline was changed with no reason given ({refs}).",
        "{number} baselines were changed with no reason given ({refs}).",
        n,
        **v,
    ),
    "better": lambda n, **v: tr_many(
        "{number} measure had its better direction changed with no reason given ({refs}).",
        "{number} measures had their better direction changed with no reason given ({refs}).",
        n,
        **v,
    ),
    "unit_changed": lambda n, **v: tr_many(
        "{number} unit was changed with no reason given ({refs}).",
        "{number} units were changed with no reason given ({refs}).",
        n,
        **v,
    ),
    "definition_changed": lambda n, **v: tr_many(
        "{number} measure was worded differently with no reason given ({refs}).",
        "{number} measures were worded differently with no reason given ({refs}).",
        n,
        **v,
    ),
    "past_actual_changed": lambda n, **v: tr_many(
        "{number} result of an earlier year was changed with no reason given ({refs}).",
        "{number} results of earlier years were changed with no reason given ({refs}).",
        n,
        **v,
    ),
    "dropped": lambda n, **v: tr_many(
        "{number} measure was dropped with no reason given ({refs}).",
        "{number} measures were dropped with no reason given ({refs}).",
        n,
        **v,
    ),
    "row dropped": lambda n, **v: tr_many(
        "{number} numbered row was dropped with no reason given ({refs}).",
        "{number} numbered rows were dropped with no reason given ({refs}).",
        n,
        **v,
    ),
    "action dropped": lambda n, **v: tr_many(
        "{number} action was dropped with no reason given ({refs}).",
        "{number} actions were dropped with no reason given ({refs}).",
        n,
        **v,
    ),
}
"""Changes that have no reason, by Ref alone."""

EXPLAINED: dict[str, Say] = {
    "made_easier": lambda n, **v: tr_many(
        "{number} target was made easier ({refs}), with a reason given.",
        "{number} targets were made easier ({refs}), with a reason given.",
        n,
        **v,
    ),
    "direction_unknown": lambda n, **v: tr_many(
        "{number} target was changed ({refs}), with a reason given; the table does not tell whether it is easier or"
        " harder.",
        "{number} targets were changed ({refs}), with a reason given; the table does not tell whether they are easier"
        " or harder.",
        n,
        **v,
    ),
    "baseline_changed": lambda n, **v: tr_many(
        "{number} baseline was changed ({refs}), with a reason given.",
        "{number} baselines were changed ({refs}), with a reason given.",
        n,
        **v,
    ),
    "better": lambda n, **v: tr_many(
        "{number} measure had its better direction changed ({refs}), with a reason given.",
        "{number} measures had their better direction changed ({refs}), with a reason given.",
        n,
        **v,
    ),
    "unit_changed": lambda n, **v: tr_many(
        "{number} unit was changed ({refs}), with a reason given.",
        "{number} units were changed ({refs}), with a reason given.",
        n,
        **v,
    ),
    "definition_changed": lambda n, **v: tr_many(
        "{number} measure was worded differently ({refs}), with a reason given.",
        "{number} measures were worded differently ({refs}), with a reason given.",
        n,
        **v,
    ),
    "past_actual_changed": lambda n, **v: tr_many(
        "{number} result of an earlier year was changed ({refs}), with a reason given.",
        "{number} results of earlier years were changed ({refs}), with a reason given.",
        n,
        **v,
    ),
    "dropped": lambda n, **v: tr_many(
        "{number} measure was dropped ({refs}), with a reason given.",
        "{number} measures were dropped ({refs}), with a reason given.",
        n,
        **v,
    ),
    "row dropped": lambda n, **v: tr_many(
        "{number} numbered row was dropped ({refs}), with a reason given.",
        "{number} numbered rows were dropped ({refs}), with a reason given.",
        n,
        **v,
    ),
    "action dropped": lambda n, **v: tr_many(
        "{number} action was dropped ({refs}), with a reason given.",
        "{number} actions were dropped ({refs}), with a reason given.",
        n,
        **v,
    ),
    "row ended": lambda n, **v: tr_many(
        "{number} numbered row has ended ({refs}), with a reason given.",
        "{number} numbered rows have ended ({refs}), with a reason given.",
        n,
        **v,
    ),
    "action ended": lambda n, **v: tr_many(
        "{number} action has ended ({refs}), with a reason given.",
        "{number} actions have ended ({refs}), with a reason given.",
        n,
        **v,
    ),
}
"""Changes that have a reason. What ended was done or goes on elsewhere, as the edition says; what was dropped, not."""

GAINS: dict[str, Say] = {
    "made_harder": lambda n, **v: tr_many(
        "{number} target was made harder ({refs}).", "{number} targets were made harder ({refs}).", n, **v
    ),
    "set": lambda n, **v: tr_many(
        "{number} target was set where there was none ({refs}).",
        "{number} targets were set where there were none ({refs}).",
        n,
        **v,
    ),
    "added": lambda n, **v: tr_many(
        "{number} measure was added ({refs}).", "{number} measures were added ({refs}).", n, **v
    ),
    "actual_added": lambda n, **v: tr_many("{number} result was reported.", "{number} results were reported.", n, **v),
    "row added": lambda n, **v: tr_many(
        "{number} numbered row was added ({refs}).", "{number} numbered rows were added ({refs}).", n, **v
    ),
    "action added": lambda n, **v: tr_many(
        "{number} action was added ({refs}).", "{number} actions were added ({refs}).", n, **v
    ),
}
"""What asks more of the council than before, or tells more: no reason is asked for it."""

FIRST: dict[str, Say] = {
    "changed": lambda n, **v: tr_many("{number} section changed", "{number} sections changed", n, **v),
    "moved": lambda n, **v: tr_many("{number} section moved", "{number} sections moved", n, **v),
    "split": lambda n, **v: tr_many("{number} section split", "{number} sections split", n, **v),
    "merged": lambda n, **v: tr_many("{number} section merged", "{number} sections merged", n, **v),
    "retitled": lambda n, **v: tr_many("{number} section retitled", "{number} sections retitled", n, **v),
    "renumbered": lambda n, **v: tr_many("{number} section renumbered", "{number} sections renumbered", n, **v),
    "added": lambda n, **v: tr_many("{number} section new", "{number} sections new", n, **v),
    "removed": lambda n, **v: tr_many("{number} section ended", "{number} sections ended", n, **v),
}
"""How many sections became what: the first of a row of these, which begins a sentence."""

THEN: dict[str, Say] = {
    # TRANSLATORS: of sections, as in "Three sections changed, two moved and one ended."
    "changed": lambda n, **v: tr_many("{number} changed", "{number} changed", n, **v),
    # TRANSLATORS: of sections, as in "Three sections changed, two moved and one ended."
    "moved": lambda n, **v: tr_many("{number} moved", "{number} moved", n, **v),
    # TRANSLATORS: of sections, as in "Three sections changed, two moved and one ended."
    "split": lambda n, **v: tr_many("{number} split", "{number} split", n, **v),
    # TRANSLATORS: of sections, as in "Three sections changed, two moved and one ended."
    "merged": lambda n, **v: tr_many("{number} merged", "{number} merged", n, **v),
    # TRANSLATORS: of sections, as in "Three sections changed, two moved and one ended."
    "retitled": lambda n, **v: tr_many("{number} retitled", "{number} retitled", n, **v),
    # TRANSLATORS: of sections, as in "Three sections changed, two moved and one ended."
    "renumbered": lambda n, **v: tr_many("{number} renumbered", "{number} renumbered", n, **v),
    # TRANSLATORS: of sections, as in "Three sections changed, two moved and one ended."
    "added": lambda n, **v: tr_many("{number} new", "{number} new", n, **v),
    # TRANSLATORS: of sections, as in "Three sections changed, two moved and one ended."
    "removed": lambda n, **v: tr_many("{number} ended", "{number} ended", n, **v),
}
"""Those that follow."""
