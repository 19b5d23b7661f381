"""The reasons that are often given, as a form offers them."""

from app.wording.language import marked

COMMON_REASONS = (
    marked("participant request"),
    marked("illness"),
    marked("low blood counts"),
    marked("site closure"),
    marked("travel"),
    marked("drug supply"),
    marked("entry error"),
    marked("other"),
)
