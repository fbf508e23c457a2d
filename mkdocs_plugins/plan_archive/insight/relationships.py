"""Who plans with whom, counted over recorded relationships: totals, averages, partners, and who has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ..facts import Relationship, Term
from ..language import tr_later
from .names import users_in

NO_STRUCTURE = tr_later("No structure named")


@dataclass(frozen=True)
class Counted:
    """How often one name stands in the relationships."""

    name: str
    relationships: int
    authorities: int
    """In how many authorities."""
    groups: int
    """For how many needs groups."""


@dataclass(frozen=True)
class Relations:
    """What recorded relationships say, counted."""

    total: int
    authorities: tuple[str, ...]
    groups: tuple[str, ...]
    """Keys of the register of needs groups, those with none too."""
    partners: tuple[Counted, ...]
    """Those named most first."""
    structures: tuple[Counted, ...]
    by_group: Mapping[str, int]
    """Relationships for each needs group."""
    by_authority: Mapping[str, int]
    """Relationships of each authority."""
    meeting: Mapping[tuple[str, str], int]
    """Relationships for each needs group with each partner."""
    none: tuple[tuple[str, str], ...]
    """Authorities with no partner for a needs group."""
    users: int
    """Relationships with children, young people, parents or families themselves."""

    @property
    def per_authority(self) -> Decimal:
        """Relationships of an authority, on average, to one decimal."""
        return _mean(self.total, len(self.authorities))

    @property
    def per_authority_and_group(self) -> Decimal:
        """Relationships of an authority for a needs group, on average, to one decimal."""
        return _mean(self.total, len(self.authorities) * len(self.groups))


def relations(rows: Iterable[Relationship], needs_groups: Mapping[str, Term]) -> Relations:
    """Count relationships; a partner's or structure's name is one however its capitals are written."""
    held = tuple(rows)
    authorities = tuple(sorted({row.authority for row in held}, key=str.casefold))
    groups = tuple(dict.fromkeys((*needs_groups, *(row.needs_group for row in held))))
    by_pair = Counter((row.authority, row.needs_group) for row in held)
    first: dict[str, str] = {}
    for row in held:
        first.setdefault(row.partner.casefold(), row.partner)
    met = Counter((row.needs_group, first[row.partner.casefold()]) for row in held)
    return Relations(
        total=len(held),
        authorities=authorities,
        groups=groups,
        partners=_counted((row.partner, row) for row in held),
        structures=_counted((row.structure or NO_STRUCTURE, row) for row in held),
        by_group={group: sum(by_pair[name, group] for name in authorities) for group in groups},
        by_authority={name: sum(by_pair[name, group] for group in groups) for name in authorities},
        meeting=dict(met),
        none=tuple((name, group) for name in authorities for group in groups if not by_pair[name, group]),
        users=sum(1 for row in held if users_in(row.partner)),
    )


def _counted(named: Iterable[tuple[str, Relationship]]) -> tuple[Counted, ...]:
    written: dict[str, str] = {}
    times: Counter[str] = Counter()
    authorities: dict[str, set[str]] = {}
    groups: dict[str, set[str]] = {}
    for name, row in named:
        key = name.casefold()
        written.setdefault(key, name)
        times[key] += 1
        authorities.setdefault(key, set()).add(row.authority)
        groups.setdefault(key, set()).add(row.needs_group)
    order = sorted(times, key=lambda key: (-times[key], key))
    return tuple(Counted(written[key], times[key], len(authorities[key]), len(groups[key])) for key in order)


def _mean(total: int, among: int) -> Decimal:
    if not among:
        return Decimal("0.0")
    return (Decimal(total) / among).quantize(Decimal("0.1"), ROUND_HALF_UP)
