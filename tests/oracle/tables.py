"""The two trials and the regimens as constants for the naive reference planner."""

from typing import NamedTuple

Span = tuple[int, str]
"""A number and `d` (days) or `mo` (calendar months)."""


class Row(NamedTuple):
    """What the planner needs of one visit of a protocol."""

    offset: Span
    before: int
    after: int
    roll: str


class Dose(NamedTuple):
    """One entry-making day of a regimen: an infusion, or a disconnection that follows an infusion day."""

    day: int
    kind: str
    roll: str
    gap: int
    before: int
    after: int
    follows: int


class Regimen(NamedTuple):
    """A regimen's cycle length in days and its days in order."""

    length: int
    doses: tuple[Dose, ...]


def _first(day: int = 1) -> Dose:
    return Dose(day, "infusion", "forward", 12, 0, 3, 0)


def _weekly(day: int) -> Dose:
    return Dose(day, "infusion", "nearest", 6, 1, 2, 0)


def _pump(day: int) -> Dose:
    return Dose(day, "disconnect", "none", 0, 0, 0, day - 2)


REGIMENS: dict[str, Regimen] = {
    "AG": Regimen(28, (_first(), _weekly(8), _weekly(15))),
    "FFX": Regimen(14, (_first(), _pump(3))),
    "MFFX": Regimen(14, (_first(), _pump(3))),
    "NAL": Regimen(28, (_first(), _pump(3), _first(15), _pump(17))),
    "GEMCAP": Regimen(28, (_first(), _weekly(8), _weekly(15))),
    "GEM": Regimen(28, (_first(), _weekly(8), _weekly(15))),
}

OFFERED: dict[str, tuple[str, ...]] = {
    "scanpan": ("MFFX", "FFX", "AG", "NAL", "GEMCAP", "GEM"),
    "nct06873178": ("AG", "FFX", "MFFX", "NAL"),
}

PHASES: dict[str, tuple[str, ...]] = {
    "scanpan": ("preop_chemo", "postop_chemo"),
    "nct06873178": ("chemo", "adjusted", "adjuvant"),
}

CHOICES: dict[str, dict[str, bool | str]] = {
    "scanpan": {"staged": False, "pancreatic_resection": True, "eortc": False, "long_term": False},
    "nct06873178": {"pet_ct": False, "interim_scan": False, "cohort": "prospective"},
}

OUTCOMES: dict[str, tuple[str, ...]] = {
    "SP-R01": ("response", "continue", "palliative"),
    "SP-R03": ("response", "continue", "palliative"),
    "SP-R02": ("response", "palliative"),
    "SP-R04": ("surgery", "no_surgery"),
    "CJ-R01": ("response", "continue", "progression", "no_surgery"),
    "CJ-R02": ("response", "continue", "progression", "no_surgery"),
    "CJ-R03": ("response", "continue", "no_surgery"),
}

ROWS: dict[str, Row] = {
    # ScanPan
    "SP-S00": Row((0, "d"), 0, 0, "none"),
    "SP-S01": Row((-14, "d"), 28, 14, "nearest"),
    "SP-S02": Row((-14, "d"), 14, 14, "nearest"),
    "SP-S03": Row((-14, "d"), 14, 14, "nearest"),
    "SP-S04": Row((-14, "d"), 14, 14, "nearest"),
    "SP-S05": Row((-14, "d"), 76, 14, "nearest"),
    "SP-S06": Row((14, "d"), 14, 14, "forward"),
    "SP-S07": Row((-7, "d"), 7, 7, "nearest"),
    "SP-S08": Row((0, "d"), 14, 7, "nearest"),
    "SP-S09": Row((0, "d"), 14, 7, "nearest"),
    "SP-C01": Row((7, "d"), 7, 14, "forward"),
    "SP-C02": Row((0, "d"), 0, 3, "forward"),
    "SP-C04": Row((-1, "d"), 2, 1, "backward"),
    "SP-R01": Row((2, "mo"), 0, 14, "nearest"),
    "SP-R02": Row((14, "d"), 7, 7, "nearest"),
    "SP-R03": Row((2, "mo"), 7, 14, "nearest"),
    "SP-R04": Row((3, "d"), 0, 7, "forward"),
    "SP-P01": Row((-7, "d"), 7, 6, "nearest"),
    "SP-P02": Row((-7, "d"), 21, 7, "nearest"),
    "SP-P03": Row((28, "d"), 7, 28, "forward"),
    "SP-P04": Row((0, "d"), 0, 180, "forward"),
    "SP-O01": Row((1, "d"), 0, 0, "none"),
    "SP-O02": Row((3, "d"), 0, 1, "none"),
    "SP-O03": Row((5, "d"), 0, 1, "none"),
    "SP-O04": Row((7, "d"), 1, 1, "none"),
    "SP-O05": Row((14, "d"), 0, 1, "none"),
    "SP-O06": Row((21, "d"), 14, 14, "nearest"),
    "SP-O07": Row((30, "d"), 0, 7, "forward"),
    "SP-O08": Row((90, "d"), 0, 14, "forward"),
    "SP-A01": Row((56, "d"), 28, 28, "forward"),
    "SP-A02": Row((0, "d"), 0, 3, "forward"),
    "SP-A05": Row((-1, "d"), 2, 1, "backward"),
    "SP-A03": Row((28, "d"), 7, 14, "nearest"),
    "SP-F03": Row((3, "mo"), 14, 14, "nearest"),
    "SP-F06": Row((6, "mo"), 14, 14, "nearest"),
    "SP-F09": Row((9, "mo"), 14, 14, "nearest"),
    "SP-F12": Row((12, "mo"), 30, 30, "nearest"),
    "SP-F18": Row((18, "mo"), 30, 30, "nearest"),
    "SP-F24": Row((24, "mo"), 30, 30, "nearest"),
    "SP-L01": Row((36, "mo"), 60, 60, "nearest"),
    "SP-N01": Row((6, "mo"), 30, 30, "nearest"),
    "SP-N02": Row((30, "d"), 0, 7, "nearest"),
    # NCT06873178
    "CJ-S00": Row((0, "d"), 0, 0, "none"),
    "CJ-S01": Row((14, "d"), 14, 14, "forward"),
    "CJ-S02": Row((-7, "d"), 21, 7, "nearest"),
    "CJ-S03": Row((-7, "d"), 53, 7, "nearest"),
    "CJ-S04": Row((-3, "d"), 11, 3, "nearest"),
    "CJ-S05": Row((-7, "d"), 21, 7, "nearest"),
    "CJ-C01": Row((7, "d"), 7, 7, "forward"),
    "CJ-C02": Row((0, "d"), 0, 3, "forward"),
    "CJ-C04": Row((-1, "d"), 2, 1, "backward"),
    "CJ-D01": Row((0, "d"), 0, 14, "forward"),
    "CJ-D02": Row((0, "d"), 0, 3, "forward"),
    "CJ-D04": Row((-1, "d"), 2, 1, "backward"),
    "CJ-R01": Row((-4, "d"), 3, 3, "nearest"),
    "CJ-R02": Row((-1, "d"), 2, 0, "nearest"),
    "CJ-R03": Row((-4, "d"), 3, 3, "nearest"),
    "CJ-R04": Row((53, "d"), 4, 2, "nearest"),
    "CJ-P01": Row((-7, "d"), 7, 6, "nearest"),
    "CJ-P02": Row((28, "d"), 7, 28, "forward"),
    "CJ-O01": Row((1, "d"), 0, 0, "none"),
    "CJ-O03": Row((3, "d"), 0, 1, "none"),
    "CJ-O05": Row((5, "d"), 1, 1, "none"),
    "CJ-O07": Row((7, "d"), 1, 1, "none"),
    "CJ-O30": Row((30, "d"), 3, 7, "nearest"),
    "CJ-O31": Row((30, "d"), 0, 7, "forward"),
    "CJ-A01": Row((42, "d"), 14, 42, "forward"),
    "CJ-A02": Row((0, "d"), 0, 3, "forward"),
    "CJ-A05": Row((-1, "d"), 2, 1, "backward"),
    "CJ-A03": Row((0, "d"), 0, 28, "nearest"),
    "CJ-F01": Row((1, "mo"), 7, 7, "nearest"),
    "CJ-F02": Row((3, "mo"), 14, 14, "nearest"),
}

