"""Prints what the site's pages cost beside what they could cost: `python -m tests.bench [--articles N] [--json]`.

The demonstration is filled with copies of its articles. The site, a WSGI "hello", a Django view of one query, and
nginx with a file and with a copy kept for a second are asked in turn, several rounds in one run, so that what else the
machine does falls on all of them. Costs are CPU time of each server's whole process tree; ratios are the message.
Nothing is asserted. `--peers` measures Wagtail beside them, if it can be installed.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from urllib.request import Request, urlopen

from tests.bench import cost, peers, servers
from tests.demo_site import ROOT, Site, site_in

FEW = 100  # articles that growth is measured from
QUERIES = """
import json, sys
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
asked = {}
for path in sys.argv[1:]:
    client = Client(headers={"host": "127.0.0.1"})
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    asked[path] = len(queries)
print(json.dumps(asked))
"""


def main() -> None:
    given = arguments()
    with tempfile.TemporaryDirectory() as folder:
        few, many = (filled(Path(folder, str(count)), count) for count in (FEW, given.articles))
        figures = {"articles": given.articles, "costs": {}, "others": {}}
        figures["costs"], figures["others"] = measured(Path(folder), few, many, given)
    print(json.dumps(figures, indent=2) if given.json else table(figures))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--peers", action="store_true", help="install Wagtail in a folder of its own and measure it too"
    )
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def filled(folder: Path, count: int) -> Site:
    """The demonstration with so many articles. What it is made of says so on stderr: 10,000 take minutes."""
    folder.mkdir()
    made = site_in(folder)
    done = made.manage("demo", "--no-serve", "--port", made.port)
    assert done.returncode == 0, done.stderr
    print(f"Copying articles until there are {count:,} …", file=sys.stderr)
    done = made.manage("shell", "-v0", "-c", f"from tests.bench.copies import fill; fill({count})")
    assert done.returncode == 0, done.stderr
    return made


def pages(port: int) -> dict[str, list[str]]:
    """What is asked for, by kind; the articles are several, so that a page is not met again at once."""
    home = read(port, "/")
    article = re.findall(r'href="(/articles/[^"/]+/)"', home)
    pictures = re.findall(r'src(?:set)?="(/media/[^" ]+)', home)
    return {
        "article": sorted(set(article)),
        "home": ["/"],
        "list": ["/treatments/", "/conditions/"],
        "search": ["/search/?q=pump", "/search/?q=nerve+pain", "/search/?q=migraine"],
        "search, in nearly all": ["/search/?q=pain"],
        "feed": ["/feed/"],
        "sitemap": sitemap(port),
        "picture": sorted(set(pictures))[:8],
    }


def sitemap(port: int) -> list[str]:
    """The largest file of the sitemap: the first of articles where there are several."""
    parts = re.findall(r"<loc>https?://[^/]+(/[^<]+)</loc>", read(port, "/sitemap.xml"))
    return [next((part for part in parts if part.endswith(".xml")), "/sitemap.xml")]


def read(port: int, path: str) -> str:
    return urlopen(f"http://127.0.0.1:{port}{path}", timeout=120).read().decode()


def measured(
    folder: Path, few: Site, many: Site, given: argparse.Namespace
) -> tuple[dict[str, float], dict[str, float | str]]:
    """CPU milliseconds by what was asked, medians of the rounds; and figures of other kinds."""
    with ExitStack() as stack:
        cached, bare, small = (
            stack.enter_context(servers.site(site, workers=1, PAGE_CACHE=switch))
            for site, switch in ((many, "on"), (many, "off"), (few, "off"))
        )
        hello, view = (stack.enter_context(servers.reference(name, many)) for name in ("hello", "view"))
        asked = pages(bare.port)
        article = asked["article"][0]
        ask: dict[str, Callable[[], float]] = {
            "hello": lambda: cost.per_request(hello.port, hello.pids, ["/"], 2000),
            "view of one query": lambda: cost.per_request(view.port, view.pids, ["/"], 500),
            "article, kept": lambda: cost.per_request(cached.port, cached.pids, asked["article"], 2000),
            "article, 304": lambda: unchanged(cached, article),
            "picture, kept": lambda: cost.per_request(cached.port, cached.pids, asked["picture"], 1000),
        }
        for kind, paths in asked.items():
            ask[kind] = lambda paths=paths: cost.per_request(bare.port, bare.pids, paths, times(paths))  # type: ignore[misc]
            if kind != "picture":
                of_few = pages(small.port)[kind]
                ask[f"{kind}, of {FEW}"] = lambda paths=of_few: cost.per_request(  # type: ignore[misc]
                    small.port, small.pids, paths, times(paths)
                )
        if servers.has_nginx():
            page = read(bare.port, article).encode()
            front = stack.enter_context(servers.nginx(folder / "nginx", cached.port, page))
            ask["nginx, a file"] = lambda: cost.per_request(front.port, front.pids, ["/file/page.html"], 2000)
            ask["nginx, a copy for a second"] = lambda: cost.per_request(
                front.port, [*front.pids, *cached.pids], [article], 2000
            )
        if given.peers:
            peer = stack.enter_context(peers.wagtail(folder / "wagtail", many))
            ask |= {f"Wagtail, {kind}": peer.costs(kind) for kind in peer.kinds}
        costs = {name: cost.median(values) for name, values in alternated(ask, given.rounds).items()}
        others = rates(cached, hello, asked) | bytes_and_queries(many, bare, asked)
    return costs, others | weight(many)


def alternated(ask: dict[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Each round asks for everything once, so that all of them meet the same machine."""
    found: dict[str, list[float]] = {name: [] for name in ask}
    for number in range(rounds):
        print(f"Round {number + 1} of {rounds} …", file=sys.stderr)
        for name, action in ask.items():
            found[name].append(action())
    return found


