"""Values that a site may set, for random lives."""

from typing import Any

SCANPAN_VALUES: dict[str, list[Any]] = {
    "SP-S02.before": ["P28D"],
    "SP-C01.offset": ["P3D", "P10D", "P1W"],
    "SP-C01.after": ["P21D"],
    "SP-C04.before": ["P3D", "P1D"],
    "SP-C04.after": ["P0D"],
    "SP-R01.after": ["P21D"],
    "SP-R01.offset": ["P9W", "P56D"],
    "SP-R02.offset": ["P10D"],
    "SP-R03.offset": ["P8W"],
    "SP-R04.offset": ["P5D"],
    "SP-P01.offset": ["-P10D"],
    "SP-P03.offset": ["P35D", "P5W"],
    "SP-P03.after": ["P42D"],
    "SP-A01.offset": ["P2M"],
    "SP-O03.after": ["P2D"],
    "SP-O08.after": ["P28D"],
    "SP-F12.before": ["P1M"],
    "SP-F24.after": ["P2M"],
    "MFFX.1.gap": ["P13D", "P10D"],
    "cycles.preop_chemo": [5, 6, 7],
    "cycles.postop_chemo": [1, 3],
}
NCT_VALUES: dict[str, list[Any]] = {
    "CJ-S04.before": ["P14D"],
    "CJ-C01.offset": ["P3D"],
    "CJ-C04.before": ["P3D"],
    "CJ-R01.before": ["P10D"],
    "CJ-R02.after": ["P28D"],
    "CJ-R03.after": ["P10D"],
    "CJ-P01.offset": ["-P5D"],
    "CJ-P02.offset": ["P30D"],
    "CJ-P02.after": ["P35D"],
    "CJ-A01.offset": ["P8W"],
    "CJ-F01.before": ["P10D"],
    "CJ-F02.after": ["P1M"],
    "FFX.1.gap": ["P13D"],
    "cycles.chemo": [4, 5, 6],
    "cycles.adjuvant": [2, 5],
}
REGIMEN_VALUES: dict[str, list[Any]] = {
    "AG.8.before": ["P0D"],
    "AG.8.gap": ["P5D", "P7D"],
    "AG.15.after": ["P3D", "P0D"],
    "AG.1.gap": ["P14D"],
    "NAL.15.gap": ["P13D", "P14D"],
    "NAL.15.after": ["P5D"],
}
