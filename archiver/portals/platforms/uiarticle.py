"""The ASP.NET system whose pages are made of `UIArticle…` controls: Ninh Bình, Sơn La, Hà Giang, Cần Thơ and others.

The first page of a list is plain; further pages are fragments that its script asks for by POST. The fields are those
that crawlers of such portals send, as a form; most of them say what a row shows.
"""

from __future__ import annotations

from archiver.portals.model import Fragments, Platform, Selectors

_SAID: tuple[tuple[str, str | None], ...] = (
    ("categoryIds", None), ("keyword", ""), ("date_begin", ""), ("date_end", ""), ("show_no", "False"),
    ("show_post_date", "True"), ("num_of_text", "0"), ("show_view_count", "False"), ("filter_order_in_list", "False"),
    ("is_default", "False"), ("new", "False"), ("number_of_day", "3"), ("no", None), ("lang", "vi-VN"),
    ("articlelang", None), ("is_authenticated", None),
)  # fmt: skip

UIARTICLE = Platform(
    key="uiarticle",
    name="UIArticle (ASP.NET)",
    selectors=Selectors(
        title=(".ArticleHeader",),
        lead=(".ArticleSummary",),
        date=(".PostDate",),
        body=(".ArticleContent", ".ArticleDetailControl"),
        list_box=(".ArticleInMenu", ".UIArticleInMenu_Default"),
        list_item=("h2.Title",),
        not_body=(".tool", ".PostDate", ".ArticleHeader", ".ArticleSummary", ".UISocialShare"),
    ),
    case_matters=False,
    fragments=Fragments(
        path="/DesktopModule/UIArticleInMenu/ArticleInMenuPagination.aspx/LoadArticle",
        page="page",
        size="page_size",
        taken=(("article_category_id", r"\d{1,12}"), ("site_id", r"\d{1,12}"), ("page_size", r"[1-9]\d{0,3}")),
        named_by=("article_category_id", "site_id"),
        said=_SAID,
        pages=r"\bmaxPage\s*=\s*(?:parseInt\s*\(\s*)?[\"']?(\d{1,5})\b",
        pager="pagination",
    ),
    signs=("ArticleInMenu", "ArticleDetailControl", "UIListNews_Default", "/DesktopModule/"),
)
