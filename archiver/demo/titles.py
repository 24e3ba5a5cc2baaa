"""Title phrases of each section: one to a line."""

from __future__ import annotations

KINH_TE = """
{Noi} đẩy mạnh chuyển đổi cơ cấu cây trồng vụ đông năm {nam}
Thị xã An Thuận thu ngân sách {thang} tháng đạt {pt}% dự toán giao
Hội nghị đối thoại giữa lãnh đạo thị xã với các doanh nghiệp trên địa bàn năm {nam}
Khánh thành tuyến đường trục trung tâm {noi} nối với cụm công nghiệp Bãi Sậy
Hiệu quả từ mô hình nuôi cá lồng kết hợp du lịch sinh thái của hộ ông {ten} ở {noi}
{Noi}: Hơn {tram} hộ dân tham gia dồn thửa, đổi ruộng
Khởi công xây dựng chợ trung tâm {noi} với tổng mức đầu tư {ty} tỷ đồng
Kiểm tra tiến độ giải phóng mặt bằng dự án đường vành đai phía Đông đoạn qua {noi}
Đưa sản phẩm OCOP của An Thuận lên sàn thương mại điện tử: Cách làm mới ở {noi}
Phòng trừ rầy nâu, sâu cuốn lá bảo vệ lúa mùa
Tập huấn “Chuyển đổi số trong sản xuất nông nghiệp” cho {tram} hội viên nông dân {noi}
Toàn thị xã gieo cấy xong {tram} ha lúa xuân
"""

VAN_HOA = """
{Noi} tổ chức Ngày hội “Đại đoàn kết toàn dân tộc” năm {nam}
Khai mạc Giải bóng chuyền hơi người cao tuổi thị xã An Thuận lần thứ {so}
Trao {so} suất học bổng “Tiếp bước đến trường” cho học sinh nghèo vượt khó {noi}
Trường THCS {ten_truong} đón Bằng công nhận đạt chuẩn quốc gia mức độ 2
Phát động Tháng hành động vì trẻ em năm {nam} tại {noi}
Lễ hội truyền thống đền Bà Chúa Mía được tổ chức trang nghiêm, tiết kiệm và an toàn
{Noi}: Ra quân tổng vệ sinh môi trường hưởng ứng “Ngày Chủ nhật xanh”
Thị xã An Thuận triển khai tiêm vắc xin sởi - rubella đợt {thang} cho trẻ em trên địa bàn
Khám bệnh, cấp thuốc miễn phí cho {tram} người cao tuổi và gia đình chính sách ở {noi}
Bế mạc Hội thi tiếng hát khu dân cư
Gặp mặt kỷ niệm Ngày Nhà giáo Việt Nam 20/11 và tuyên dương nhà giáo tiêu biểu năm học {truoc} - {nam}
Hội Chữ thập đỏ thị xã trao nhà nhân ái cho gia đình bà {ten} ở {noi}
"""

CHINH_TRI = """
Thị ủy An Thuận tổ chức hội nghị sơ kết công tác xây dựng Đảng {thang} tháng đầu năm {nam}
Đảng bộ {noi} tổ chức thành công Đại hội đại biểu nhiệm kỳ mới
Kỳ họp thứ {so} HĐND thị xã khóa XX: Thông qua {so} nghị quyết quan trọng
Ban Thường vụ Thị ủy làm việc với Đảng ủy {noi} về công tác cán bộ
Trao Huy hiệu Đảng đợt 19/5 cho đảng viên cao tuổi {noi}
Giờ sinh hoạt toàn Đảng bộ tháng {thang} năm {nam}: “Học tập và làm theo Bác từ những việc nhỏ nhất”
Đại biểu HĐND thị xã tiếp xúc cử tri {noi} sau kỳ họp thường lệ cuối năm {nam}
Hội nghị trực tuyến quán triệt Nghị quyết của Trung ương
Ủy ban MTTQ {noi} giám sát việc thực hiện dân chủ ở cơ sở
Công bố quyết định về công tác cán bộ tại {noi}
Bồi dưỡng lý luận chính trị cho {tram} đảng viên mới năm {nam}
Ban Tuyên giáo Thị ủy đánh giá công tác tuyên giáo và kết quả thí điểm Giờ sinh hoạt toàn Đảng bộ năm {nam}
"""

