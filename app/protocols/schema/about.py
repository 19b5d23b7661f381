"""What a protocol file says about the trial beside its schedule: who, where, why, and what is still open."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from app.protocols.schema.base import Answers, Id, MarksModel, Model, Sourced, Text, civil_date


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


class Alternative(Model):
    """Another wording of the same criterion in another source."""

    text: Text
    source: list[Text]


class CriterionModel(Sourced):
    """An eligibility criterion; where sources differ, `text` is the default and `alternatives` the others."""

    id: Id
    text: Text
    cohorts: list[Id] = []
    alternatives: list[Alternative] = []
    question: str = ""


class CriteriaModel(Model):
    """Who may take part."""

    inclusion: list[CriterionModel]
    exclusion: list[CriterionModel]


class EndpointModel(Sourced):
    """An outcome measure."""

    id: Id
    text: Text
    time_frame: str = ""


class EndpointsModel(Model):
    """Outcome measures."""

    primary: list[EndpointModel]
    secondary: list[EndpointModel] = []


class SpecimenModel(Sourced):
    """Something taken and kept; amounts in milligrams."""

    id: Id
    name: Text
    visit: Id
    amount_mg: Annotated[float, Field(gt=0)] | Annotated[int, Field(gt=0)] | None = None
    each_sample: bool = False
    note: str = ""


class QuestionnaireModel(Sourced):
    """A questionnaire, by name only."""

    id: Id
    name: Text
    version: str = ""
    visits: list[Id]
    when: Answers = {}
    licence_note: str = ""


class EventModel(Sourced):
    """Something that may happen: a fact, not an entry."""

    name: Text
    records: list[Text] = []
    marks: MarksModel


class QuestionModel(Model):
    """Something the public sources leave open, to be put to the sponsor."""

    id: Id
    question: Text
    options: list[Text] = []
    default: str = ""
