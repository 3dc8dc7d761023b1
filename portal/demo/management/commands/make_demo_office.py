"""`manage.py make_demo_office`: an obviously fictional office with work in every state."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.demo.adopting import adopt_processes
from portal.demo.people import make_people
from portal.demo.story import tell_all
from portal.office.models import Office


class Command(BaseCommand):
    help = "สร้างสำนักงานสาธิตพร้อมเรื่องในทุกสถานะ (ทำเฉพาะฐานข้อมูลที่ยังไม่มีผู้ใช้)"

    def handle(self, *_args: Any, **_options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("สำนักงานสาธิตสร้างในระบบใช้งานจริงไม่ได้")
        if User.objects.exists():
            self.stdout.write("มีข้อมูลอยู่แล้ว คงไว้ตามเดิม")
            return
        now = timezone.now()
        with transaction.atomic():
            Office.objects.create(
                pk=1,
                name="สำนักงานเขตพื้นที่การศึกษาประถมศึกษาสาธิต เขต 1",
                short_name="สพป.สาธิต เขต 1",
                address="เลขที่ 1 ถนนตัวอย่าง อำเภอสมมติ จังหวัดสาธิต 00000",
                phone="0 0000 0000",
                is_demo=True,
            )
            cast = make_people(now)
            adopt_processes(cast, now)
            tell_all(cast, now)
        self.stdout.write("สร้างสำนักงานสาธิตแล้ว")
