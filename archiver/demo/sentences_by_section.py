"""Sentences of each section's news; each is parted from the next by a blank line."""

from __future__ import annotations

KINH_TE = """
Vụ này toàn thị xã gieo trồng {tram} ha, trong đó {noi} chiếm {pt}% diện tích với các cây chủ lực là khoai tây, bí
xanh, cà rốt và hành tỏi.

Giá trị sản xuất công nghiệp, tiểu thủ công nghiệp ước đạt {ty} tỷ đồng; thương mại, dịch vụ tiếp tục tăng trưởng khá.

Hợp tác xã dịch vụ nông nghiệp {xa} đã ký hợp đồng bao tiêu sản phẩm với {so} doanh nghiệp, giúp nông dân yên tâm mở
rộng sản xuất.

Phòng Kinh tế thị xã khuyến cáo bà con thường xuyên thăm đồng, phát hiện sớm sâu bệnh và chỉ phun thuốc khi mật độ
vượt ngưỡng, tuân thủ nguyên tắc bốn đúng.

Đến hết tháng {thang}, tổng thu ngân sách nhà nước trên địa bàn đạt {ty} tỷ đồng, bằng {pt}% dự toán tỉnh giao.

Gia đình ông {ten} ở {noi} mạnh dạn chuyển đổi {so} sào ruộng trũng sang nuôi thủy sản, mỗi năm thu lãi hơn {tram}
triệu đồng.

Nhờ ứng dụng cơ giới hóa đồng bộ từ khâu làm đất đến thu hoạch, chi phí sản xuất giảm khoảng {pt}%, năng suất bình
quân đạt {so} tạ/ha.

Đối với những hộ chưa nhận tiền bồi thường, UBND {noi} tiếp tục đối thoại, giải thích rõ đơn giá và phương án tái
định cư để tạo sự đồng thuận.

Ngân hàng Chính sách xã hội thị xã đã giải ngân {ty} tỷ đồng cho {tram} hộ vay vốn phát triển kinh tế.

Các sản phẩm mật ong, gạo nếp cái, chả cá của {noi} được công nhận OCOP 3 sao trở lên đã có mặt ở {so} cửa hàng.
"""

VAN_HOA = """
Ngay từ sáng sớm, hàng trăm người dân trong trang phục truyền thống đã có mặt tại sân vận động {noi} để tham dự.

Phần hội diễn ra sôi nổi với các trò chơi dân gian như kéo co, bịt mắt đập niêu, đi cầu khỉ, thu hút {so} đội tham gia.

Mỗi suất quà gồm tiền mặt và nhu yếu phẩm trị giá {tram} nghìn đồng được trao tận tay các gia đình có hoàn cảnh khó
khăn.

Năm học {truoc} - {nam}, toàn thị xã có {so} trường đạt chuẩn quốc gia, tỷ lệ học sinh tốt nghiệp THCS đạt {pt}%.

Trung tâm Y tế thị xã bố trí {so} điểm tiêm lưu động, bảo đảm quy trình sàng lọc, theo dõi sau tiêm theo đúng hướng dẫn
của Bộ Y tế.

Chị {ten}, giáo viên Trường Tiểu học {xa} xúc động: “Sự quan tâm của các nhà hảo tâm là động lực rất lớn để thầy trò
chúng tôi cố gắng hơn nữa”.

Các đội văn nghệ mang đến hội diễn {so} tiết mục hát, múa, chèo ca ngợi quê hương, đất nước và con người An Thuận.

Khu di tích đền Bà Chúa Mía được trùng tu từ năm {truoc} với sự chung tay của con em xa quê và khách thập phương.

Lực lượng đoàn viên, thanh niên đã thu gom {so} tấn rác thải, khơi thông {tram} mét cống rãnh và trồng mới {tram} cây
xanh.

Đội tuyển {noi} đã xuất sắc giành giải Nhất toàn đoàn; giải Nhì thuộc về đội {xa}.
"""

