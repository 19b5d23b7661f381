"""The protocols that a screening or an enrolment can be for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.protocol.version import ProtocolVersion
from app.protocols.library import read_protocol, shipped_ids
from app.services.study.study import Study


@dataclass(frozen=True, slots=True)
class Offer:
    """The protocols on offer, and the study's own sites as name and country.

    `usual`: the protocol that is chosen in a new form; empty where the study has none or several. `versions`: the last
    version of the consent form by protocol; `language`: that of the last consent; empty where there is none.
    """

    protocols: tuple[ProtocolVersion, ...]
    sites: tuple[tuple[str, str], ...]
    usual: str
    versions: Mapping[str, str] = field(default_factory=dict)
    language: str = ""

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
    consents = study.store.facts(kinds=("consent",))
    versions = {one.protocol.partition(" ")[0]: one.text("version") for one in consents}
    versions |= {one.protocol: one.version for one in study.facts.forms}
    language = next((one.text("language") for one in reversed(consents) if one.text("language")), "")
    return Offer(tuple(protocols), sites, next(iter(taken)) if len(taken) == 1 else "", versions, language)


def protocol_words(protocol: ProtocolVersion) -> str:
    """Return the short title and the title of a protocol, as the options show them."""
    if protocol.short_title in ("", protocol.title):
        return protocol.title
    return f"{protocol.short_title} – {protocol.title}"
