"""A bucket on a server that speaks S3, on loopback, and the site with its pictures and documents in it."""

import uuid
from collections.abc import Iterator
from functools import cache
from typing import Any

import boto3
import pytest
from django.core.files.storage import storages

from articles.models import CreditEvidence
from pain_site import backends

REGION = "eu-central-1"


class Bucket:
    """One bucket, as somebody sees it who looks past the site."""

    def __init__(self, endpoint: str) -> None:
        self.name, self.endpoint = f"bucket-{uuid.uuid4()}", endpoint
        self.client = boto3.Session().client("s3", endpoint_url=endpoint, region_name=REGION)
        self.client.create_bucket(Bucket=self.name, CreateBucketConfiguration={"LocationConstraint": REGION})

    @property
    def url(self) -> str:
        """As MEDIA_STORAGE names it."""
        return f"s3://{self.name}/site?endpoint={self.endpoint}&region={REGION}"

    def names(self) -> list[str]:
        return [found["Key"] for found in self.client.list_objects_v2(Bucket=self.name).get("Contents", [])]

    def read(self, key: str) -> bytes:
        return bytes(self.client.get_object(Bucket=self.name, Key=key)["Body"].read())


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    from moto.server import ThreadedMotoServer  # half a second, which other processes of a run do without

    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    _host, port = server.get_host_and_port()
    yield f"http://127.0.0.1:{port}"
    server.stop()


one_session = cache(boto3.Session)  # each reads the same megabyte of JSON about services


@pytest.fixture
def bucket(s3_server: str, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setattr(boto3, "Session", one_session)
    return Bucket(s3_server)


@pytest.fixture
def in_bucket(bucket: Bucket, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    put_into(bucket.url, settings, monkeypatch)
    return bucket


def put_into(url: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site as it is with this MEDIA_STORAGE."""
    settings.STORAGES = {**settings.STORAGES, **backends.storages(backends.media(url), settings.DOCUMENTS_ROOT)}
    monkeypatch.setattr(CreditEvidence._meta.get_field("document"), "storage", storages["documents"])
