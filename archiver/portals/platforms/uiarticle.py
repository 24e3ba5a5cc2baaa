"""The ASP.NET system whose pages are made of `UIArticle…` controls: Ninh Bình, Sơn La, Hà Giang, Cần Thơ and others.

The first page of a list is plain; further pages are fragments that its script asks for by POST.
"""

from __future__ import annotations

from archiver.portals.model import Fragments, Platform, Selectors

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
        taken=(("article_category_id", r"article_category_id\W+(\d+)"), ("site_id", r"site_id\W+(\d+)")),
        said=(("page_size", "20"), ("lang", "vi-VN")),
        page="page",
    ),
    signs=("UIArticleInMenu", "ArticleDetailControl", "UIListNews_Default", "/DesktopModule/"),
)
