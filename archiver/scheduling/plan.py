"""What is to run by itself, where, and as whom; and a file in which that is written down."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

EVERY = 5  # minutes between two turns: the shortest interval of a portal is three, so that it falls due close to one


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a schedule depends on. Paths are absolute."""

    program: tuple[str, ...]  # how the program is called
    folder: Path  # of the archive
    user: str  # as whom it runs
    environment: Path  # the file that sets variables of the environment, secrets among them
    config: Path | None = None  # the configuration, if it does not stand in the folder
    snapshots: Path | None = None  # where snapshots are made, if not in the folder
    backup: Path | None = None  # where backups go, if any are made
    source: Path | None = None  # the folder in which requirements.lock stands, if the program runs from its source

    @property
    def jobs(self) -> tuple[Job, ...]:
        """What runs, each by itself."""
        to = (str(self.snapshots),) if self.snapshots else ()
        jobs = [CRAWL, ALERT, Job("snapshot", ("snapshot", *to), SNAPSHOT.says, SNAPSHOT.at, self.snapshots)]
        if self.backup:
            jobs.append(Job("backup", ("backup", str(self.backup)), BACKUP.says, BACKUP.at, self.backup))
        return tuple(jobs)

    def line(self, job: Job) -> tuple[str, ...]:
        """The whole command of a job."""
        config = ("--config", str(self.config)) if self.config else ()
        return (*self.program, *job.command, "--data", str(self.folder), *config)

    @property
    def minute(self) -> int:
        """A minute that differs between archives, so that not all begin at once."""
        return sha256(str(self.folder).encode()).digest()[0] % EVERY


@dataclass(frozen=True, slots=True)
class Time:
    """How often: every so many minutes, or daily at an hour and minute of this machine."""

    every: int | None = None
    hour: int = 0
    minute: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """One command that is run again and again."""

    name: str
    command: tuple[str, ...]  # the subcommand and what belongs to it
    says: str
    at: Time
    writes: Path | None = None  # besides the archive


CRAWL = Job("crawl", ("crawl",), "crawl the portals that are due", Time(every=EVERY))
ALERT = Job("alert", ("alert",), "tell of what is wrong", Time(every=60))
SNAPSHOT = Job("snapshot", ("snapshot",), "make a checked copy for everyone", Time(hour=2, minute=30))
STATUS = Job("status", ("status",), "say how the archive stands", Time())  # by hand
BACKUP = Job("backup", ("backup",), "back the archive up", Time(hour=3, minute=30))


@dataclass(frozen=True, slots=True)
class File:
    """A file of a schedule, and where it belongs."""

    place: str
    text: str


def environment_file(plan: Plan) -> File:
    """The variables of the environment; both systemd and a shell read it."""
    return File(
        str(plan.environment),
        f"""\
# Read by systemd, sh and compose alike: NAME='value', in these quotes and with none within. It holds secrets:
#   chown root:{plan.user} {shlex.quote(str(plan.environment))} && chmod 640 {shlex.quote(str(plan.environment))}

# Whom the people of a portal can ask: a mail address. Every request carries it.
ARCHIVER_CONTACT=''

# Whom to tell when something is wrong, parted by commas: mailto://NAME:PASSWORD@HOST, tgram://TOKEN/CHAT,
# slack://A/B/C/#channel, json://HOST/PATH … (https://appriseit.com/services/). `archiver alert --test` tries them.
ARCHIVER_ALERT_URLS=''

# An address that is asked after every turn that went well, of a service that tells when nobody asks any more. Whether
# it is to hear of begins and failures too (/start, /fail at healthchecks.io), [heartbeat] in the configuration says.
ARCHIVER_HEARTBEAT_URL=''

# How events are written: text, or json.
ARCHIVER_LOG='text'
""",
    )
