"""What stands around every page in the platform's theme: head, banner, navigation, sidebar, footer."""

from __future__ import annotations

from html import escape

from archiver.demo.addresses import HOST
from archiver.demo.names import SITE_NAME
from archiver.demo.sections import SECTIONS
from archiver.demo.stencil import hole

ABOUT = "/portal/Pages/gioi-thieu.aspx"
CONTACT = "/portal/Pages/lien-he.aspx"
CALENDAR = "/portal/Pages/lich-cong-tac.aspx"
TAGS = "/portal/Pages/tu-khoa.aspx"
SEARCH = "/portal/Pages/tim-kiem.aspx"
STYLE = "/portal/SiteAssets/cong.css"
INTERNAL = "/noi-bo/danh-ba.aspx"

# A decoy that real templates carry: a machine date that is the site's, not the page's.
JSON_LD = (
    '<script type="application/ld+json">{"@context":"https://schema.org","@type":"WebSite",'
    f'"url":"{HOST}/","datePublished":"2018-01-05T08:00:00+07:00"}}</script>'
)
SCRIPTS = (
    '<script type="text/javascript" src="/_layouts/15/init.js?rev=rQHvYUfURJXLBpgKnm0dcA%3D%3D"></script>\n'
    '<script type="text/javascript">var _spPageContextInfo={webServerRelativeUrl:"\\u002fportal",'
    'webAbsoluteUrl:"https:\\u002f\\u002fanthuan.example\\u002fportal",currentLanguage:1066,pageListId:'
    '"{6b2f8c1e-4d1a-4f0e-9c57-0d3f4b1f7a11}",userId:0,siteClientTag:"411$$15.0.4569.1000"};</script>\n'
    '<script type="text/javascript">//<![CDATA[\nvar theForm = document.forms["aspnetForm"];\n'
    "function __doPostBack(eventTarget, eventArgument) { theForm.__EVENTTARGET.value = eventTarget; "
    "theForm.__EVENTARGUMENT.value = eventArgument; theForm.submit(); }\n//]]></script>\n"
)
NOTICE = (
    '<div class="td-left"><div class="td-notice"><b>Thông báo</b>'
    "<p>Tuyển dụng lao động hợp đồng tại Trung tâm Văn hóa thị xã</p>"
    "<span>Đăng ngày 05 - 01 - 2018</span></div></div>\n"
)
FOOTER = (
    f'<div id="up">°</div><div class="online">{hole("online")} người đang online</div>\n'
    '<div class="td-footer"><p>Bản quyền thuộc UBND thị xã An Thuận, tỉnh Hải Dương Đông</p>'
    '<a href="mailto:banbientap@anthuan.example">Ban biên tập</a> <a href="tel:+842200000000">0220 000 0000</a> '
    '<a href="javascript:window.scrollTo(0,0)">Lên đầu trang</a> '
    f'<a href="{INTERNAL}">Danh bạ nội bộ</a> '
    '<a href="https://haiduongdong.example/">Cổng tỉnh Hải Dương Đông</a> '
    '<a href="http://bao.haiduongdong.example/tin-moi">Báo Hải Dương Đông</a></div>\n'
)


def head(title: str) -> str:
    """The page's head; its title ends with the site's name."""
    return (
        f'<head><meta charset="utf-8"><meta name="GENERATOR" content="Microsoft SharePoint">'
        f"<title>{escape(title)} - {SITE_NAME}</title>\n"
        '<link rel="stylesheet" type="text/css" href="/_layouts/15/1066/styles/Themable/corev15.css?rev=OqAycmyMLo">\n'
        f'<link rel="stylesheet" type="text/css" href="{STYLE}">\n{SCRIPTS}{JSON_LD}\n{hole("scripts")}</head>\n'
    )


def navigation() -> str:
    """The menu: every section, and the pages without news."""
    links = [("/", "Trang chủ"), (ABOUT, "Giới thiệu"), *((section.path, section.name) for section in SECTIONS)]
    links += [(f"{CALENDAR}?thang=2024-07", "Lịch công tác"), (TAGS, "Từ khóa"), (CONTACT, "Liên hệ")]
    items = "".join(f'<li><a class="static menu-item" href="{path}">{name}</a></li>' for path, name in links)
    return f'<ul class="nav">{items}{hole("menus")}</ul>\n'


def hidden_state() -> str:
    """The WebForms state, which no two responses share."""
    return (
        '<div class="aspNetHidden"><input type="hidden" name="__EVENTTARGET" id="__EVENTTARGET" value="">'
        '<input type="hidden" name="__EVENTARGUMENT" id="__EVENTARGUMENT" value="">'
        f'<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="{hole("state")}">'
        f'<input type="hidden" name="__VIEWSTATE1" id="__VIEWSTATE1" value="{hole("heavy_state")}">'
        '<input type="hidden" name="__VIEWSTATEGENERATOR" id="__VIEWSTATEGENERATOR" value="BAB98CB3">'
        f'<input type="hidden" name="__EVENTVALIDATION" id="__EVENTVALIDATION" value="{hole("validation")}"></div>\n'
    )


def search_form() -> str:
    """A search by GET: nothing that a crawler should fill in."""
    return (
        f'<form class="td-search" method="get" action="{SEARCH}"><input type="text" name="q" placeholder="Tìm kiếm">'
        '<input type="submit" value="Tìm"></form>\n'
    )


def breadcrumb(path: str, name: str) -> str:
    """Home and the section."""
    return f'<div class="breadcrumb"><a href="/">Trang chủ</a> » <a href="{path}">{name}</a></div>\n'


def page(title: str, file: str, main: str) -> str:
    """A whole page; `file` is the last part of its path, where its form posts to."""
    return (
        f'<!DOCTYPE html>\n<html lang="vi" dir="ltr">\n{head(title)}<body>\n'
        '<div class="td-banner"><img alt="" src="/portal/Photos/banner.png">'
        f'<div class="td-today">{hole("today")}</div></div>\n'
        f'{search_form()}<form method="post" action="./{escape(file)}" id="aspnetForm">\n{hidden_state()}'
        f'{navigation()}<div id="s4-workspace"><div id="s4-bodyContainer">\n{NOTICE}<div id="DeltaPlaceHolderMain">\n'
        f"{main}\n</div></div></div>\n{FOOTER}</form>\n</body>\n</html>\n"
    )
