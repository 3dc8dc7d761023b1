"""Who and what a drill works with: an office, an officer, and papers he orders."""

from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import islice, product
from urllib.parse import urlencode

from django.db import connection
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.selectors import DEMO_PASSWORD
from portal.demo.people import make_people
from portal.jobs.models import Job
from portal.office.models import Office
from processes.selectors import effective_flows
from reports.models import PaperKind
from reports.services import order_paper


@dataclass
class Desk:
    """An officer who orders papers, each another one; `jobs` are what came of it."""

    officer: User
    ordered: int = 0
    jobs: list[int] = field(default_factory=list)

    def orders(self, number: int) -> list[dict[str, str]]:
        """The next orders, as the form on the page sends them."""
        every = product(effective_flows(), PaperKind.values)
        chosen = list(islice(every, self.ordered, self.ordered + number))
        self.ordered += len(chosen)
        return [
            {"kind": kind, "flow": flow.code, "edition": str(flow.edition.number)}
            for flow, kind in chosen
        ]

    def order(self, number: int) -> list[int]:
        """Order so many papers; their jobs."""
        now = timezone.now()
        for facts in self.orders(number):
            paper = order_paper(PaperKind(facts["kind"]), facts, by=self.officer, now=now)
            if paper.job_id is not None:
                self.jobs.append(paper.job_id)
        return self.jobs[-number:]


def open_office() -> Desk:
    """The people of the demo office in an empty database."""
    now = timezone.now()
    Office.objects.create(pk=1, name="สำนักงานซ้อมเหตุขัดข้อง")
    return Desk(make_people(now).staff)


def all_ended(jobs: list[int]) -> bool:
    """None of them waits or runs. A database that is away says nothing of the kind."""
    found = [job.ended for job in Job.objects.filter(pk__in=jobs)]
    connection.close()
    return all(found)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a visitor got; status 0 when the connection was cut."""

    status: int
    text: str

    @property
    def is_kind(self) -> bool:
        """A page that worked, or one that says in Thai that it did not."""
        thai = any("ก" <= letter <= "๛" for letter in self.text)
        return 0 < self.status < 400 or (thai and "Traceback" not in self.text)


class Visitor:
    """A browser of few words: keeps cookies, comes through the proxy with HTTPS."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def sign_in(self, user: User) -> None:
        self.get("/login/")
        answer = self.post("/login/", {"username": user.username, "password": DEMO_PASSWORD})
        if answer.status != 302:
            raise RuntimeError(f"the login was refused with {answer.status}")

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, "")

    def post(self, path: str, facts: dict[str, str]) -> Answer:
        token = self.cookies.get("csrftoken", "")
        return self._ask("POST", path, urlencode({**facts, "csrfmiddlewaretoken": token}))

    def _ask(self, method: str, path: str, body: str) -> Answer:
        link = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {
            "X-Forwarded-Proto": "https",
            "Host": "127.0.0.1",
            "Referer": "https://127.0.0.1/",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            link.request(method, path, body, headers)
            response = link.getresponse()
            for cookie in response.headers.get_all("Set-Cookie") or []:
                name, _, rest = cookie.partition("=")
                self.cookies[name] = rest.partition(";")[0]
            return Answer(response.status, response.read().decode())
        except (OSError, HTTPException):
            return Answer(0, "")
        finally:
            link.close()
