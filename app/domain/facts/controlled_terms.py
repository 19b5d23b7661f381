"""Controlled terms: the answers of fields, where possible by a published grading."""

GRADES_ABC = ("A", "B", "C")


CLAVIEN_DINDO = ("I", "II", "IIIa", "IIIb", "IVa", "IVb", "V")


POPF = ("biochemical_leak", "B", "C")


PANCREAS = ("pancreatoduodenectomy", "distal_pancreatectomy", "total_pancreatectomy", "other", "none")


LIVER = ("resection", "ablation", "resection_and_ablation", "other", "none")


LIVER_SIDES = ("left", "right", "both")


RESIDUAL = ("R0", "R1", "R2")


RELATED = ("unrelated", "unlikely", "possible", "probable", "definite")


ACTIONS = ("none", "dose_reduced", "dose_delayed", "dose_omitted", "treatment_stopped", "other")


ALIVE = ("yes", "no", "unknown")


SERIOUSNESS = (
    "death", "life_threatening", "hospitalisation", "disability", "congenital_anomaly", "other_important"
)  # fmt: skip


EVENT_OUTCOMES = ("recovered", "recovered_with_sequelae", "recovering", "not_recovered", "fatal", "unknown")


REPORTS = ("initial", "follow_up")


HOW = ("telephone", "clinic", "letter", "message", "relative", "registry", "other")


TIMINGS = ("synchronous", "metachronous")


CONFIRMED_BY = ("histology", "cytology", "radiology_and_markers", "not_confirmed")


FAILED_FOR = ("criteria", "declined", "progression", "unfit", "died", "other_trial", "other")


OUTCOMES = ("eligible", "failure", "pending")


MOST_MG = 100_000
"""The largest amount of a drug that is read, in milligrams: what is more was typed in another unit."""
