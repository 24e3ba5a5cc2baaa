"""Sentences that any section's news may use; each is parted from the next by a blank line."""

from __future__ import annotations

from archiver.demo.sentences_by_section import AN_NINH, CHINH_TRI, KINH_TE, NONG_THON_MOI, THONG_BAO, VAN_HOA

ANYWHERE = """
Dự và chỉ đạo có {nguoi}; các đồng chí trong Ban Thường vụ Thị ủy; lãnh đạo các phòng, ban, ngành, đoàn thể thị xã
và đông đảo cán bộ, nhân dân {noi}.

Phát biểu tại buổi làm việc, {nguoi} ghi nhận và đánh giá cao những kết quả mà cán bộ, nhân dân {noi} đã đạt được
trong thời gian qua; đồng thời chỉ rõ một số tồn tại, hạn chế cần sớm khắc phục.

Theo báo cáo của UBND {noi}, đến nay trên địa bàn có {pt}% số hộ gia đình đạt danh hiệu “Gia đình văn hóa”, {so} khu
dân cư giữ vững danh hiệu “Khu dân cư tiên tiến”.

Các đại biểu đã tập trung thảo luận, làm rõ nguyên nhân của những việc chưa làm được, nhất là trong công tác phối
hợp giữa các cơ quan, đơn vị với UBND các xã, phường.

Trong thời gian tới, {noi} tiếp tục đẩy mạnh công tác tuyên truyền, vận động nhân dân chấp hành tốt các chủ trương
của Đảng, chính sách, pháp luật của Nhà nước; phát huy vai trò của người đứng đầu cấp ủy, chính quyền các cấp.

Nhân dịp này, UBND thị xã đã tặng giấy khen cho {so} tập thể và {so} cá nhân có thành tích xuất sắc.

Ông {ten}, người dân {xa} phấn khởi cho biết: “Bà con chúng tôi rất đồng tình với chủ trương này và mong muốn được
triển khai sớm để cuộc sống ngày càng tốt hơn”.

Thay mặt cấp ủy, chính quyền địa phương, {nguoi} tiếp thu các ý kiến phát biểu và giao cho các phòng chuyên môn tham
mưu, đề xuất biện pháp giải quyết trong tháng {thang}.

Đồng chí đề nghị các phòng, ban, ngành của thị xã và UBND các xã, phường tiếp tục đổi mới phương pháp làm việc,
đẩy mạnh cải cách thủ tục hành chính, nâng cao chất lượng phục vụ người dân và doanh nghiệp.

Tổng kinh phí thực hiện là {ty} tỷ đồng, trong đó ngân sách thị xã hỗ trợ {pt}%, còn lại huy động từ nguồn xã hội hóa
và sự đóng góp của nhân dân.

So với cùng kỳ năm {truoc}, kết quả này tăng {pt}%, vượt kế hoạch đề ra.

Công tác tuyên truyền được triển khai sâu rộng với hơn {tram} lượt tin, bài trên hệ thống đài truyền thanh cơ sở và
{so} buổi sinh hoạt tại các thôn, tổ dân phố.

Tuy nhiên, việc triển khai ở một số địa bàn như {xa}, {xa} còn chậm; nhận thức của một bộ phận người dân chưa đầy đủ.

Đây là hoạt động thiết thực, góp phần thực hiện thắng lợi Nghị quyết Đại hội Đảng bộ thị xã lần thứ XXV.

Bí thư Chi bộ thôn {so_thon}, {noi} {ten} cho biết, cấp ủy đã phân công từng đảng viên phụ trách các nhóm hộ, nắm bắt
tâm tư, nguyện vọng và kịp thời tháo gỡ khó khăn ngay từ cơ sở.

Với tinh thần trách nhiệm cao, sau {so} ngày làm việc khẩn trương, nghiêm túc, toàn bộ nội dung chương trình đề ra đã
được hoàn thành.

Ban Tổ chức cũng đã tiếp nhận {so} ý kiến góp ý bằng văn bản gửi về từ {xa}, {xa} và các cơ quan, đơn vị liên quan.

Kết luận hội nghị, {nguoi} nhấn mạnh: Phải lấy sự hài lòng của người dân làm thước đo kết quả công việc.
"""

DECOYS = """
Trước đó, tại mục “Tin mới nhất” của bản tin cũ, nội dung này đã được Đăng ngày 15 - 3 - 2020 nhưng còn thiếu số liệu
của {so} đơn vị (08/12/2019 9:24 SA).
"""


def sentences(text: str) -> tuple[str, ...]:
    r"""The sentences of a block, each on one line.

    >>> sentences("Một câu\ndài.\n\nHai.")
    ('Một câu dài.', 'Hai.')
    """
    return tuple(" ".join(sentence.split()) for sentence in text.strip().split("\n\n"))


COMMON = sentences(ANYWHERE)
MISLEADING = sentences(DECOYS)
SENTENCES = {
    "kinh-te": sentences(KINH_TE),
    "van-hoa": sentences(VAN_HOA),
    "chinh-tri": sentences(CHINH_TRI),
    "an-ninh": sentences(AN_NINH),
    "thong-bao": sentences(THONG_BAO),
    "nong-thon-moi": sentences(NONG_THON_MOI),
}