def times(paths: list[str]) -> int:
    return 5 if any("sitemap" in path for path in paths) else 40


def unchanged(server: servers.Server, path: str) -> float:
    answer, _body = cost.Client(server.port).get(path)
    headers = {"If-None-Match": answer.headers["ETag"]}
    assert cost.Client(server.port).get(path, headers)[0].status == 304
    return cost.per_request(server.port, server.pids, [path], 2000, headers)


def rates(cached: servers.Server, hello: servers.Server, asked: dict[str, list[str]]) -> dict[str, float | str]:
    """What wrk reaches, which a busy machine lowers for both."""
    quick, _half, _late = cost.rate(f"http://127.0.0.1:{hello.port}/")
    kept, _half, _late = cost.rate(f"http://127.0.0.1:{cached.port}{asked['article'][0]}")
    _rate, half, late = cost.rate(f"http://127.0.0.1:{cached.port}/", connections=200)
    return {
        "hello, requests a second": quick,
        "article kept, requests a second": kept,
        "home at 200 connections, p99 / p50": late / half if half else 0.0,
    }


def bytes_and_queries(site: Site, bare: servers.Server, asked: dict[str, list[str]]) -> dict[str, float | str]:
    first = {kind: paths[0] for kind, paths in asked.items() if kind not in ("picture", "sitemap")}
    command = [
        sys.executable,
        "manage.py",
        "shell",
        "-v0",
        "-c",
        QUERIES.replace("sys.argv[1:]", str([*first.values()])),
    ]
    done = subprocess.run(command, cwd=ROOT, env=site.env, capture_output=True, text=True, check=True)
    queries = json.loads(done.stdout.splitlines()[-1])
    found: dict[str, float | str] = {f"{kind}, queries": queries[path] for kind, path in first.items()}
    for kind, path in first.items():
        request = Request(f"http://127.0.0.1:{bare.port}{path}", headers=cost.GZIP)
        found[f"{kind}, bytes compressed"] = len(urlopen(request, timeout=120).read())
    return found


def weight(site: Site) -> dict[str, float | str]:
    """Memory of `serve` with two workers after a crawl of a hundred pages, each worker having answered."""
    with servers.site(site, workers=2) as server:
        addresses = re.findall(r'href="(/[^"#]*)"', read(server.port, "/"))[:100]
        for _worker in range(4):
            for path in addresses:
                urlopen(f"http://127.0.0.1:{server.port}{path}", timeout=120).close()
        return {"memory with two workers after a crawl, MiB PSS": cost.memory(server.pids)}


RATIOS = [  # what is divided by what, and the promise
    ("article, kept", "hello", "hello / kept at least 0.75", True),
    ("article, 304", "hello", "hello / 304 at least 0.8", True),
    ("picture, kept", "hello", "hello / picture at least 0.6", True),
    ("article", "view of one query", "at most 2.5", False),
    ("article", f"article, of {FEW}", "at most 1.2", False),
    ("home", f"home, of {FEW}", "at most 1.2", False),
    ("list", f"list, of {FEW}", "at most 1.2", False),
    ("search", f"search, of {FEW}", "at most 1.5", False),
    ("feed", f"feed, of {FEW}", "at most 1.5", False),
    ("nginx, a copy for a second", "nginx, a file", "file / copy at least 0.8", True),
    ("article", "Wagtail, article", "at most 0.25", False),
    ("article, kept", "Wagtail, article kept", "Wagtail / ours at least 5", True),
    ("list", "Wagtail, list", "at most 0.15", False),
    ("search", "Wagtail, search", "at most 0.25", False),
]


def table(figures: dict) -> str:  # type: ignore[type-arg]
    costs, lines = figures["costs"], [f"{figures['articles']:,} articles; CPU milliseconds for each request"]
    lines += [f"  {name:34} {value:10.3f}" for name, value in costs.items()]
    lines.append("Ratios of this run")
    for ours, other, promise, is_turned in RATIOS:
        if ours in costs and costs.get(other):
            ratio = costs[other] / costs[ours] if is_turned else costs[ours] / costs[other]
            lines.append(f"  {ours + ' : ' + other:48} {ratio:6.2f}   {promise}")
    lines.append("Besides")
    lines += [f"  {name:48} {value:10.2f}" for name, value in figures["others"].items()]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
