"""Every page that a reader can come to, and how it is found; `{names}` are keys of the archive (conftest)."""

from tests.site.pages.addresses import STORIES

OURS = {
    "home": "/",
    "search for nothing": "/search",
    "search": "/search?q=my+hao",
    "search with marks": "/search?q=M%E1%BB%B9+H%C3%A0o",
    "search of a section": "/search?q=UBND&section=Kinh+t%E1%BA%BF&from=2019&sort=newest",
    "search that finds nothing": "/search?q=khongcotunay&from=gestern",
    **STORIES,
    "article that was edited": "/a/{marked}",  # and listed
    "address below articles that is none": "/a/no/such/article",
    "edits": "/edits",
    "disappearances": "/missing",
    "coverage": "/coverage",
    "lists": "/lists",
    "list on a day": "/lists/{list}",
    "article in lists": "/a/{marked}/listed",
    "plots": "/plots",
}
DATASETTES = {
    "database": "/archive",
    "hidden tables": "/archive?_show_hidden=1",
    "query": "/archive?sql=select+article_key%2C+title%2C+url%2C+lead+from+articles+limit+5",
    "query that fails": "/archive?sql=select+nothing",
    "saved query": "/archive/search?q=my+hao",
    "saved query of edits": "/archive/latest_edits",
    "saved query of years": "/archive/found_by_year?q=UBND",
    "table": "/archive/articles?_size=8",
    "table that is searched": "/archive/articles?_search=my+hao&_sort_desc=published_on&_size=8",
    "table that is filtered": "/archive/articles?web_status=gone&_facet=author",
    "table of lists": "/archive/list_rows?_size=8",
    "view": "/archive/edits?_size=8",
    "row": "/archive/articles/{rich}",
    "row of a capture": "/archive/captures/{rich_capture}",
    "table that there is not": "/archive/nothing",
    "page that there is not": "/nothing",
}
PAGES = OURS | DATASETTES

# What is no page: a browser asks for it from a page, and gets it.
OTHERS = {
    "/search.json?q=my+hao": "application/json",
    "/search.atom?q=my+hao": "application/atom+xml",
    "/search/edits.atom?q=my+hao": "application/atom+xml",
    "/search.csv?q=my+hao": "text/csv",
    "/plots/calendar.csv": "text/csv",
    "/edits.atom": "application/atom+xml",
    "/missing.json": "application/json",
    "/coverage.json": "application/json",
    "/articles.atom": "application/atom+xml",
    "/lists.json": "application/json",
    "/lists/{list}.json": "application/json",
    "/a/{marked}/listed.json": "application/json",
    "/a/{marked}.json": "application/json",
    "/a/{marked}.bib": "application/x-bibtex",
    "/a/{marked}/": "text/html",  # leads to the page itself
    "/a/{rich}/capture/{rich_capture}/page": "text/html",
    "/a/{rich}/capture/{rich_capture}/bytes": "application/octet-stream",
    "/-/files/{picture}": "image/",
    "/-/looks/site.css": "text/css",
}
