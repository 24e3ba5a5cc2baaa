"""Units of systemd: for each job a service that runs once, and a timer that starts it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from archiver.scheduling.plan import EVERY, STATUS, File, Job, Plan, Time, environment_file

_UNITS = "/etc/systemd/system"
_HOMES = ("home", "root", "run")


def files(plan: Plan) -> Iterator[File]:
    """All files, each with how to use it in its comments."""
    yield environment_file(plan)
    for job in plan.jobs:
        yield File(f"{_UNITS}/archiver-{job.name}.service", service(plan, job))
        yield File(f"{_UNITS}/archiver-{job.name}.timer", timer(plan, job))


def how_to(plan: Plan) -> str:
    """What to do with the files."""
    timers = " ".join(f"archiver-{job.name}.timer" for job in plan.jobs)
    places = " ".join(_quoted(str(each)) for each in (plan.folder, plan.snapshots, plan.backup) if each)
    return f"""\
The files below, each under its path. Then, as root:
  adduser --system --group --no-create-home {plan.user}        # unless there is such a user
  install --directory {places}
  chown --recursive {plan.user}: {places}
  systemd-analyze verify {_UNITS}/archiver-*
  systemctl daemon-reload
  systemctl start archiver-crawl.service       # once by hand: Ctrl-C leaves it running
  systemctl enable --now {timers}
What happens: systemctl list-timers 'archiver-*'; journalctl --unit 'archiver-*' --since today
By hand, with the same variables: runuser -u {plan.user} -- sh -c {shlex.quote(_by_hand(plan))}
A run that meets another ends with 4, and harms nothing."""


def _by_hand(plan: Plan) -> str:
    return f"set -a; . {shlex.quote(str(plan.environment))}; exec {shlex.join(plan.line(STATUS))}"


def service(plan: Plan, job: Job) -> str:
    """A service that runs once and ends."""
    writes = [plan.folder, *([job.writes] if job.writes else [])]
    lines = [
        "[Unit]",
        f"Description=archiver: {job.says}",
        "Wants=network-online.target",
        "After=network-online.target",
        "# Without its disk, nothing is begun.",
        *(f"RequiresMountsFor={_quoted(str(each))}" for each in writes),
        *(
            ["# Whatever became of it: somebody is told at once.", "OnFailure=archiver-alert.service"]
            * (job.name != "alert")
        ),
        "",
        "[Service]",
        "Type=oneshot",
        f"ExecStart={' '.join(_quoted(word, '$') for word in plan.line(job))}",
        f"User={plan.user}",
        f"WorkingDirectory={_percent(str(plan.folder))}",
        f"EnvironmentFile={_percent(str(plan.environment))}",
        "Environment=PYTHONUNBUFFERED=1",
        "# 4: another run is at work, by a timer or by hand; 3 of an alert: something is wrong, and was told.",
        f"SuccessExitStatus=4{' 3' if job.name == 'alert' else ''}",
        "# A crawl ends by its own deadline, and cleanly when it is asked to; what it finished stays.",
        "TimeoutStartSec=infinity",
        "TimeoutStopSec=120",
        "StandardOutput=journal",
        "StandardError=journal",
        "SyslogIdentifier=archiver",
        "Nice=10",
        "IOSchedulingClass=idle",
        "",
        "# It writes to its folders, and nowhere else.",
        "ProtectSystem=strict",
        f"ProtectHome={'read-only' if _is_at_home(plan) else 'yes'}",
        f"ReadWritePaths={' '.join(_quoted(str(each)) for each in writes)}",
        f"PrivateTmp={'no' if _is_in_tmp(plan) else 'yes'}",
        "UMask=0027",
        *_FENCE,
    ]
    return "\n".join(lines) + "\n"


# MemoryDenyWriteExecute is left out: libraries that call back from C (ctypes, cffi) need such memory on some machines.
# AF_UNIX stays for the pairs of sockets that event loops wake themselves by, and for looking names up.
_FENCE = (
    "# It needs the network and no right of any kind.",
    "NoNewPrivileges=yes",
    "CapabilityBoundingSet=",
    "AmbientCapabilities=",
    "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX",
    "PrivateDevices=yes",
    "PrivateMounts=yes",
    "PrivateUsers=yes",
    "ProtectClock=yes",
    "ProtectHostname=yes",
    "ProtectControlGroups=yes",
    "ProtectKernelLogs=yes",
    "ProtectKernelModules=yes",
    "ProtectKernelTunables=yes",
    "ProtectProc=invisible",
    "ProcSubset=pid",
    "LockPersonality=yes",
    "RestrictNamespaces=yes",
    "RestrictRealtime=yes",
    "RestrictSUIDSGID=yes",
    "RemoveIPC=yes",
    "SystemCallArchitectures=native",
    "SystemCallFilter=@system-service",
    "SystemCallFilter=~@privileged @resources",
    "SystemCallErrorNumber=EPERM",
)


def timer(plan: Plan, job: Job) -> str:
    """What starts a service."""
    return f"""\
[Unit]
Description=archiver: when to {job.says}

[Timer]
OnCalendar={_calendar(job.at, plan.minute)}
# What was missed while the machine was off is made up for.
Persistent=true
# Not all machines ask at the same second.
RandomizedDelaySec={_jitter(job.at)}
AccuracySec=1min

[Install]
WantedBy=timers.target
"""


def _calendar(at: Time, minute: int) -> str:
    """
    >>> _calendar(Time(every=15), 4), _calendar(Time(every=60), 4), _calendar(Time(hour=2, minute=30), 4)
    ('*:04/15', '*:04', '*-*-* 02:30')
    """
    if at.every is None:
        return f"*-*-* {at.hour:02}:{at.minute:02}"
    return f"*:{minute % at.every:02}" + (f"/{at.every}" if at.every < 60 else "")


def _jitter(at: Time) -> str:
    return "30min" if at.every is None else f"{min(at.every, EVERY) // 5}min"


def _quoted(word: str, also: str = "") -> str:
    r"""A word as systemd reads it in a list; `also` are signs to be doubled, besides %.

    >>> print(_quoted("/srv/lưu trữ"), _quoted('50%"$x', "$"), _quoted("/srv/a"))
    "/srv/lưu trữ" "50%%\"$$x" /srv/a
    """
    for sign in ("%", *also):
        word = word.replace(sign, sign * 2)
    if not word or any(letter.isspace() or letter in "\"'\\;" for letter in word):
        return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return word


def _percent(text: str) -> str:
    return text.replace("%", "%%")


def _touched(plan: Plan) -> list[Path]:
    return [Path(plan.program[0]), *(each for each in (plan.folder, plan.snapshots, plan.backup, plan.config) if each)]


def _is_at_home(plan: Plan) -> bool:
    """Whether something that is needed stands where homes are."""
    return any(len(each.parts) > 1 and each.parts[1] in _HOMES for each in _touched(plan))


def _is_in_tmp(plan: Plan) -> bool:
    return any(each.is_relative_to("/tmp") or each.is_relative_to("/var/tmp") for each in _touched(plan))  # noqa: S108
