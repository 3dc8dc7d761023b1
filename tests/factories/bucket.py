"""A real S3 server over HTTP (moto) that asks for keys and checks signatures."""

import json
import os
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import boto3

from portal.demo.management.commands.run_portal import HOST, free_port
from portal.files import place

BUCKET = "krabuan-files"
# whoever asks before the keys are handed out is not asked for his
BEFORE_KEYS = 4
MAY_ALL = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}],
    }
)


class S3Server:
    """Started with an empty bucket and one user who may work in it."""

    def __init__(self) -> None:
        self.port = free_port(19_000 + os.getpid() % 20_000)
        self.endpoint = f"http://{HOST}:{self.port}"
        environment = {**os.environ, "INITIAL_NO_AUTH_ACTION_COUNT": str(BEFORE_KEYS)}
        command = [
            str(Path(sys.executable).with_name("moto_server")),
            "-H",
            HOST,
            "-p",
            str(self.port),
        ]
        self.process = subprocess.Popen(  # noqa: S603 - our own command, no shell
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._wait()
        self.client("s3", "any", "any").create_bucket(Bucket=BUCKET)
        people = self.client("iam", "any", "any")
        people.create_user(UserName="portal")
        people.put_user_policy(UserName="portal", PolicyName="files", PolicyDocument=MAY_ALL)
        keys = people.create_access_key(UserName="portal")["AccessKey"]
        self.key_id, self.secret_key = keys["AccessKeyId"], keys["SecretAccessKey"]

    def client(self, service: str, key_id: str, secret_key: str) -> Any:
        return boto3.client(
            service,
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id=key_id,
            aws_secret_access_key=secret_key,
        )

    def url(self, bucket: str = BUCKET, prefix: str = "") -> str:
        return f"s3://{bucket}/{prefix}?endpoint={self.endpoint}"

    def storages(self, **facts: str) -> dict[str, Any]:
        """STORAGES with this server for files; `url`, `key_id`, `secret_key` put something else."""
        own = {"url": self.url(), "key_id": self.key_id, "secret_key": self.secret_key, **facts}
        return {"default": place.storage(own.pop("url"), **own)}

    def objects(self) -> list[str]:
        """Everything in the bucket, unfinished uploads too."""
        client = self.client("s3", self.key_id, self.secret_key)
        found = client.list_objects_v2(Bucket=BUCKET).get("Contents", [])
        unfinished = client.list_multipart_uploads(Bucket=BUCKET).get("Uploads", [])
        return [each["Key"] for each in [*found, *unfinished]]

    def empty(self) -> None:
        client = self.client("s3", self.key_id, self.secret_key)
        for key in self.objects():
            client.delete_object(Bucket=BUCKET, Key=key)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    def _wait(self) -> None:
        until = time.monotonic() + 60
        while not self._answers():
            assert self.process.poll() is None, "the S3 server broke off"
            assert time.monotonic() < until, "the S3 server did not start"
            time.sleep(0.05)

    def _answers(self) -> bool:
        link = HTTPConnection(HOST, self.port, timeout=5)
        try:
            link.request("GET", "/moto-api/")
            return link.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            link.close()
