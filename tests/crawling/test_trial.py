"""Reading a page in a process of its own, to see whether it ends the process."""

import pytest

from archiver.crawling import trial
from archiver.crawling.trial import survives
from tests.store.conftest import article, url

AT = "2025-07-01T01:00:00.000000Z"


PAGE = article().encode()


def tried(body=PAGE, portal="demo"):
    return survives(body, portal, url("a"), "text/html", AT)


@pytest.fixture
def instead(tmp_path, monkeypatch):
    """Something else in the place of the process."""

    def does(line):
        program = tmp_path / "program"
        program.write_text(f"#!/bin/sh\n{line}\n")
        program.chmod(0o700)
        monkeypatch.setattr(trial.sys, "executable", str(program))

    return does


@pytest.mark.parametrize("body", [PAGE, b"", b"\x00\xff" * 99, "Không có gì".encode()])
def test_pages_survive_it(body):
    assert tried(body)


def test_an_error_of_the_reader_is_survived(instead):
    assert tried(portal="atlantis"), "the reader's own errors are met where pages are read"
    instead("exit 1")
    assert tried()


@pytest.mark.parametrize("name", ["KILL", "SEGV", "ABRT"])
def test_what_ends_the_process_is_not(instead, name):
    instead(f"kill -{name} $$")
    assert not tried()


def test_nor_is_what_does_not_end(instead, monkeypatch):
    monkeypatch.setattr(trial, "_LONGEST", 0.1)
    instead("exec sleep 20")
    assert not tried()


def test_a_person_who_interrupts_the_program_says_nothing_of_the_page(instead, tmp_path):
    instead(f"ps -o pgid= -p $$ > {tmp_path / 'group'}; echo $$ > {tmp_path / 'own'}")
    assert tried()
    assert (tmp_path / "group").read_text().strip() == (tmp_path / "own").read_text().strip()
