"""Small files of every kind that is read, made as their programs make them."""

import zipfile
from io import BytesIO
from pathlib import Path

import fontpkg_noto_serif
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

pdfmetrics.registerFont(TTFont("Serif", next(Path(fontpkg_noto_serif.__file__).parent.glob("files/NotoSerif[[]*.ttf"))))
STYLE = ParagraphStyle("Serif", fontName="Serif", fontSize=12, leading=16, spaceAfter=8)
JUSTIFIED = ParagraphStyle("Justified", parent=STYLE, alignment=4, spaceAfter=0, firstLineIndent=28)

ALL_LETTERS = "".join(
    upper + upper.lower() for upper in "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬEÈÉẺẼẸÊỀẾỂỄỆIÌÍỈĨỊOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢUÙÚỦŨỤƯỪỨỬỮỰYỲÝỶỸỴĐ"
)
DECISION = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; Ủy ban nhân dân thị xã An Thuận ban hành Quyết "
    "định số 1051/QĐ-UBND về việc phê duyệt kết quả xét, trợ cấp cho các đối tượng bảo trợ xã hội trên địa bàn."
)
ARTICLE = "Điều 1. Khuỷu tay, nghiêng ngả, quyển sổ, ưỡn ẹo; các phòng, ban chịu trách nhiệm thi hành Quyết định này."
ROWS = [
    ["STT", "Họ và tên", "Thôn", "Số tiền"],
    ["1", "Nguyễn Thị Thuỷ", "Đông", "1.500.000"],
    ["2", "Lê Ưng", "Tây", "500.000"],
]


def pdf(*parts, **options):
    """A PDF of paragraphs (texts) and tables (lists of rows), with a font embedded in part, as Word's printing has it."""
    file = BytesIO()
    style = [("FONTNAME", (0, 0), (-1, -1), "Serif")]
    flow = [Table(part, style=style) if isinstance(part, list) else part if not isinstance(part, str) else Paragraph(part, options.get("style", STYLE)) for part in parts]  # fmt: skip
    SimpleDocTemplate(file, pagesize=A4, encrypt=options.get("encrypt")).build(flow)
    return file.getvalue()


NEW_PAGE = PageBreak()


def drawn_pdf(draw):
    """A PDF of what `draw` does to a canvas."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.setFont("Serif", 12)
    draw(canvas)
    canvas.save()
    return file.getvalue()


def raw_pdf(*objects, root=1):
    """A PDF of objects as written, numbered from 1: for what no program makes."""
    body, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table, len(objects) + 1, root, len(body))  # fmt: skip


def stream(content, extra=b""):
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), extra, content)


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body, **parts):
    """A DOCX of a body in WordprocessingML, without what no reader of its text needs."""
    document = f'<?xml version="1.0"?><w:document xmlns:w="{W}" xmlns:mc="mc"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **{f"word/{name}.xml": text for name, text in parts.items()}})  # fmt: skip


def p(*texts):
    return "<w:p>" + "".join(f"<w:r><w:t>{text}</w:t></w:r>" for text in texts) + "</w:p>"


def table(rows):
    return "<w:tbl>" + "".join("<w:tr>" + "".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in cells) + "</w:tr>" for cells in rows) + "</w:tbl>"  # fmt: skip
