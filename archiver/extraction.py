"""Reading attached files safely: each in a process of its own, with a limit on its time and its memory.

Whatever a file does to the libraries that read it (an endless loop, gigabytes, a crash in C++, an error nobody named),
the process ends, and what is left is a problem with a name. The process is this module's `main`: it takes a line of
JSON (name, media type, limits) and the file's bytes, and gives the text as JSON.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from dataclasses import asdict

from archiver.files.formats import recognise
from archiver.files.limits import LIMITS, Limits
from archiver.files.problems import READER_FAILED, TOO_LARGE, TOO_MUCH_MEMORY, TOOK_TOO_LONG, problem
from archiver.items import FileText, Problem

_OUT_OF_MEMORY = (b"MemoryError", b"memory allocation of", b"bad_alloc", b"Cannot allocate memory", b"ut of memory")
_SECONDS_TO_BEGIN = 10  # for the interpreter itself, on a busy machine


def extract(body: bytes, name: str | None = None, media_type: str | None = None, limits: Limits = LIMITS) -> FileText:
    """Like `archiver.files.reading.read_file`, for files from outside: never raises over a file, never hangs.

    Starting the process takes about a tenth of a second.
    """
    found = recognise(body, name, media_type)
    if len(body) > limits.file_bytes:
        return FileText(found, None, problems=(problem(TOO_LARGE, len(body)),))
    order = json.dumps({"name": name, "media_type": media_type, "limits": asdict(limits)}).encode() + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-m", "archiver.extraction"],
            input=order + body,
            capture_output=True,
            timeout=limits.seconds + _SECONDS_TO_BEGIN,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return FileText(found, None, problems=(problem(TOOK_TOO_LONG, f"{limits.seconds} s"),))
    if done.returncode == 0:
        return _from_json(done.stdout)
    return FileText(found, None, problems=(_why(done, limits),))


def _why(done: subprocess.CompletedProcess[bytes], limits: Limits) -> Problem:
    """What ended the process: a limit, or an error of a library's or of ours."""
    if done.returncode == -signal.SIGXCPU:
        return problem(TOOK_TOO_LONG, f"{limits.seconds} s")
    aborted_in_silence = done.returncode == -signal.SIGABRT and not done.stderr  # as PDFium does without memory
    if aborted_in_silence or any(words in done.stderr for words in _OUT_OF_MEMORY):
        return problem(TOO_MUCH_MEMORY, f"{limits.memory_bytes} bytes")
    if done.returncode < 0:
        return problem(READER_FAILED, signal.Signals(-done.returncode).name)
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return problem(READER_FAILED, lines[-1] if lines else done.returncode)


def _from_json(text: bytes) -> FileText:
    values = json.loads(text)
    return FileText(**{**values, "problems": tuple(Problem(**each) for each in values["problems"])})


def main() -> None:
    """Read one file from the standard input, within limits that hold from here to the end of the process."""
    order = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**order["limits"])
    _keep_to(limits)
    from archiver.files.reading import read_file  # after the limits, which hold for libraries too

    read = read_file(sys.stdin.buffer.read(), order["name"], order["media_type"], limits)
    sys.stdout.write(json.dumps(asdict(read)))


def _keep_to(limits: Limits) -> None:
    import resource  # Unix has it; where it is missing, nothing is read

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))


if __name__ == "__main__":
    main()
