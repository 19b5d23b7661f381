"""What looks like personal data in a study code or a free text: national identity numbers, days of birth, names.

A participant is known by a study code alone, so whatever looks like something else is asked about before it is kept:
a recorded fact stays for good.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Literal

from app.domain.facts.kind import Json, Kind, Type
from app.domain.folding import is_hidden, plain_sign
from app.domain.refusal import Doubted, joined

Likeness = Literal["birth", "hospital", "identity", "name"]
"""A day of birth, a hospital's number, a national identity number, a person's name or initials."""
_SWEDISH = re.compile(r"(?<![0-9A-Za-z])(?:19|20)?(\d\d)(\d\d)(\d\d)[-+/]?(?:\d{4}|[A-Z]{2}\d\d)(?![0-9A-Za-z])")
_SPACED = re.compile(r"(?<![0-9A-Za-z])(?:19\d\d|200\d)(\d\d)(\d\d) \d{4}(?![0-9A-Za-z])")
_NORDIC = re.compile(r"(?<![0-9A-Za-z])(\d\d)(\d\d)\d\d[-+A-FU-Ya-fu-y]\d{3,4}[0-9A-Ya-y](?![0-9A-Za-z])")
_CHINESE = re.compile(r"(?<![0-9A-Za-z])\d{6}(?:18|19|20)\d\d(\d\d)(\d\d)\d{3}[0-9Xx](?![0-9A-Za-z])")
_CHINESE_OLD = re.compile(r"(?<![0-9A-Za-z])\d{8}(\d\d)(\d\d)\d{3}(?![0-9A-Za-z])")
_COORDINATION = 60
"""What Swedish coordination numbers add to the day of birth."""
_DAY_FORMS = (
    re.compile(r"(?P<y>(?:19|20)\d\d)[-./ ]?(?P<m>\d{1,2})[-./ ]?(?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})[-./ ]?(?P<m>\d{1,2})[-./ ]?(?P<y>(?:19|20)\d\d)"),
    re.compile(r"(?P<y>\d\d)[-./ ]?(?P<m>\d\d)[-./ ]?(?P<d>\d\d)"),
    re.compile(r"(?P<d>\d\d)[-./ ]?(?P<m>\d\d)[-./ ]?(?P<y>\d\d)"),
)
_EMBEDDED_DAY = re.compile(r"(?<!\d)(?P<y>19\d\d|20[0-2]\d)[-.]?(?P<m>\d\d)[-.]?(?P<d>\d\d)(?!\d)")
_HOSPITAL = re.compile(r"(?:mrn|pid|nhs|ssn|pnr|hetu|cpr|journal|patient ?(?:id|no|nr))\W*\d{3,}", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"\d{7,}|^\d{6}$|^(?:\d[-./ ]?){8,}$")
_LETTERS = re.compile(r"[^\W\d_](?:[ .,'\u2019-]*[^\W\d_])+[ .,]*")
_FULL_NAME = re.compile(r"(?:[^\W\d_]\.? ?){0,2}[^\W\d_]{2,}[ ,]+[^\W\d_]{2,}.*")
_LABELS = frozenset({"label", "kept", "hash", "head", "file", "folder"})
"""Texts that number things: their long numbers are no person's."""


def personal_code(code: str) -> Likeness | None:
    """Return what a study code looks like instead of a code; None where it looks like one."""
    plain = _plain(code)
    if has_identity_number(plain) or has_identity_number(plain.replace(" ", "")) or _with_prefix(plain):
        return "identity"
    if any(_is_day(form.fullmatch(plain)) for form in _DAY_FORMS) or _is_day(_EMBEDDED_DAY.search(plain)):
        return "birth"
    if _HOSPITAL.match(plain) or _LONG_NUMBER.search(plain):
        return "hospital"
    return "name" if _LETTERS.fullmatch(plain) or _is_full_name(plain) else None


def has_identity_number(text: str) -> bool:
    """Return whether a text has in it what looks like a Swedish, Finnish, Danish, Norwegian or Chinese number.

    Of its digits those for month and day of birth must be possible; what it checks itself by is not looked at, since
    a number that was typed wrong is a person's as well.
    """
    plain = _plain(text)
    swedish = (found.groups()[-2:] for found in _SWEDISH.finditer(plain))
    spaced = (found.groups() for found in _SPACED.finditer(plain))
    nordic = (found.groups()[::-1] for found in _NORDIC.finditer(plain))
    chinese = (found.groups() for form in (_CHINESE, _CHINESE_OLD) for found in form.finditer(plain))
    return any(_may_be_born(month, day) for each in (swedish, spaced, nordic, chinese) for month, day in each)


def doubt_of_personal_data(
    kind: Kind, fields: Mapping[str, Json], names: Collection[str] | None = None
) -> Doubted | None:
    """Return the doubts about what looks like personal data in a fact; None where nothing does.

    `names`: the fields to look at, None for all.
    """
    return joined(_doubts(kind, fields, names))


def _doubts(kind: Kind, fields: Mapping[str, Json], names: Collection[str] | None) -> Iterable[Doubted]:
    for field in kind.fields:
        value = fields.get(field.name)
        if not isinstance(value, str) or field.internal or (names is not None and field.name not in names):
            continue
        if field.type is Type.CODE:
            if likeness := personal_code(value):
                yield Doubted("code_personal", field.name, looks=likeness)
        elif field.type is Type.TEXT and field.name not in _LABELS and has_identity_number(value):
            yield Doubted("text_personal", field.name, name=field.name.replace("_", " "))


def _plain(text: str) -> str:
    return "".join(plain_sign(one) for one in text if not is_hidden(one)).strip()


def _with_prefix(plain: str) -> bool:
    """Whether a number follows the letters of a centre, as in ``LI570312-1234``."""
    return has_identity_number(re.sub(r"^[^\W\d_]+[-_. ]?", "", plain))


def _may_be_born(month: str, day: str) -> bool:
    number = int(day) - _COORDINATION if int(day) > _COORDINATION else int(day)
    return 1 <= int(month) <= 12 and 1 <= number <= 31


def _is_day(found: re.Match[str] | None) -> bool:
    if found is None:
        return False
    year = int(found["y"])
    try:
        date(year if year > 99 else 1900 + year, int(found["m"]), int(found["d"]))
    except ValueError:
        return False
    return True


def _is_full_name(plain: str) -> bool:
    """Whether it begins as first and last name, with a number after them or none."""
    words = re.split(r"[ ,]+", plain)
    named = [one for one in words if one.istitle() and one.isalpha() and len(one) > 1]
    return len(named) > 1 and _FULL_NAME.fullmatch(plain) is not None