CHINH_TRI = """
Trong kỳ, các cấp ủy đã kết nạp {so} đảng viên mới, đạt {pt}% kế hoạch năm; công tác kiểm tra, giám sát được tăng cường.

Hội nghị đã nghe báo cáo kết quả lãnh đạo thực hiện nhiệm vụ {thang} tháng đầu năm và thảo luận, thống nhất các nhóm
nhiệm vụ, giải pháp trọng tâm thời gian tới.

Việc học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh được gắn với thực hiện nghị quyết của Đảng bộ {noi}
và giải quyết những vấn đề bức xúc nổi cộm ở cơ sở.

Cử tri {noi} kiến nghị thị xã sớm đầu tư hệ thống thoát nước, tu sửa đường liên xã và quan tâm giải quyết chế độ cho
người hoạt động không chuyên trách.

Giờ sinh hoạt toàn Đảng bộ được tổ chức bằng hình thức trực tuyến với {so} điểm cầu, vào ngày Chủ nhật, tuần đầu tiên
hàng tháng.

HĐND thị xã đã xem xét, thông qua {so} nghị quyết về phát triển kinh tế - xã hội, dự toán ngân sách và kế hoạch đầu tư
công trung hạn.

Đảng ủy {noi} hiện có {so} chi bộ trực thuộc với {tram} đảng viên; nhiều năm liền được công nhận hoàn thành tốt nhiệm
vụ.

Trao đổi với các đồng chí nhận quyết định, {nguoi} mong muốn các đồng chí nhanh chóng tiếp cận công việc, giữ gìn
đoàn kết nội bộ.

Công tác dân vận chính quyền có nhiều đổi mới, hướng mạnh về cơ sở; toàn thị xã xây dựng được {tram} mô hình “Dân vận
khéo”.

Ban Tuyên giáo Thị ủy chủ động nắm bắt dư luận xã hội, đấu tranh phản bác các quan điểm sai trái, bảo vệ nền tảng tư
tưởng của Đảng.
"""

AN_NINH = """
Sáu tháng qua, lực lượng Công an đã điều tra, làm rõ {so} vụ phạm pháp hình sự, tỷ lệ khám phá đạt {pt}%.

Ban Chỉ huy Quân sự thị xã đã phối hợp với các địa phương khám sức khỏe cho {tram} công dân, bảo đảm đúng quy trình,
công khai, dân chủ.

Tình huống giả định là đám cháy bùng phát tại gian hàng vải ở tầng một, khói lan nhanh khiến {so} người mắc kẹt.

Lực lượng cảnh sát giao thông tăng cường tuần tra, lập biên bản {tram} trường hợp vi phạm nồng độ cồn, phạt tiền {tram}
triệu đồng.

Mô hình tự quản tại {noi} hiện có {so} tổ liên gia an toàn với {tram} hộ đăng ký tham gia.

Cuộc diễn tập gồm {so} giai đoạn, vận hành theo cơ chế cấp ủy lãnh đạo, chính quyền điều hành, cơ quan quân sự, công an
tham mưu.

Nhân dân {noi} đã thẳng thắn phản ánh tình trạng đổ trộm rác thải, xe quá tải và việc cho vay lãi nặng trên địa bàn.

Các tân binh được gia đình, bạn bè và lãnh đạo địa phương động viên, tặng quà trước khi lên đường.
"""

THONG_BAO = """
Căn cứ Luật Tổ chức chính quyền địa phương và đề nghị của Trưởng phòng Tài chính - Kế hoạch thị xã, UBND thị xã
An Thuận thông báo tới các cơ quan, đơn vị và nhân dân được biết.

Hồ sơ nộp trực tiếp tại Bộ phận Tiếp nhận và Trả kết quả UBND thị xã trong giờ hành chính các ngày làm việc, không nhận
hồ sơ qua người thứ ba.

Mọi thắc mắc đề nghị phản ánh về Văn phòng HĐND và UBND thị xã để được xem xét, giải đáp theo quy định.

Trong thời gian thi công, đề nghị các hộ dân {noi} chủ động dự trữ nước, sắp xếp công việc cho phù hợp.

Giao UBND {noi} niêm yết công khai tại trụ sở, nhà văn hóa các thôn và thông tin trên hệ thống truyền thanh trong {so}
ngày liên tục.

Thủ trưởng các phòng, ban, ngành, Chủ tịch UBND các xã, phường và các tổ chức, cá nhân có liên quan chịu trách nhiệm
thi hành.

Người tham gia đấu giá nộp tiền đặt trước bằng {so}% giá khởi điểm vào tài khoản của đơn vị tổ chức trước phiên {so}
ngày.
"""

NONG_THON_MOI = """
Xác định xây dựng nông thôn mới chỉ có điểm đầu mà không có điểm kết thúc, {noi} đã huy động {ty} tỷ đồng cho giai đoạn
này.

Đến nay {so} thôn có nhà văn hóa đạt chuẩn, {pt}% đường trục thôn được bê tông hóa và có điện chiếu sáng ban đêm.

Thu nhập bình quân đầu người ở {noi} đạt {so} triệu đồng/năm, tỷ lệ hộ nghèo giảm còn dưới {so}%.

Đoàn thẩm định đã kiểm tra thực tế tại trạm y tế, trường học, nhà văn hóa và {so} hộ gia đình trên địa bàn.

Hội viên phụ nữ tự nguyện đóng góp ngày công, trồng và chăm sóc {so} tuyến đường hoa với tổng chiều dài {tram} mét.

Gia đình bà {ten} đã tự nguyện phá dỡ tường bao, hiến {tram} m2 đất để con đường của thôn được mở rộng.

Các tiêu chí về môi trường và an toàn thực phẩm tiếp tục được {noi} quan tâm với {so} điểm thu gom rác tập trung.
"""
