"""The protocols that a screening or an enrolment can be for."""

from dataclasses import dataclass

from app.domain.protocol.version import ProtocolVersion
from app.protocols.library import read_protocol, shipped_ids
from app.services.study.study import Study


@dataclass(frozen=True, slots=True)
class Offer:
    """The protocols on offer, and the study's own sites as name and country.

    `usual`: the protocol that is chosen in a new form; empty where the study has none or several.
    """

    protocols: tuple[ProtocolVersion, ...]
    sites: tuple[tuple[str, str], ...]
    usual: str

    def protocol(self, wanted: object) -> ProtocolVersion | None:
        """Return the protocol of that id; None where there is none."""
        return next((one for one in self.protocols if one.id == wanted), None)

    def centres(self, protocol: ProtocolVersion) -> dict[str, str]:
        """Return the protocol's centres and the study's sites, each with its country."""
        return {**{one.name: one.country for one in protocol.centres}, **dict(self.sites)}


def offer_of(study: Study) -> Offer:
    """Return the protocols that the study has, each in its last version, and the shipped ones that it has not."""
    taken = {one.id: one.hash for one in study.facts.protocols.values()}
    found = {name: study.protocol_with_values(its_hash, study.facts) for name, its_hash in taken.items()}
    for name, path in shipped_ids().items():
        if name not in found:
            found[name] = read_protocol(path)
    protocols = sorted(found.values(), key=lambda one: one.short_title.casefold())
    sites = tuple((one.name, one.country) for one in study.facts.sites.values())
    return Offer(tuple(protocols), sites, next(iter(taken)) if len(taken) == 1 else "")


def protocol_words(protocol: ProtocolVersion) -> str:
    """Return the short title and the title of a protocol, as the options show them."""
    if protocol.short_title in ("", protocol.title):
        return protocol.title
    return f"{protocol.short_title} – {protocol.title}"
