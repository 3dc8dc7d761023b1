"""The people of the demo office. Every name says that it is made up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.accounts.models import (
    AccountKind,
    Holding,
    Post,
    PostRank,
    SchoolMember,
    Unit,
    User,
)
from portal.schools.models import School
from portal.thai.sorting import sort_key

PASSWORD = "krabuan-demo"  # noqa: S105 - shown on the login page of the demo office
SCHOOLS = ("บ้านตัวอย่าง", "วัดสมมติวิทยา", "ชุมชนทดลองใช้")


@dataclass
class Cast:
    """Who plays what in the demo."""

    unit: Unit
    policy_unit: Unit
    staff: User
    colleague: User
    head: User
    deputy: User
    director: User
    school: User


def make_people(now: datetime) -> Cast:
    """Units, posts and people; everybody has sat in his post for two years."""
    deputy_post = Post.objects.create(
        rank=PostRank.DEPUTY, title="รองผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา"
    )
    director_post = Post.objects.create(
        rank=PostRank.DIRECTOR, title="ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา"
    )
    unit = Unit.objects.create(
        code="ict",
        name="กลุ่มส่งเสริมการศึกษาทางไกล เทคโนโลยีสารสนเทศและการสื่อสาร",
        deputy=deputy_post,
    )
    policy_unit = Unit.objects.create(code="policy", name="กลุ่มนโยบายและแผน", deputy=deputy_post)
    since = now - timedelta(days=730)
    cast = Cast(
        unit=unit,
        policy_unit=policy_unit,
        staff=_person("staff", "นางสาว", "เจ้าหน้าที่หนึ่ง", "นักวิชาการคอมพิวเตอร์"),
        colleague=_person("staff2", "นาย", "เจ้าหน้าที่สอง", "เจ้าพนักงานคอมพิวเตอร์"),
        head=_person("head", "นาง", "หัวหน้ากลุ่ม", "นักวิชาการศึกษา"),
        deputy=_person("deputy", "นาย", "รองผู้อำนวยการ", "รอง ผอ.สพท."),
        director=_person("director", "นาย", "ผู้อำนวยการ", "ผอ.สพท."),
        school=_person("school", "นาง", "สถานศึกษา", "ครู", account=AccountKind.SCHOOL),
    )
    for person in (cast.staff, cast.colleague):
        _seat(person, _officer_post(unit), since)
    _seat(cast.head, _post(PostRank.HEAD, "ผู้อำนวยการกลุ่มส่งเสริมการศึกษาทางไกลฯ", unit), since)
    _seat(cast.deputy, deputy_post, since)
    _seat(cast.director, director_post, since)
    _seat(
        _person("policy", "นางสาว", "นโยบาย", "นักวิเคราะห์นโยบายและแผน"),
        _officer_post(policy_unit),
        since,
    )
    _person("admin", "นาย", "ผู้ดูแลระบบ", "ผู้ดูแลระบบสารสนเทศ", administers=True)
    _make_schools(cast.school, now)
    return cast


def _person(username: str, title: str, last_name: str, position: str, **facts: object) -> User:
    user = User(
        username=username,
        title=title,
        first_name="สมมติ",
        last_name=last_name,
        position=position,
        sort_key=sort_key(f"สมมติ {last_name}"),
        **facts,
    )
    user.set_password(PASSWORD)
    user.save()
    return user


def _post(rank: PostRank, title: str, unit: Unit) -> Post:
    return Post.objects.create(rank=rank, title=title, unit=unit)


def _officer_post(unit: Unit) -> Post:
    return _post(PostRank.OFFICER, f"เจ้าหน้าที่{unit.name}", unit)


def _seat(user: User, post: Post, since: datetime) -> None:
    Holding.objects.create(user=user, post=post, from_at=since, order_number="ตัวอย่าง ๑/๒๕๖๗")


def _make_schools(user: User, now: datetime) -> None:
    for number, name in enumerate(SCHOOLS, start=1):
        school = School.objects.create(
            code=f"9900{number:04d}", name=f"โรงเรียน{name}", sort_key=sort_key(f"โรงเรียน{name}")
        )
        if number == 1:
            since = (now - timedelta(days=365)).date()
            SchoolMember.objects.create(user=user, school=school, from_on=since)
