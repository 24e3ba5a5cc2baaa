"""NukeViet, the free system that offices and districts run with its module `news`.

The weekday stands before the day, views and comments behind the time; lists go on at `/page-N`. RSS and sitemaps are
built in. Pages of other modules (`about`, `contact`) have a title, a summary and machine dates alike: only the body's
id is the news'.
"""

from __future__ import annotations

from archiver.portals.model import Platform, Selectors

NUKEVIET = Platform(
    key="nukeviet",
    name="NukeViet",
    selectors=Selectors(
        title=("h1[itemprop=headline]", "h1.title", "h3.title"),
        lead=(".hometext", "#hometext"),
        date=("span.h5", "em.time", "span.time", "ul.uploadinfo"),
        body=("#news-bodyhtml", "div.bodytext"),
        breadcrumb=(".breadcrumb",),
        list_box=(".other-news",),
        only_articles=("#news-bodyhtml", "#news_detail"),
        hidden=(".hidden",),  # what it tells machines, in words: the author, the moment, the address
    ),
    feeds=("/rss/",),
    sitemaps=("/sitemap.xml",),
    signs=("news-bodyhtml", "nv_fullURL", "nukeviet", "NukeViet", "nv_base_siteurl"),
)
