"""The first administrator of a new installation."""

from argparse import ArgumentParser
from getpass import getpass
from pathlib import Path
from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.services import create_administrator
from portal.exceptions import DomainError


class Command(BaseCommand):
    help = "Add an administrator; asks for what is not given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username")
        parser.add_argument("--name", default="ผู้ดูแลระบบ", help="the name shown in the portal")
        parser.add_argument(
            "--password-file", type=Path, help="a file with the password on its first line"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        username = options["username"] or input("ชื่อผู้ใช้: ")
        facts = {"username": username.strip().lower(), "first_name": options["name"]}
        password = self._password(options["password_file"])
        try:
            user = User(**facts)
            user.clean_fields(exclude=["password", "sort_key"])
            password_validation.validate_password(password, user)
            create_administrator(facts, password=password, now=timezone.now())
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        except DomainError as error:
            raise CommandError(error.user_message) from error
        self.stdout.write(f"เพิ่มผู้ดูแลระบบ {facts['username']} แล้ว")

    def _password(self, file: Path | None) -> str:
        if file is None:
            return getpass("รหัสผ่าน: ")
        try:
            return file.read_text(encoding="utf-8").splitlines()[0]
        except (OSError, IndexError) as error:
            raise CommandError(f"อ่านรหัสผ่านจาก {file} ไม่ได้") from error
