"""Reading the office's history."""

from django.db.models import Q, QuerySet

from portal.audit.models import OfficeEvent

# the first word of an action says what it is about
AREAS = {
    "person": "ผู้ใช้",
    "password": "รหัสผ่าน",
    "reset": "คำขอตั้งรหัสผ่าน",
    "unit": "กลุ่ม",
    "post": "ตำแหน่ง",
    "holding": "การดำรงตำแหน่ง",
    "delegation": "คำสั่งให้ทำการแทน",
    "school": "สถานศึกษา",
    "member": "ผู้แทนสถานศึกษา",
    "office": "ข้อมูลสำนักงาน",
    "calendar": "ปฏิทิน",
    "edition": "ฉบับของกระบวนงาน",
}


def events_found(text: str, area: str) -> QuerySet[OfficeEvent]:
    """Events, newest first, about an area and with a text in what they say."""
    events = OfficeEvent.objects.select_related("actor").order_by("-seq")
    if area in AREAS:
        events = events.filter(Q(action__startswith=f"{area}_") | Q(action__startswith=f"{area}-"))
    return events.filter(text__icontains=text) if text else events
