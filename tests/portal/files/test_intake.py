"""What may be attached: a table of good files and a longer one of bad ones."""

import io

import pytest

from portal.exceptions import RuleBroken
from portal.files.formats import ALLOWED_IN_WORDS
from portal.files.intake import Accepted, accept, clean_name
from tests.factories.uploads import (
    EXE,
    HTML,
    JPEG,
    PDF,
    PNG,
    WEBP,
    office_document,
    open_document,
    package,
)

DOCX = office_document("word/document.xml")
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OOXML = "application/vnd.openxmlformats-officedocument."
SLIDES = f"{OOXML}presentationml.presentation"
ODF = "application/vnd.oasis.opendocument."
THAI_TABLE = "ลำดับ,โรงเรียน\r\n1,บ้านตัวอย่าง\r\n"


def accepted(name, content, *, limit_mb=1):
    return accept(name, io.BytesIO(content), len(content), limit_mb=limit_mb)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("คำสั่งแต่งตั้ง.pdf", PDF, "application/pdf"),
        ("สแกน.PDF", b"\xef\xbb\xbf\r\n" + PDF, "application/pdf"),
        ("ภาพกิจกรรม.jpg", JPEG, "image/jpeg"),
        ("ภาพกิจกรรม.jpeg", JPEG, "image/jpeg"),
        ("ผัง.png", PNG, "image/png"),
        ("ผัง.webp", WEBP, "image/webp"),
        ("บันทึก.docx", DOCX, f"{OOXML}wordprocessingml.document"),
        ("งบ.xlsx", office_document("xl/workbook.xml"), f"{OOXML}spreadsheetml.sheet"),
        ("นำเสนอ.pptx", office_document("ppt/presentation.xml"), SLIDES),
        ("บันทึก.odt", open_document("text"), f"{ODF}text"),
        ("งบ.ods", open_document("spreadsheet"), f"{ODF}spreadsheet"),
        ("นำเสนอ.odp", open_document("presentation"), f"{ODF}presentation"),
        ("รายชื่อ.csv", THAI_TABLE.encode("utf-8-sig"), "text/plain"),
        ("รายชื่อเก่า.csv", THAI_TABLE.encode("cp874"), "text/plain"),
        ("ยาว.txt", "ก".encode() * 30_000, "text/plain"),
    ],
)  # fmt: skip
def test_accept_takes_what_an_office_works_with(name, content, media_type):
    assert accepted(name, content) == Accepted(name, media_type)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("ว่าง.pdf", b"", "ไฟล์ “ว่าง.pdf” ว่างเปล่า (0 ไบต์) โปรดตรวจสอบแล้วเลือกไฟล์ใหม่"),
        (
            "ใหญ่.pdf",
            PDF + b"\0" * 1_572_864,
            "ไฟล์ “ใหญ่.pdf” ใหญ่ 1.5 เมกะไบต์ ระบบรับได้ไม่เกิน 1 เมกะไบต์ต่อไฟล์",
        ),
        (
            "โปรแกรม.exe",
            EXE,
            f"ระบบไม่รับไฟล์ชนิดของ “โปรแกรม.exe” {ALLOWED_IN_WORDS}",
        ),
        (
            "คำสั่ง.pdf",
            EXE,
            "อ่านไฟล์ “คำสั่ง.pdf” เป็นไฟล์ PDF ไม่ได้ "
            f"ไฟล์อาจเสียหายหรือเป็นชนิดอื่น {ALLOWED_IN_WORDS}",
        ),
        (
            "ภาพ.png",
            HTML,
            "อ่านไฟล์ “ภาพ.png” เป็นรูปภาพ PNG ไม่ได้ "
            f"ไฟล์อาจเสียหายหรือเป็นชนิดอื่น {ALLOWED_IN_WORDS}",
        ),
        (
            "ภาพ.png",
            JPEG,
            "เนื้อหาของไฟล์ “ภาพ.png” เป็นรูปภาพ JPEG ไม่ตรงกับนามสกุลของไฟล์ "
            "โปรดเปลี่ยนนามสกุลเป็น .jpg หรือเลือกไฟล์ใหม่",
        ),
        ("เก่า.doc", OLD_WORD, "ระบบไม่รับไฟล์ชนิดของ “เก่า.doc” โปรดใช้ .docx หรือ .pdf"),
        ("ไม่มีนามสกุล", PDF, f"ระบบไม่รับไฟล์ชนิดของ “ไม่มีนามสกุล” {ALLOWED_IN_WORDS}"),
    ],
)  # fmt: skip
def test_accept_refuses_and_says_what_is_allowed(name, content, says):
    with pytest.raises(RuleBroken) as refusal:
        accepted(name, content)
    assert refusal.value.user_message == says
    assert (refusal.value.field, refusal.value.status) == ("file", 400)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("หน้าเว็บ.html", HTML),
        ("รูป.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("หน้าเว็บ.txt", HTML),
        ("หน้าเว็บ.txt", b" \n<script>alert(1)</script>"),
        ("สคริปต์.txt", b"#!/bin/sh\nrm -rf /\n"),
        ("โปรแกรม.txt", EXE),
        ("ขยะ.csv", b"a,b\x00c"),
        ("ภาพ.csv", PNG),
        ("เอกสาร.docx", PDF),
        ("เอกสาร.docx", office_document("xl/workbook.xml")),
        ("เอกสาร.docx", package(**{"run.exe": EXE})),
        ("เอกสาร.docx", DOCX[: len(DOCX) // 2]),
        ("เอกสาร.docx", OLD_WORD),
        ("มาโคร.docx", office_document("word/document.xml", "word/vbaProject.bin")),
        ("มาโคร.docm", office_document("word/document.xml", "word/vbaProject.bin")),
        ("เอกสาร.odt", open_document("spreadsheet")),
        ("เอกสาร.odt", package(mimetype=b"application/epub+zip")),
        ("รวม.zip", package(**{"a.pdf": PDF})),
        ("รวม.pdf", package(**{"a.pdf": PDF})),
        ("คำสั่ง.pdf.exe", PDF),
        ("คำสั่ง.exe", PDF),
        ("ภาพ.webp", b"RIFF\x1a\x00\x00\x00WAVEfmt "),
    ],
)
def test_accept_refuses_the_disguised_and_the_unsafe(name, content):
    with pytest.raises(RuleBroken):
        accepted(name, content)


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.pdf",
        "โฟลเดอร์/ไฟล์.pdf",
        "C:\\เอกสาร\\ไฟล์.pdf",
        "ไฟล์\x00.pdf",
        "ไฟล์\r\nSet-Cookie.pdf",
        "ไฟล์\u202efdp.exe",
        "ไฟล์\u2028.pdf",
        "\ufffdไฟล์.pdf",
        "..",
        "",
    ],
)
def test_clean_name_refuses_paths_and_control_characters(name):
    with pytest.raises(RuleBroken, match="ชื่อไฟล์มีเครื่องหมายคั่นโฟลเดอร์หรืออักขระควบคุม"):
        clean_name(name)


def test_clean_name_refuses_what_is_too_long():
    with pytest.raises(RuleBroken, match="ชื่อไฟล์ยาวเกิน 200 ตัวอักษร"):
        clean_name("ก" * 197 + ".pdf")


def test_clean_name_keeps_a_long_thai_name():
    name = "ก" * 196 + ".pdf"
    assert clean_name(name) == name


def test_clean_name_is_in_nfc_without_invisible_marks():
    assert clean_name(" cafe\u0301\u200bราย\u200bงาน.pdf ") == "caféรายงาน.pdf"
