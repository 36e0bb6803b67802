"""A cache in Redis, and the site without it: it goes on from the database, and what is limited stays limited."""

import threading
import time

import psutil
import pytest
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache

from articles import pausing
from articles.pausing import Pause
from pain_site.redis_cache import LossyRedisCache

# What is asked -> the answer where something was kept, and from a cache with nothing in it.
ASKED = {
    "add": (lambda: cache.add("kept", "other"), False, False),
    "get": (lambda: cache.get("kept", "nothing"), "value", "nothing"),
    "get_many": (lambda: cache.get_many(["kept"]), {"kept": "value"}, {}),
    "get_or_set": (lambda: cache.get_or_set("kept", "made"), "value", "made"),
    "has_key": (lambda: cache.has_key("kept"), True, False),
    "in": (lambda: "kept" in cache, True, False),
    "set": (lambda: cache.set("other", 1), None, None),
    "set_many": (lambda: cache.set_many({"other": 1}), [], ["other"]),
    "touch": (lambda: cache.touch("kept"), True, False),
    "delete": (lambda: cache.delete("kept"), True, False),
    "delete_many": (lambda: cache.delete_many(["kept"]), None, None),
    "clear": (lambda: cache.clear(), None, None),
}


@pytest.fixture
def clock(monkeypatch):
    """Time passes when the test says so."""
    moment = [time.monotonic()]
    monkeypatch.setattr(pausing.time, "monotonic", lambda: moment[0])
    return moment


def test_every_call_answers_from_redis_and_as_an_empty_cache_without_it(in_redis, monkeypatch):
    found = {}
    for name, (call, _kept, _lost) in ASKED.items():
        cache.clear()
        cache.set("kept", "value")
        found[name] = call()
    assert found == {name: kept for name, (_call, kept, _lost) in ASKED.items()}
    in_redis.stop()
    monkeypatch.setattr(LossyRedisCache, "pause", Pause(0.0))  # each call finds out by itself
    assert {name: call() for name, (call, *_found) in ASKED.items()} == {
        name: lost for name, (_call, _kept, lost) in ASKED.items()
    }


def test_a_counter_that_cannot_count_says_so(in_redis):
    cache.set("count", 1)
    assert cache.incr("count") == 2
    assert cache.decr("count") == 1
    with pytest.raises(ValueError, match="not found"):
        cache.incr("another")
    in_redis.stop()
    with pytest.raises(ValueError, match="Redis does not answer"):
        cache.incr("count")


def test_a_server_that_hangs_is_waited_for_once_in_a_while_and_told_of_once(in_redis, clock, caplog, monkeypatch):
    cache.set("kept", "value")
    in_redis.freeze()
    get, waited = RedisCache.get, []
    monkeypatch.setattr(RedisCache, "get", lambda *args: waited.append(args) or get(*args))
    assert [cache.get("kept") for _call in range(50)] == [None] * 50
    assert len(waited) == 1
    clock[0] += LossyRedisCache.pause.seconds
    assert cache.get("kept") is None
    assert len(waited) == 2
    assert [record.getMessage() for record in caplog.records] == [
        "Redis is lost (TimeoutError); pages come from the database until it is back"
    ]


def test_a_server_that_is_back_is_used_again(in_redis, clock, caplog):
    in_redis.stop()
    cache.set("kept", "value")
    in_redis.start()
    cache.set("kept", "value")
    assert cache.get("kept") is None, "it is not asked while it is paused"
    clock[0] += LossyRedisCache.pause.seconds
    cache.set("kept", "value")
    assert cache.get("kept") == "value"
    assert [record.getMessage() for record in caplog.records] == [
        "Redis is lost (ConnectionError); pages come from the database until it is back",
        "Redis is back",
    ]


def test_what_one_thread_found_out_the_others_know(in_redis):
    in_redis.stop()
    thread = threading.Thread(target=cache.get, args=["kept"])
    thread.start()
    thread.join()
    assert LossyRedisCache.pause.is_lost
    in_redis.start()
    assert cache.get("kept", "not asked") == "not asked"


def test_threads_that_end_leave_no_connection_open(in_redis):
    def ask():
        for _number in range(10):
            thread = threading.Thread(target=cache.get, args=["kept"])
            thread.start()
            thread.join()
        return len([one for one in psutil.Process().net_connections() if one.raddr and one.raddr.port == in_redis.port])

    assert ask() == ask()
