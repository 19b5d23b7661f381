"""A count of the branches of the rules that random lives reach."""

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

from .lives import life
from .naive import Reckoner, reckon
from .tables import OPERATIONS


def branches(scenario: dict[str, Any], output: dict[str, Any]) -> Iterator[str]:
    """Names of the branches of the rules that a life has reached."""
    mark = "SP" if scenario["protocol"] == "scanpan" else "CJ"
    facts: list[dict[str, Any]] = scenario["facts"]
    operated = False
    chosen = scenario["participant"].get("choices", {})
    yield f"{mark} regimen {scenario['participant']['regimen']}"
    for name, value in chosen.items():
        yield f"{mark} choice {name}={value}"
    site = scenario.get("site", {})
    for name in site:
        yield f"{mark} site {name}"
    for name in site.get("values", {}):
        yield f"{mark} value {name}"
    reckoner = Reckoner({**scenario, "facts": []})
    for fact in facts:
        kind = fact["kind"]
        visit = fact.get("visit", "")
        event = visit.split("#")[0]
        if kind == "decided":
            number = visit.partition("#")[2]
            again = "" if not number or number in ("1", "2", "8") else " later"
            yield f"{mark} decided {event}{again} {fact['outcome']}"
            if visit not in reckoner.ledger.performed:
                yield f"{mark} decided before performed"
        elif kind in ("stopped", "withdrawn"):
            what = fact.get("phase", fact.get("scope"))
            yield f"{mark} {kind} {what} {'after' if operated else 'before'} operation"
            if kind == "stopped":
                names = {"preop_chemo": "SP-C", "postop_chemo": "SP-A", "chemo": "CJ-C", "adjusted": "CJ-D"}
                prefix = names.get(fact["phase"], "CJ-A")
                given = any(
                    key.startswith(prefix) and reckoner.plan.entries[key].infusion
                    for key in reckoner.ledger.performed
                    if key in reckoner.plan.entries
                )
                yield f"{mark} stopped {what} {'after a dose' if given else 'before any dose'}"
                if not given and prefix == "CJ-C" and "CJ-D01" in reckoner.plan.entries:
                    yield "CJ stopped chemo after progression"
        elif kind == "chosen":
            yield f"{mark} chosen {fact['choice']}={fact['value']}"
        elif kind in ("performed", "missed", "booked", "moved"):
            entry = reckoner.plan.entries[visit]
            status = reckoner.plan.status(entry)
            if visit in OPERATIONS:
                yield f"{mark} {visit} {kind}" + (" while it waits" if entry.target is None else "")
                if entry.waits_again:
                    yield f"{mark} {visit} {kind} after it was missed"
            elif kind != "missed":
                yield f"{mark} {kind}"
                if status in ("missed", "cancelled"):
                    yield f"{mark} {kind} after {status}"
            if kind == "performed" and visit in OPERATIONS:
                operated = True
            if "/" in visit:
                yield f"{mark} repeat {visit[visit.index('/') :]} {kind}"
            if "@2" in visit:
                yield f"{mark} second operation {kind}"
        else:
            yield f"{mark} {kind}"
        reckoner.record({**fact})
    if output["strays"]:
        yield f"{mark} a key off the path"
    changes = sum(fact["kind"] == "regimen_changed" for fact in facts)
    if changes > 1:
        yield f"{mark} two changes of regimen"
    for entry in output["entries"]:
        yield f"{mark} status {entry['status']}"
        for kind in entry["problem_kinds"]:
            yield f"{mark} problem {kind}"
        result = entry["window_result"]
        if result is not None:
            yield f"{mark} result {result.split()[0]}"
        elif entry["performed"] is not None:
            yield f"{mark} result without a window"
        if entry["due_at"] is not None:
            yield f"{mark} due_at"
        if "/" in entry["visit"]:
            yield f"{mark} has a repeat {entry['visit'].partition('/')[2]} of {entry['visit'][:6]}"
        if entry["visit"].startswith(("SP-N01", "SP-R03", "SP-L01", "CJ-D01", "SP-S09", "CJ-S05", "CJ-R01", "CJ-R03")):
            yield f"{mark} has {entry['visit']} {entry['status']}"
        if entry["visit"].startswith("CJ-F01") and int(entry["visit"].split("#")[1]) > 24:
            yield "CJ has CJ-F01 beyond month 24"
        if entry["visit"] in ("SP-R01", "SP-R02", "CJ-R02", "SP-A03", "CJ-A03", "SP-P03", "CJ-P02", "SP-R04", "SP-P04"):
            yield f"{mark} {entry['visit']} {entry['status']}"


def main() -> None:
    """Count the branches."""
    import sys

    number = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    counts: Counter[str] = Counter()
    facts = 0
    for seed in range(number):
        protocol = "scanpan" if seed % 2 == 0 else "nct06873178"
        scenario = life(random.Random(seed), protocol)
        facts += len(scenario["facts"])
        counts.update(set(branches(scenario, reckon(scenario))))
    print(f"{number} lives, {facts} facts")
    for name, found in sorted(counts.items()):
        print(f"{found:6d} {name}")


if __name__ == "__main__":
    main()