OPERATIONS = ("SP-P03", "SP-P04", "CJ-P02")
SORTS: tuple[tuple[str, ...], ...] = (
    ("SP-S08", "SP-S09", "SP-P02"),
    (
        *("SP-S07", "SP-C04", "SP-A05", "SP-O01", "SP-O02", "SP-O03", "SP-O04"),
        *("CJ-S04", "CJ-C04", "CJ-D04", "CJ-A05", "CJ-O01", "CJ-O03", "CJ-O05", "CJ-O07", "CJ-O30"),
    ),
    (),
    (
        *("SP-S02", "SP-S03", "SP-S04", "SP-R01", "SP-R02", "SP-R03"),
        *("SP-F03", "SP-F06", "SP-F09", "SP-F12", "SP-F18", "SP-F24"),
        *("CJ-S02", "CJ-S05", "CJ-R01", "CJ-R03", "CJ-R04", "CJ-F02"),
    ),
    ("SP-S01", "SP-R04", "CJ-R02"),
    (),
    ("SP-C03", "SP-A04", "CJ-C03", "CJ-D03", "CJ-A04"),
)
"""The visits of each sort, in their order within a day; the others are plain visits, and the last are pumps."""
SCANPAN_SCREENING = ("SP-S01", "SP-S02", "SP-S03", "SP-S04", "SP-S05", "SP-S07", "SP-S08")
NCT_SCREENING = ("CJ-S02", "CJ-S03", "CJ-S04")
TREATMENT = {
    "preop_chemo": ("SP-C01", "SP-C02", "SP-C03", "SP-C04"),
    "postop_chemo": ("SP-A01", "SP-A02", "SP-A04", "SP-A05"),
    "chemo": ("CJ-C01", "CJ-C02", "CJ-C03", "CJ-C04"),
    "adjusted": ("CJ-D01", "CJ-D02", "CJ-D03", "CJ-D04"),
    "adjuvant": ("CJ-A01", "CJ-A02", "CJ-A04", "CJ-A05"),
}
PANCREAS = ("pancreatoduodenectomy", "distal_pancreatectomy", "total_pancreatectomy", "other", "none")
LIVER = ("resection", "ablation", "resection_and_ablation", "other", "none")
PREPARING = ("SP-P01", "SP-P02", "CJ-P01")
CONTACTS = ("SP-N01", "SP-N02", "SP-L01", "CJ-F01")
ENROLMENT = ("SP-S06", "CJ-S01")
BOUND = ("SP-S02", "SP-S03", "SP-S04", "SP-S07", "SP-S08", "SP-S09", "CJ-S02", "CJ-S04", "CJ-S05")
"""Screening of the study, which follows consent."""
ROUTINE = ("SP-S01", "SP-S05", "CJ-S03")
"""Screening that is routine care: not bound to consent."""
FOLLOW_UP = ("SP-F03", "SP-F06", "SP-F09", "SP-F12", "SP-F18", "SP-F24")
