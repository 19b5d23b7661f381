"""What went wrong, in words: a known failure speaks to the person, a bug goes to a report."""

from app.domain.refusal import Refused


def known_text(error: BaseException) -> str | None:
    """A known failure in words; None for a bug."""
    from app.protocols.findings import ProtocolRefused
    from app.wording.refusals import refusal_text

    if isinstance(error, Refused):
        said = refusal_text(error, on_screen=True)
        # A sentence that begins with a path begins as the path does.
        begins = said if set("/\\.") & set(said.split(" ", 1)[0]) else said[:1].upper() + said[1:]
        return begins + "."
    if isinstance(error, ProtocolRefused):
        return "\n".join(str(finding) for finding in error.findings)
    return None
