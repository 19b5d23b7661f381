"""The hook for errors that nobody caught: each is reported, and the program goes on."""

from collections.abc import Callable
from types import TracebackType

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


def bug_hook(tell: Callable[[BaseException], object]) -> Hook:
    """Return a hook for errors that escape from a slot, a model or a paint event: `tell` reports them."""

    def hook(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        tell(error)

    return hook
