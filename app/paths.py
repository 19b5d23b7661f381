"""The folders of the program's own files: shipped, cached, kept."""

from pathlib import Path

_APP = Path(__file__).resolve().parent


def resources() -> Path:
    """Return the folder of shipped files: next to `app` in a checkout, inside it once installed."""
    installed = _APP / "resources"
    return installed if installed.is_dir() else _APP.parent / "resources"


def cache_dir() -> Path:
    """Return the folder for derived values; it need not exist yet."""
    from platformdirs import user_cache_path

    return user_cache_path("studyday", appauthor=False)


def state_dir() -> Path:
    """Return the folder for the log and the reports of bugs; it need not exist yet."""
    from platformdirs import user_state_path

    return user_state_path("studyday", appauthor=False)


def data_dir() -> Path:
    """Return this user's folder for study files on this computer; it need not exist yet."""
    from platformdirs import user_data_path

    return user_data_path("studyday", appauthor=False)


def default_study() -> Path:
    """The study file that is meant when none is named: in the user's own data folder on this computer."""
    return data_dir() / "study.studyday"


def config_dir() -> Path:
    """Return the folder for this user's preferences; it need not exist yet."""
    from platformdirs import user_config_path

    return user_config_path("studyday", appauthor=False)
