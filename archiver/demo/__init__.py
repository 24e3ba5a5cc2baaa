"""A made-up portal of a made-up town: it plays what real portals do, faults and traps included.

Its truth is its input data: nothing here reads pages. Places, people, news and files are invented.
"""

from archiver.demo.clock import demo_clock
from archiver.demo.dressed import DressedPortal
from archiver.demo.dresses import DRESSES, Dress
from archiver.demo.news import compose, stories
from archiver.demo.portal import DemoPortal
from archiver.demo.responses import Response
from archiver.demo.server import Served, serve
from archiver.demo.story import Attachment, Picture, Story, Table
from archiver.demo.truth import ListTruth, RowTruth, StoryTruth, Truth

__all__ = [
    "DRESSES",
    "Attachment",
    "DemoPortal",
    "Dress",
    "DressedPortal",
    "ListTruth",
    "Picture",
    "Response",
    "RowTruth",
    "Served",
    "Story",
    "StoryTruth",
    "Table",
    "Truth",
    "compose",
    "demo_clock",
    "serve",
    "stories",
]
