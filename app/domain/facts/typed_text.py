"""Typed text in the one form in which days and times are read."""

import unicodedata

from app.domain.folding import is_hidden

_DASHES = dict.fromkeys((*range(0x2010, 0x2016), 0x2212), "-")
"""Hyphens, dashes and the minus sign, as the hyphen of the keyboard."""


def plain_text(text: str) -> str:
    """Return the text in small letters, with plain digits, blanks and hyphens, and without invisible signs.

    Full-width digits and signs, as a Chinese input method types them, become plain ones, and so do non-breaking blanks.
    """
    plain = unicodedata.normalize("NFKC", " ".join(text.split()))
    seen = "".join(one for one in plain if not is_hidden(one))
    return " ".join(seen.translate(_DASHES).casefold().split())
