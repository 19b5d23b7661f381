"""Names that a protocol or a site offers where other text is allowed: centres, countries, drugs, common reasons.

A name of the list is kept as the list has it, however it was typed. Another one is asked about, with the one that was
probably meant; of the reasons, which are free, only what is nearly one of them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.domain.calendar.entries import Entry
from app.domain.facts.kind import Field, Json, Kind, OptionSource
from app.domain.folding import folded, known_identifier, nearest_identifier
from app.domain.protocol.regimens import Regimen
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Doubted, joined

_MISSPELT = 0.85
"""How much of a free reason must agree with a common one for it to be that one, typed wrong."""
_MOST = 8
"""So many of the names on offer are listed in a question."""


@dataclass(frozen=True, slots=True)
class Offered:
    """The names on offer by their source; a source without any takes whatever is typed.

    `regimen`: what the days of the regimen are called, in which a drug may be named as well.
    """

    by_source: Mapping[OptionSource, tuple[str, ...]]
    regimen: str = ""

    def of(self, field: Field) -> tuple[str, ...]:
        """Return the names that are on offer for a field."""
        return self.by_source.get(field.options_from, ()) if field.options_from is not None and field.free else ()


def offered_names(
    protocol: ProtocolVersion,
    sites: Mapping[str, str],
    reasons: Iterable[str],
    entry: Entry | None = None,
) -> Offered:
    """Return the names on offer; `sites`: those of the study with their countries, `entry`: the visit of the fact."""
    centres = [*sites, *(centre.name for centre in protocol.centres)]
    regimens = _regimens(protocol, entry)
    countries = [centre.country for centre in protocol.centres]
    return Offered(
        {
            OptionSource.CENTRES: tuple(dict.fromkeys(centres)),
            OptionSource.COUNTRIES: tuple(dict.fromkeys([*countries, *sites.values()])) if countries else (),
            OptionSource.DRUGS: tuple(dict.fromkeys(drug for one in regimens for drug in one.drugs)),
            OptionSource.REASONS: tuple(reasons),
        },
        " ".join(row.what for one in regimens for row in one.days),
    )


def _regimens(protocol: ProtocolVersion, entry: Entry | None) -> list[Regimen]:
    """Return the visit's regimen; without one, or where it names no drugs, every offered one."""
    own = protocol.regimens.get(entry.regimen) if entry is not None else None
    if own is not None and own.drugs:
        return [own]
    return [protocol.regimens[name] for name in protocol.offered if name in protocol.regimens]


def with_offered_names(kind: Kind, fields: Mapping[str, Json], offered: Offered) -> dict[str, Json]:
    """Return the fields with each name of a list as the list has it."""
    found = dict(fields)
    for field in kind.fields:
        value = found.get(field.name)
        if isinstance(value, str):
            found[field.name] = known_identifier(value, offered.of(field)) or value
    return found


def doubt_of_offered(
    kind: Kind, fields: Mapping[str, Json], offered: Offered, names: Collection[str] | None = None
) -> Doubted | None:
    """Return the doubts about names that are on no list; None where all are. `names`: the fields to look at."""
    return joined(_doubts(kind, fields, offered, names))


def _doubts(
    kind: Kind, fields: Mapping[str, Json], offered: Offered, names: Collection[str] | None
) -> Iterator[Doubted]:
    for field in kind.fields:
        value, known = fields.get(field.name), offered.of(field)
        if not isinstance(value, str) or not known or value in known or (names is not None and field.name not in names):
            continue
        if field.options_from is OptionSource.DRUGS and folded(value) in folded(offered.regimen):
            continue
        is_reason = field.options_from is OptionSource.REASONS
        near = nearest_identifier(value, known, _MISSPELT) if is_reason else nearest_identifier(value, known)
        if near or not is_reason:
            listed = ", ".join(known[:_MOST]) + (", …" if len(known) > _MOST else "")
            yield Doubted("not_listed", field.name, value=value[:60], known=listed, near=near)
