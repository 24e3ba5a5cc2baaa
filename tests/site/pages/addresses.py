"""Where the pages of the articles with a story stand; `{names}` are keys of the archive (`Told.names`)."""

STORIES = {
    "article with pictures": "/a/{rich}",
    "article that was edited": "/a/{edited}",
    "article that is gone": "/a/{gone}",
    "article that is suspect": "/a/{suspect}",
    "article of a hostile page": "/a/{hostile}",
    "article that moved": "/a/{moved}",
    "article that is withheld": "/a/{secret}",
    "article that there is not": "/a/nosucharticle",
    "history": "/a/{edited}/history?from=1",
    "history of a text that came back": "/a/{back}/history",
    "history of one version": "/a/{rich}/history",
    "two articles side by side": "/a/{moved}/beside/{moved_to}",
    "capture": "/a/{rich}/capture/{rich_capture}",
    "capture of a hostile page": "/a/{hostile}/capture/{hostile_capture}",
    "capture of what is gone": "/a/{gone}/capture/{gone_capture}",
}
PAGES = STORIES | {
    "home": "/",
    "search": "/search?q=UBND&from=2013",
    "search for nothing that is there": "/search?q=khongcotunay&from=gestern",
}
