"""Models of the parts that planning does not need: centres, criteria, endpoints, specimens, open questions."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from app.domain.protocol.endpoints import SurvivalEvent
from app.protocols.schema.base import Cited, Conditional, Id, MarksModel, Model, Sourced, Text, civil_date


class CentreModel(Sourced):
    """A place that takes part."""

    name: Text
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    time_zone: str = ""


class RegistryModel(Model):
    """Where the trial is registered."""

    name: Text
    id: Text
    updated: Annotated[str, AfterValidator(civil_date)] | None = None


class CohortModel(Sourced):
    """A group of participants with rules of its own."""

    id: Id
    name: Text
    description: str = ""


class AlternativeModel(Cited):
    """Another wording of the same criterion in another source."""

    text: Text
    source: list[Text]


class AgeModel(Model):
    """The limits of age that a criterion sets, in full years, both included; at least one of them."""

    least: Annotated[int, Field(ge=0, le=130)] | None = None
    most: Annotated[int, Field(ge=0, le=130)] | None = None

    @model_validator(mode="after")
    def _some(self) -> "AgeModel":
        if self.least is None and self.most is None:
            raise ValueError("age says at least one of: least, most")
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValueError("the least age is above the most")
        return self


class NumberModel(Model):
    """The limits of a number that a screening records, both included; `procedure`: only where that is planned."""

    of: Literal["metastases", "largest_mm", "ecog"]
    least: float | None = None
    most: float | None = None
    procedure: Literal["resection", "ablation", "resection_and_ablation"] | None = None

    @model_validator(mode="after")
    def _some(self) -> "NumberModel":
        if self.least is None and self.most is None:
            raise ValueError("a number says at least one of: least, most")
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValueError("the least number is above the most")
        return self


class CriterionModel(Sourced):
    """An eligibility criterion; where sources differ, `text` is the default and `alternatives` the others."""

    id: Id
    text: Text
    cohorts: list[Id] = []
    age: AgeModel | None = None
    numbers: list[NumberModel] = []
    confirmed_by: list[Literal["histology", "cytology", "radiology_and_markers"]] = []
    alternatives: list[AlternativeModel] = []
    question: str = ""


class CriteriaModel(Model):
    """The eligibility criteria."""

    inclusion: list[CriterionModel]
    exclusion: list[CriterionModel]


class TimeCountModel(Sourced):
    """The time that an endpoint counts: from the last performed one of these visits to the first of these events."""

    start: Annotated[list[Id], Field(alias="from", min_length=1)]
    until: Annotated[list[SurvivalEvent], Field(min_length=1)]


class EndpointModel(Sourced):
    """An outcome measure."""

    id: Id
    text: Text
    time_frame: str = ""
    counts: TimeCountModel | None = None


class EndpointsModel(Model):
    """The outcome measures."""

    primary: list[EndpointModel]
    secondary: list[EndpointModel] = []


class SpecimenModel(Sourced, Conditional):
    """A sample that is taken at a visit and kept; amounts in milligrams."""

    id: Id
    name: Text
    visit: Id
    amount_mg: Annotated[float, Field(gt=0)] | Annotated[int, Field(gt=0)] | None = None
    each_sample: bool = False
    left_out_after: list[Id] = []
    note: str = ""


class QuestionnaireModel(Sourced, Conditional):
    """A questionnaire, by name only."""

    id: Id
    name: Text
    version: str = ""
    visits: list[Id]
    licence_note: str = ""


class EventModel(Sourced):
    """Something that may happen to a participant, such as a fall: recorded as a fact, never planned as a visit."""

    name: Text
    records: list[Text] = []
    marks: MarksModel


class QuestionModel(Model):
    """Something the public sources leave open, to be put to the sponsor."""

    id: Id
    question: Text
    options: list[Text] = []
    default: str = ""
    settings: list[Text] = []
