"""The first command: what a newcomer gets, and that a second start changes nothing."""

import re
from pathlib import Path
from urllib.request import urlopen

from tests.demo_site import HOME, Site, prepared


def test_the_first_command_writes_articles_makes_accounts_says_how_to_sign_in_and_serves(shared_folder: Path) -> None:
    folder = prepared(shared_folder)
    said = (folder / "log").read_text()
    assert re.search(r"is ready \(\d\d articles written; \d+ s\)", said)
    kept = re.findall(r"^(\w+) +(\S+)$", (folder / "var/demo-accounts.txt").read_text(), re.MULTILINE)
    assert {"author", "reviewer", "editor", "newsletter", "admin"} <= {name for name, _password in kept}
    assert [name for name, password in kept if not re.search(rf"^ +{name} +{password} ", said, re.MULTILINE)] == []
    assert 'href="/articles/' in (folder / HOME).read_text()


def test_a_second_start_changes_nothing(site: Site) -> None:
    before = (site.var / "demo-accounts.txt").read_text()
    done = site.manage("demo", "--no-serve")
    assert done.returncode == 0, done.stderr
    assert "everything was already there" in done.stdout
    assert (site.var / "demo-accounts.txt").read_text() == before


def test_the_gate_says_why_the_draft_is_refused(site: Site) -> None:
    done = site.manage("check_article", DRAFT)
    assert done.returncode == 1
    assert {"credit.incomplete", "review.missing"} <= set(done.stdout.split())


DRAFT = "draft"


def test_every_page_of_the_demonstration_says_that_its_people_are_invented(site: Site) -> None:
    for address in ("/", "/treatments/", "/articles/intrathecal-pumps/", "/subscribe/", "/people/"):
        assert "demonstration" in urlopen(site.url + address, timeout=60).read().decode().lower(), address
