"""SHA-256 and nothing else, of files that hold what payloads hold: `python -m bench.plain_digests FOLDER`.

Prints as JSON the milliseconds of a processor for hashing alone, and with reading the files, one after the other.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from time import process_time_ns


def main(folder: Path) -> None:
    """Hash every file; each is called by its digest."""
    files = sorted(folder.iterdir())
    hashing = 0
    began = process_time_ns()
    for file in files:
        body = file.read_bytes()
        started = process_time_ns()
        digest = hashlib.sha256(body).hexdigest()
        hashing += process_time_ns() - started
        if digest != file.name:
            raise ValueError(f"{file} is not what it is called")
    print(json.dumps({"hashing": hashing / 1e6, "with reading": (process_time_ns() - began) / 1e6}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