AN_NINH = """
{Noi} tổ chức diễn đàn “Công an lắng nghe ý kiến nhân dân” năm {nam}
Lễ giao nhận quân năm {nam}: {tram} thanh niên An Thuận lên đường nhập ngũ
Ra quân trấn áp tội phạm, bảo đảm an ninh trật tự dịp Tết Nguyên đán
Diễn tập chiến đấu phòng thủ {noi} năm {nam} đạt kết quả tốt
Công bố Quyết định Trưởng, Phó Trưởng công an chính quy {so} xã trên địa bàn thị xã An Thuận
Tuyên truyền Luật Giao thông đường bộ cho {tram} học sinh Trường THPT {ten_truong}
Huấn luyện dân quân năm thứ nhất cụm số {so}
{Noi}: Xây dựng mô hình “Camera giám sát an ninh” từ nguồn xã hội hóa
Thực tập phương án chữa cháy và cứu nạn, cứu hộ tại chợ trung tâm {noi}
Tổng kết phong trào Toàn dân bảo vệ an ninh Tổ quốc năm {nam} và triển khai nhiệm vụ năm tới
"""

THONG_BAO = """
Thông báo lịch tiếp công dân của lãnh đạo UBND thị xã tháng {thang} năm {nam}
Thông báo về việc tạm ngừng cấp nước sạch tại {noi} để sửa chữa đường ống
Thông báo kết quả lựa chọn đơn vị thực hiện gói thầu số {so}
Quyết định phê duyệt danh sách hộ nghèo, hộ cận nghèo năm {nam} trên địa bàn {noi}
Thông báo tuyển dụng viên chức ngành giáo dục năm {nam}
Lịch cắt điện phục vụ thi công đường trục {noi}
Công khai dự toán thu, chi ngân sách thị xã năm {nam} trình HĐND thị xã khóa XX
Kế hoạch phòng, chống thiên tai và tìm kiếm cứu nạn năm {nam}
Thông báo đấu giá quyền sử dụng {so} lô đất ở tại {noi}
Thông báo về việc lấy ý kiến nhân dân đối với đồ án quy hoạch chi tiết khu dân cư mới {noi}
"""

NONG_THON_MOI = """
{Noi} đón Bằng công nhận đạt chuẩn nông thôn mới nâng cao năm {nam}
Nhân dân {noi} hiến {tram} m2 đất mở rộng đường giao thông nông thôn
Thẩm định kết quả xây dựng nông thôn mới kiểu mẫu tại {noi}
{Noi}: Nhiều tuyến đường hoa được trồng mới
Hội Phụ nữ {noi} với phong trào “5 không, 3 sạch” trong xây dựng nông thôn mới kiểu mẫu năm {nam}
Bê tông hóa {so} km kênh mương nội đồng
Ông {ten} - Người trưởng thôn hết lòng vì việc chung ở {noi}
Xây dựng khu dân cư kiểu mẫu: Kinh nghiệm từ {noi}
"""


def phrases(text: str) -> tuple[str, ...]:
    r"""The lines of a block of phrases.

    >>> phrases("\nmột\nhai\n")
    ('một', 'hai')
    """
    return tuple(text.strip().splitlines())


TITLES = {
    "kinh-te": phrases(KINH_TE),
    "van-hoa": phrases(VAN_HOA),
    "chinh-tri": phrases(CHINH_TRI),
    "an-ninh": phrases(AN_NINH),
    "thong-bao": phrases(THONG_BAO),
    "nong-thon-moi": phrases(NONG_THON_MOI),
}
