"""A crontab, for machines without systemd, and what keeps its log small."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from archiver.scheduling.plan import File, Job, Plan, Time, environment_file

LOGS = Path("/var/log/archiver")


def files(plan: Plan) -> Iterator[File]:
    """All files, each with how to use it in its comments."""
    yield environment_file(plan)
    yield File("/etc/cron.d/archiver", crontab(plan))
    yield File("/etc/logrotate.d/archiver", _rotation(plan))


def how_to(plan: Plan) -> str:
    """What to do with the files."""
    places = " ".join(shlex.quote(str(each)) for each in (plan.folder, plan.snapshots, plan.backup, LOGS) if each)
    return f"""\
The files below, each under its path. Then, as root:
  adduser --system --group --no-create-home {plan.user}        # unless there is such a user
  install --directory {places}
  chown --recursive {plan.user}: {places}
What happens: tail {LOGS}/crawl.log"""


def crontab(plan: Plan) -> str:
    """One line a job. What cron knows of no other way is said in its comments."""
    lines = [
        "# Times are those of this machine. What falls into a time when it is off is not made up for; the next turn of",
        "# crawls asks for all that is due by then.",
        "",
        "# cron has next to no PATH; the program is called by its whole path, these are for the shell alone.",
        "SHELL=/bin/sh",
        "PATH=/usr/local/bin:/usr/bin:/bin",
        "",
        "# cron mails what a line prints: here, only that a job failed. Set an address of yours; without a mail system",
        '# leave it at "" and rely on ARCHIVER_ALERT_URLS.',
        'MAILTO=""',
        "",
        "# No flock is needed: a run that meets another, by cron or by hand, ends with 4 or passes it over.",
    ]
    for job in plan.jobs:
        lines += ["", f"# {job.says}", f"{_times(job.at, plan.minute)} {plan.user} {_command(plan, job)}"]
    return "\n".join(lines) + "\n"


def _times(at: Time, minute: int) -> str:
    """
    >>> _times(Time(every=15), 4), _times(Time(every=60), 4), _times(Time(hour=2, minute=30), 4)
    ('4-59/15 * * * *', '4 * * * *', '30 2 * * *')
    """
    if at.every is None:
        return f"{at.minute} {at.hour} * * *"
    return f"{minute % at.every}-59/{at.every} * * * *" if at.every < 60 else f"{minute} * * * *"


def _command(plan: Plan, job: Job) -> str:
    """Read the environment, run, and print a line only of what cron is to mail."""
    well = "0|3|4" if job.name == "alert" else "0|4"
    log = LOGS / f"{job.name}.log"
    line = (
        f"cd {shlex.quote(str(plan.folder))} && set -a && . {shlex.quote(str(plan.environment))} && set +a"
        f" && {shlex.join(plan.line(job))} >>{log} 2>&1; ended=$?;"
        f" case $ended in {well}) ;; *) echo archiver {job.name} ended with $ended, see {log};; esac"
    )
    return line.replace("%", r"\%")  # which cron takes for the end of a line


def _rotation(plan: Plan) -> str:
    return f"""\
{LOGS}/*.log {{
    weekly
    rotate 8
    compress
    missingok
    notifempty
    copytruncate
    su {plan.user} {plan.user}
}}
"""
