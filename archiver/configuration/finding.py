"""Where the configuration stands."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from archiver.configuration.errors import ConfigurationError
from archiver.configuration.reading import read_alerts, read_configuration
from archiver.configuration.sections import Alerts, Configuration

USUAL_NAME = "archiver.toml"
VARIABLE_OF_FILE = "ARCHIVER_CONFIG"


def find_configuration(folder: Path, named: Path | None, portals: Iterable[str]) -> Configuration:
    """What stands in the file that was named, or else in archiver.toml in the data folder; else all is by default.

    Raises ConfigurationError; also where a file that was named is not there.
    """
    text = _text(folder, named)
    return Configuration() if text is None else read_configuration(text, portals, str(_file(folder, named)))


def find_alerts(folder: Path, named: Path | None, portals: Iterable[str]) -> Configuration:
    """The same for whoever has to tell that it cannot be understood: then its `complaint` says why.

    What it says of alerts holds even so, as far as that can be understood.
    """
    try:
        return find_configuration(folder, named, portals)
    except ConfigurationError as error:
        return Configuration(alerts=_alerts(folder, named), complaint=str(error))


def _alerts(folder: Path, named: Path | None) -> Alerts:
    try:
        return read_alerts(_text(folder, named) or "")
    except ConfigurationError:
        return Alerts()


def _file(folder: Path, named: Path | None) -> Path:
    return named or folder / USUAL_NAME


def _text(folder: Path, named: Path | None) -> str | None:
    """What stands in the file; null where none was named, and none is there."""
    file = _file(folder, named)
    try:
        return file.read_text(encoding="utf-8-sig")  # Windows marks its files
    except FileNotFoundError:
        if named is None:
            return None
        raise ConfigurationError(f"{file}: there is no such file") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{file} is not UTF-8, as TOML has to be") from None
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be read: {error.strerror or error}") from None
