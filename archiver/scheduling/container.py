"""A Containerfile and a compose file: one image, and a container for each job."""

from __future__ import annotations

import json
from collections.abc import Iterator

from archiver.scheduling.plan import EVERY, File, Job, Plan, environment_file

_USER_ID = 10001
_DATA, _SNAPSHOTS, _BACKUP, _CONFIG = "/data", "/snapshots", "/backup", "/etc/archiver.toml"
_SOURCE = "."


def files(plan: Plan) -> Iterator[File]:
    """All files, each with how to use it in its comments."""
    yield environment_file(plan)
    texts = {"Containerfile": CONTAINERFILE, ".dockerignore": IGNORED, "turns.sh": TURNS, "compose.yaml": compose(plan)}
    for name, text in texts.items():
        yield File(f"{plan.source or _SOURCE}/{name}", text)


def how_to(plan: Plan) -> str:
    """What to do with the files."""
    places = " ".join(str(each) for each in (plan.folder, plan.snapshots, plan.backup) if each)
    return f"""\
The files below, each under its path; all but that of the variables stand in the folder of the source, where
requirements.lock is. Then, as root, in that folder:
  install --directory {places} && chown --recursive {_USER_ID}:{_USER_ID} {places}
  docker compose up --detach --build
What happens: docker compose logs --follow; docker compose ps says whether each is healthy.
By hand: docker compose run --rm crawl archiver status --data {_DATA}"""


CONTAINERFILE = f"""\
# The versions are those that were tested together: requirements.lock.
FROM docker.io/library/python:3.13-slim

WORKDIR /opt/archiver
COPY requirements.lock ./
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY archiver archiver
RUN .venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation .
COPY --chmod=755 turns.sh /usr/local/bin/turns

# Nobody's rights: the number is what the folders on the host have to belong to.
RUN groupadd --gid {_USER_ID} archiver && useradd --uid {_USER_ID} --gid {_USER_ID} --no-create-home archiver
RUN install --directory --owner archiver --group archiver {_DATA}
USER archiver
ENV PATH=/opt/archiver/.venv/bin:/usr/local/bin:/usr/bin:/bin PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR {_DATA}
VOLUME {_DATA}

# Well: the archive can be opened and read. What is wrong with portals, `archiver alert` tells.
HEALTHCHECK --interval=5m --timeout=1m --start-period=30m --retries=3 \\
    CMD ["archiver", "status", "--data", "{_DATA}", "--json"]

CMD ["turns", "{EVERY * 60}", "archiver", "crawl", "--data", "{_DATA}"]
"""

IGNORED = """\
# Nothing but what the Containerfile copies is sent to where the image is built: no archive, no secrets, no history.
*
!requirements.lock
!pyproject.toml
!README.md
!LICENSE
!archiver
!turns.sh
**/__pycache__
"""

TURNS = """\
#!/bin/sh
# turns SECONDS COMMAND …: run a command again and again, with a pause between; end at once, and cleanly, when told to.
# A command that fails has said why; its next turn comes all the same.
pause=$1
shift
running=
trap 'trap - TERM INT; [ -z "$running" ] || { kill -TERM "$running" 2>/dev/null; wait "$running"; }; exit 0' TERM INT
while :; do
    for step in turn pause; do
        if [ "$step" = turn ]; then "$@" & else sleep "$pause" & fi
        running=$!
        wait "$running"
    done
done
"""


def compose(plan: Plan) -> str:
    """A service for each job. JSON's texts and lists are YAML's."""
    return "\n".join([_SHARED.format(environment=json.dumps(str(plan.environment))), *_services(plan)]) + "\n"


_SHARED = """\
name: archiver

x-shared: &shared
  image: archiver
  build: {{context: ., dockerfile: Containerfile}}
  env_file: {environment}
  init: true
  restart: unless-stopped
  # A crawl ends cleanly within two minutes.
  stop_grace_period: 2m
  # It writes to its folders, and nowhere else, and has no right of any kind.
  read_only: true
  tmpfs: [/tmp]
  cap_drop: [ALL]
  security_opt: ["no-new-privileges:true"]
  logging: {{driver: local, options: {{max-size: 20m, max-file: "5"}}}}

services:"""


def _services(plan: Plan) -> Iterator[str]:
    for job in plan.jobs:
        yield f"  # {job.says}"
        yield f"  {job.name}:"
        yield "    <<: *shared"
        yield f"    command: {json.dumps(_command(plan, job), ensure_ascii=False)}"
        yield "    volumes:"
        yield from (f"      - {json.dumps(each, ensure_ascii=False)}" for each in _volumes(plan, job))


def _command(plan: Plan, job: Job) -> list[str]:
    pause = str((job.at.every or 24 * 60) * 60)
    within = {str(plan.snapshots): _SNAPSHOTS, str(plan.backup): _BACKUP}
    words = [within.get(word, word) for word in job.command]
    config = ["--config", _CONFIG] if plan.config else []
    return [_dollars(word) for word in ("turns", pause, "archiver", *words, "--data", _DATA, *config)]


def _volumes(plan: Plan, job: Job) -> Iterator[str]:
    yield f"{_dollars(str(plan.folder))}:{_DATA}"
    if job.writes is not None:
        yield f"{_dollars(str(job.writes))}:{_SNAPSHOTS if job.name == 'snapshot' else _BACKUP}"
    if plan.config:
        yield f"{_dollars(str(plan.config))}:{_CONFIG}:ro"


def _dollars(word: str) -> str:
    """Compose would take $ for the begin of a variable."""
    return word.replace("$", "$$")
