"""Where the configuration stands."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from archiver.configuration.errors import ConfigurationError
from archiver.configuration.reading import read_configuration
from archiver.configuration.sections import Configuration

USUAL_NAME = "archiver.toml"
VARIABLE_OF_FILE = "ARCHIVER_CONFIG"


def find_configuration(folder: Path, named: Path | None, portals: Iterable[str]) -> Configuration:
    """What stands in the file that was named, or else in archiver.toml in the data folder; else all is by default.

    Raises ConfigurationError; also where a file that was named is not there.
    """
    file = named or folder / USUAL_NAME
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        if named is None:
            return Configuration()
        raise ConfigurationError(f"{file}: there is no such file") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{file} is not UTF-8, as TOML has to be") from None
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be read: {error.strerror or error}") from None
    return read_configuration(text, portals, str(file))
