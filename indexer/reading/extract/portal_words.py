"""Words that tell the lines of a portal from the lines of a document.

All patterns but FIGURES are for lines folded to bare small letters.
"""

from __future__ import annotations

import re

FIGURES = re.compile(
    r"\d\s*(?:%|đ\b|đồng|tỷ|tỉ\b|triệu|nghìn|ngàn|ha\b|m2|m²|km|kg|tấn|lít|người|hộ\b|phút|giờ|h\d|h\b)"
    r"|^\W*\d{1,2}\s*[/.-]\s*\d{1,2}\b|\d[./]\d{3}|\d+\s*/\s*\S*[A-ZĐ]{2}|\d{7,}|@"
    r"|\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}",
    re.IGNORECASE,
)
# What a document itself is built of; folded, at the start of a line.
STRUCTURE = re.compile(
    r"(?:nghi quyet|quyet dinh|quyet nghi|to trinh|bao cao|bien ban|thong bao (?:so|ket luan)|"
    r"chuong trinh (?:ky hop|lam viec|hoi nghi|giam sat)|chuong trinh$|ke hoach (?:so|giam sat)|"
    r"ket luan|giay moi|cong van|"
    r"noi dung|phu luc|danh sach|danh muc cac|bieu (?:so|mau)|mau so|chuong \S+$|muc \d|dieu \d|"
    r"phan (?:thu|[ivx]+\b)|can cu|kinh gui|kinh thua|thanh phan|thoi gian|dia diem|du thao|mau\b|"
    r"co quan thuc hien|don vi thuc hien|nguon|tac gia|tin, anh|tin va anh|anh:)"
)
LETTERHEAD = re.compile(
    r"(?:cong hoa xa hoi chu nghia|doc lap\s*-\s*tu do|so\s*:|so \d|"
    r"noi nhan|luu\b|nhu (?:tren|dieu|kinh gui))"
)
ISSUER = re.compile(
    r"(?:hoi dong nhan dan|hdnd|uy ban (?:nhan dan|mat tran)|ubnd|mat tran|thuong truc|"
    r"ban (?:phap che|kinh te|van hoa)|"
    r"(?:tinh|thanh pho|huyen|quan|thi xa|xa(?! hoi)|phuong|thi tran|dac khu)\s+\S|"
    r"van phong\b|doan\b)"
)
NAMED_UNIT = re.compile(
    r"\b(?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong|thi tran|dac khu) (?!va\b)\w"
)
SIGNER = re.compile(
    r"(?:(?:tm|kt|tl|tuq|q)\s*\.|(?:pho |quyen )?(?:chu tich|chu toa|truong ban|truong doan|bi thu|"
    r"chanh van phong|giam doc|truong phong)\b|dai bieu$|thu ky\b|nguoi (?:ky|lap|ghi)|"
    r"\(?(?:da ky|ky ten|ky, |ky va|ky\)?$))"
)
# How news begin: with the day, or with the occasion.
NEWS_OPENING = re.compile(
    r"(?:trong |vao )?(?:sang|chieu|toi|trua|hom|ngay|(?:\d+|hai|ba) ngay|tu ngay|vua qua|moi day|"
    r"nhan|thuc hien|tiep tuc)\b"
)
# What only a site says of itself.
SITE = re.compile(
    r"\b(?:trang chu|menu|gioi thieu|tin tuc|su kien|lien he|so do (?:cong|trang|web)|thu vien|"
    r"video|clip|album|dang nhap|tim kiem|hoi dap|hoi - dap|gop y|"
    r"tin (?:noi bat|moi|lien quan|khac)|bai viet|lien ket (?:website|web|trang|site|nhanh)|rss|"
    r"quang cao|thong ke truy cap|luot truy cap|chuyen muc|van ban (?:chi dao|moi|phap luat)|"
    r"he thong van ban|can biet|doc nhieu|xem (?:nhieu|them|tiep)|chia se|in trang|in bai|"
    r"gui email|quay lai|ve dau trang|media|podcast|english|mobile|fanpage|facebook|zalo|"
    r"youtube|thu dien tu)\b"
)
# Subjects that nearly every portal has an entry for, and documents speak of as well.
SUBJECT = re.compile(
    r"\b(?:cai cach hanh chinh|dich vu cong|thu tuc hanh chinh|chuyen doi so|cong khai|tuyen dung|"
    r"hinh anh|anh hoat dong|ban do|chuyen de|danh muc|lich (?:cong tac|tiep|lam viec)|hoat dong|"
    r"thong tin (?:tuyen truyen|quy hoach|du an|dau thau|chung|doanh nghiep)|huong dan|"
    r"co cau to chuc|bo may to chuc|chuc nang nhiem vu|tiep can thong tin|du lieu mo|y kien)\b"
)
# Lines that stand above a page's text: a greeting, the way to log in, the site's own name, crumbs.
CRUMBS = re.compile(r"(?:trang chu|trang nhat|home)\s*(?:[>»›/|]|\s-\s)\s*\S")
OPENING = re.compile(
    r"(?:chao mung (?:ban|quy vi|quy khach|cac ban)|dang nhap|dang ky\b|dang xuat|tim kiem|hotline|"
    r"duong day nong|email\s*:|dien thoai\s*:|trang thong tin dien tu|cong thong tin dien tu|"
    r"trang chu\b|trang nhat\b|home\b|about\b|english\b|vietnamese\b|tieng viet\b|menu\b|danh muc$|"
    r"contact\b|news$|login\b|sitemap\b|search\b|"
    r"(?:thu (?:hai|ba|tu|nam|sau|bay|\d)|chu nhat)\s*,\s*(?:ngay )?\d)"
)
# Lines that stand below it: whatever follows them is the site's as well.
CLOSING = re.compile(
    r"(?:ban quyen|copyright|©|\(c\) |co quan chu quan|don vi chu quan|"
    r"chiu trach nhiem (?:noi dung|chinh|quan ly|xuat ban)|giay phep (?:so|thiet lap|hoat dong)|"
    r"ghi ro nguon|powered by|"
    r"(?:tong )?(?:so )?luot truy cap|thong ke truy cap|dang (?:online|truc tuyen|truy cap)|"
    r"so nguoi (?:online|truy cap)|back to top|all rights reserved|"
    r"(?:trang|cong) thong tin dien tu .{3,80}(?:dia chi|chiu trach nhiem|giay phep|ban quyen))"
)
# The same, where the line holds little else: "Chia sẻ" may begin a sentence as well.
CLOSING_LINE = re.compile(
    r"(?:(?:cac )?tin,? (?:bai )?(?:lien quan|khac|moi|cu hon|da dua)|"
    r"(?:cac )?bai (?:viet )?(?:lien quan|khac|moi|cung chuyen muc)|(?:tin )?cung chuyen muc|"
    r"(?:tin |bai )?(?:doc|xem) nhieu|"
    r"(?:gui|viet|them) (?:binh luan|y kien|phan hoi)|"
    r"(?:y kien|binh luan|phan hoi)(?: cua)? ban doc|"
    r"binh luan\b|ma (?:bao ve|xac nhan|xac thuc|captcha)|ve dau trang|len dau trang|quay lai$|"
    r"in (?:trang|bai)|gui (?:email|mail)|chia se(?:$| bai| len| facebook)|danh gia bai viet|"
    r"(?:trang|cong) thong tin dien tu|lien ket (?:web|site|trang)|hotline|"
    r"ket noi voi chung toi|theo doi chung toi)"
)
