"""The people of the demo office. Every name says that it is made up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from portal.accounts.models import AccountKind, Post, PostRank, Unit, User
from portal.accounts.selectors import DEMO_PASSWORD
from portal.accounts.services.members import add_member
from portal.accounts.services.people import create_login
from portal.accounts.services.posts import add_post, add_unit
from portal.accounts.services.seating import seat_person
from portal.schools.services import add_school

ICT = "กลุ่มส่งเสริมการศึกษาทางไกล เทคโนโลยีสารสนเทศและการสื่อสาร"
DIRECTOR = "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา"
SCHOOLS = ("บ้านตัวอย่าง", "วัดสมมติวิทยา", "ชุมชนทดลองใช้")


@dataclass
class Cast:
    """Who plays what in the demo."""

    unit: Unit
    staff: User
    colleague: User
    head: User
    deputy: User
    director: User
    school: User


class Maker:
    """Makes the office as its administrator would, two years ago."""

    def __init__(self, now: datetime) -> None:
        self.admin = _login("admin", "นาย", "ผู้ดูแลระบบ", "ผู้ดูแลระบบสารสนเทศ", administers=True)
        self.by: dict[str, Any] = {"by": self.admin, "now": now - timedelta(days=730)}

    def post(self, rank: PostRank, title: str, unit: Unit | None = None) -> Post:
        return add_post({"rank": rank, "title": title, "unit": unit}, **self.by)

    def unit(self, code: str, name: str, deputy: Post) -> Unit:
        return add_unit({"code": code, "name": name, "deputy": deputy}, **self.by)

    def seated(self, user: User, post: Post) -> User:
        """Put the person into the post."""
        order = "ตัวอย่าง ๑/๒๕๖๗"
        seat_person(post, user=user, from_at=self.by["now"], order_number=order, **self.by)
        return user

    def officer(self, username: str, title: str, last_name: str, unit: Unit) -> User:
        """Somebody in an officer's post of the unit."""
        post = self.post(PostRank.OFFICER, f"เจ้าหน้าที่{unit.name}", unit)
        position = "นักวิชาการคอมพิวเตอร์" if unit.code == "ict" else "นักวิเคราะห์นโยบายและแผน"
        return self.seated(_login(username, title, last_name, position), post)

    def schools(self, user: User) -> None:
        """The register, and who signs in for its first school."""
        for number, name in enumerate(SCHOOLS, start=1):
            facts = {"code": f"9900{number:04d}", "name": f"โรงเรียน{name}", "ministry_code": ""}
            school = add_school(facts, **self.by)
            if number == 1:
                add_member(school, user=user, from_on=self.by["now"].date(), **self.by)


def make_people(now: datetime) -> Cast:
    """Units, posts, schools and people, each with the line of history that made it."""
    make = Maker(now)
    deputy_post = make.post(PostRank.DEPUTY, "รองผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา")
    director_post = make.post(PostRank.DIRECTOR, DIRECTOR)
    unit = make.unit("ict", ICT, deputy_post)
    policy = make.unit("policy", "กลุ่มนโยบายและแผน", deputy_post)
    head_post = make.post(PostRank.HEAD, "ผู้อำนวยการกลุ่มส่งเสริมการศึกษาทางไกลฯ", unit)
    make.officer("policy", "นางสาว", "นโยบาย", policy)
    cast = Cast(
        unit=unit,
        staff=make.officer("staff", "นางสาว", "เจ้าหน้าที่หนึ่ง", unit),
        colleague=make.officer("staff2", "นาย", "เจ้าหน้าที่สอง", unit),
        head=make.seated(_login("head", "นาง", "หัวหน้ากลุ่ม", "ผอ.กลุ่ม"), head_post),
        deputy=make.seated(_login("deputy", "นาย", "รองผู้อำนวยการ", "รอง ผอ.สพท."), deputy_post),
        director=make.seated(_login("director", "นาย", "ผู้อำนวยการ", "ผอ.สพท."), director_post),
        school=_login("school", "นาง", "สถานศึกษา", "ครู", account=AccountKind.SCHOOL),
    )
    make.schools(cast.school)
    return cast


def _login(username: str, title: str, last_name: str, position: str, **facts: Any) -> User:
    named = {"username": username, "title": title, "first_name": "สมมติ", "last_name": last_name}
    return create_login(
        {**named, "position": position, **facts}, password=DEMO_PASSWORD, temporary=False
    )
