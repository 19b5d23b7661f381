"""A process that has a study file open until it is told to close it: python -m tests.storage.holder FILE."""

import os
import sys
from pathlib import Path

from app.storage.sqlite.holder_note import Holder
from app.storage.sqlite.open_file import open_study
from tests.storage.study_files import add, performed, stamp

if __name__ == "__main__":
    holder = Holder("Ida Berg", "WARD-3", "2026-11-23T07:30:00Z", os.getpid())
    store = open_study(Path(sys.argv[1]), holder, stamp())
    add(store, performed("SP-C07", "2027-01-04"))
    print("open", flush=True)
    sys.stdin.readline()
    store.close()
    print("closed", flush=True)
