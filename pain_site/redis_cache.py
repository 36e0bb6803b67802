"""The cache in Redis, used with `redis://` in CACHE_URL. Where Redis is lost it is an empty cache, never an error.

What is read is not there, what is written is dropped, and `incr` raises ValueError, as Django documents it for a key
that is not there: a counter that cannot count never passes for zero. Decision 7 says what may be kept here.
"""

import logging
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from articles.pausing import Pause

log = logging.getLogger(__name__)

WAIT = 0.25  # seconds for a connection, and for each answer: a page from the database takes less


class LossyRedisCache(RedisCache):
    """Django's own cache in Redis. All threads of a process learn together that the server is lost, or back."""

    pause: ClassVar[Pause] = Pause(5.0)

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        # The client's own retries wait for seconds; a request has better things to do.
        options = {"socket_connect_timeout": WAIT, "socket_timeout": WAIT, "retry": Retry(NoBackoff(), 0)}
        super().__init__(server, {**params, "OPTIONS": {**params.get("OPTIONS", {}), **options}})

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        return self._asked(lambda: super(LossyRedisCache, self).add(key, value, timeout, version), False)

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self._asked(lambda: super(LossyRedisCache, self).get(key, default, version), default)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> None:
        self._asked(lambda: super(LossyRedisCache, self).set(key, value, timeout, version), None)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        return self._asked(lambda: super(LossyRedisCache, self).touch(key, timeout, version), False)

    def delete(self, key: Any, version: Any = None) -> bool:
        return self._asked(lambda: super(LossyRedisCache, self).delete(key, version), False)

    def get_many(self, keys: Any, version: Any = None) -> dict[Any, Any]:
        return self._asked(lambda: super(LossyRedisCache, self).get_many(keys, version), {})

    def has_key(self, key: Any, version: Any = None) -> bool:
        return self._asked(lambda: super(LossyRedisCache, self).has_key(key, version), False)

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        count = self._asked(lambda: super(LossyRedisCache, self).incr(key, delta, version), None)
        if count is None:
            raise ValueError(f"Key '{key}' not found: Redis does not answer")
        return count

    def set_many(self, data: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> list[Any]:
        return self._asked(lambda: super(LossyRedisCache, self).set_many(data, timeout, version), list(data))

    def delete_many(self, keys: Any, version: Any = None) -> None:
        self._asked(lambda: super(LossyRedisCache, self).delete_many(keys, version), None)

    def clear(self) -> None:
        self._asked(super().clear, None)

    @classmethod
    def _asked(cls, command: Callable[[], Any], lost: Any) -> Any:
        """What Redis answers, or `lost`."""
        if not cls.pause.may_ask():
            return lost
        try:
            answer = command()
        except RedisError as problem:
            if cls.pause.failed():
                log.warning("Redis is lost (%s); pages come from the database until it is back", type(problem).__name__)
            return lost
        if cls.pause.answered():
            log.warning("Redis is back")
        return answer
