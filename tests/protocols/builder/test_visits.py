from app.domain.protocol import version as p
from app.domain.protocol.decisions import EarlyEnd, Effect


def test_visits(invented: p.ProtocolVersion) -> None:
    visits = invented.visits
    assert visits["T3"].name == "Cycle {cycle} day {day}"
    assert visits["T3"].names["pump_disconnect"] == "Pump off, cycle {cycle}"
    assert visits["T3"].plain == "Infusion"
    assert visits["BASE"].activities[1] == p.Activity(
        "Questionnaire", "", "A few questions", {"quality": True}, "verified", ("P",)
    )
    assert visits["CURVE"].parts == (p.Part(1, "First day"), p.Part(2), p.Part(4, "Last day"))
    assert visits["OP2"].when == {"cohort": ("early", "late")}
    assert visits["WARD"].repeat_after == "OP2"
    assert visits["CALL"].contact == "phone"
    assert visits["OP1"].on_performed == Effect(end=("before",))
    assert visits["A1"].early_end == (EarlyEnd("later", "no_dose"),)
    assert visits["T3"].waivers == {"pump-weekend": "A nurse takes the pump off at home"}


def test_rows_of_the_schedule_become_activities(invented: p.ProtocolVersion) -> None:
    diary = [(a.text, a.id, dict(a.when), a.mark) for a in invented.visits["T1"].activities[2:]]
    intensive = {"arm": "intensive"}
    assert diary == [
        ("Diary", "DIARY", intensive, "verified"),
        ("Look through it", "", intensive, "verified"),
        ("Score", "", {**intensive, "quality": True}, "assumed"),
    ]
