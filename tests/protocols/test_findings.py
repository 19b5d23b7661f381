from app.protocols.findings import Finding, ProtocolRefused, did_you_mean


def test_text_has_place_message_remedy_and_kind() -> None:
    finding = Finding("a.yaml", 3, 5, "unknown-field", "`dya` is no field here", "Did you mean `day`?")
    assert str(finding) == "a.yaml:3:5: `dya` is no field here. Did you mean `day`? [unknown-field]"


def test_text_without_line_or_remedy() -> None:
    assert (
        str(Finding("a.yaml", 0, 0, "no-file", "There is no such file")) == "a.yaml: There is no such file. [no-file]"
    )
    assert str(Finding("", 0, 0, "syntax", "What?")) == "What? [syntax]"


def test_refusal_sorts_by_place() -> None:
    late, early = Finding("a", 10, 1, "syntax", "m"), Finding("a", 9, 2, "syntax", "m")
    assert ProtocolRefused([late, early]).findings == (early, late)


def test_did_you_mean() -> None:
    assert did_you_mean("dya", ["day", "kind"]) == "Did you mean `day`?"
    assert did_you_mean("zzz", ["kind", "day"]) == "Known here: day, kind"
    assert did_you_mean("EO", ["E0", "V1"]) == "Did you mean `E0`?"
    assert did_you_mean("v1", ["E0", "V1"]) == "Did you mean `V1`?"
    assert did_you_mean("zzz", []) == "None is defined: define one first"
