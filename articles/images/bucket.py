"""Files in a bucket (S3, or what speaks like it), for sites on several machines: used with s3:// in MEDIA_STORAGE.

The bucket is private: nobody is sent an address in it, the site hands out every file itself. What goes wrong comes as
the errors of a folder: FileNotFoundError where there is no such file, StorageAway where the bucket does not answer or
refuses.
"""

import errno
import logging
import mimetypes
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from io import BytesIO
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage
from storages.utils import clean_name, safe_join

from articles.images.storage import StorageAway
from articles.pausing import Pause

logger = logging.getLogger(__name__)

NO_FILE = ("NoSuchKey", "404")
CONFIG = Config(
    connect_timeout=2,  # seconds: a thread that waits serves nobody
    read_timeout=5,
    retries={"total_max_attempts": 2, "mode": "standard"},
    signature_version="s3v4",
    # Not every server that speaks like S3 knows the newer checksums; all compare what came with the signed digest.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
    s3={"payload_signing_enabled": True, "addressing_style": "auto"},
)


class BucketStorage(S3Storage):
    """The files below one prefix of a bucket. Each is written by one request, so it is whole or not there."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.pause = Pause(10.0)

    def get_default_settings(self) -> dict[str, Any]:
        return {**super().get_default_settings(), "client_config": CONFIG}

    @cached_property
    def connection(self) -> Any:
        """One for all threads, where the library makes one for each, which takes it 100 ms. Only its client is used:
        boto3's clients are made for threads, what it calls resources is not.
        """
        return super().connection

    def put(self, name: str, data: bytes) -> None:
        """Keeps a file under exactly this name, in the place of one that is there."""
        content_type = mimetypes.guess_type(name)[0] or self.default_content_type
        with self._asked(name):
            self._client.put_object(**self._place(name), Body=data, ContentType=content_type)

    def try_writing(self) -> None:
        """Raises OSError where nothing can be written."""
        name = f"health/{uuid.uuid4()}"
        self.put(name, b"health")
        self.delete(name)

    def url(self, name: Any, *args: Any, **kwargs: Any) -> str:
        raise ValueError("A file in the bucket has no address: the site hands it out.")

    def exists(self, name: str) -> bool:
        with self._asked(name):
            return bool(super().exists(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with self._asked(path):
            folders, files = super().listdir(path)
        return folders, files

    def delete(self, name: str) -> None:
        with self._asked(name):
            self._client.delete_object(**self._place(name))

    def size(self, name: str) -> int:
        with self._asked(name):
            return int(self._client.head_object(**self._place(name))["ContentLength"])

    def get_modified_time(self, name: str) -> Any:
        with self._asked(name):
            return self._client.head_object(**self._place(name))["LastModified"]

    def _open(self, name: str, mode: str = "rb") -> File:
        """The whole file by one request, as all who open one read all of it."""
        with self._asked(name):
            return File(BytesIO(self._client.get_object(**self._place(name))["Body"].read()), name)

    def _save(self, name: str, content: Any) -> str:
        self.put(name, b"".join(content.chunks()))
        return name

    @property
    def _client(self) -> Any:
        return self.connection.meta.client

    def _place(self, name: str) -> dict[str, str]:
        return {"Bucket": self.bucket_name, "Key": safe_join(self.location, clean_name(name))}

    @contextmanager
    def _asked(self, name: str) -> Iterator[None]:
        """A request about a file. Where the last one got no answer, none is made for a while."""
        if not self.pause.may_ask():
            raise StorageAway(errno.EIO, "the bucket did not answer a moment ago", name)
        try:
            yield
        except ClientError as problem:
            self._answered()
            code = problem.response.get("Error", {}).get("Code", "")
            if code in NO_FILE:
                raise FileNotFoundError(errno.ENOENT, "There is no such file in the bucket", name) from None
            logger.error("The bucket refuses (%s)", code)
            raise StorageAway(errno.EIO, f"the bucket refuses ({code})", name) from None
        except BotoCoreError as problem:
            kind = type(problem).__name__
            if self.pause.failed():
                logger.error("The bucket is lost (%s): no picture can be shown or stored until it is back", kind)
            raise StorageAway(errno.EIO, f"the bucket cannot be asked ({kind})", name) from None
        self._answered()

    def _answered(self) -> None:
        if self.pause.answered():
            logger.warning("The bucket is back")
