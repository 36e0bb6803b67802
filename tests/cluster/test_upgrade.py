"""A release with a migration: applied while the old code serves, then one node after the other goes over to it."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import Request, urlopen

import psutil
import pytest

from tests.cluster.servers import nginx
from tests.cluster.test_standby import page
from tests.management.serving import PATIENCE, Readers, Serve, copy_code, served
from tests.needs import free_port
from tests.newsletter.site import ROOT

pytestmark = [pytest.mark.campaign, pytest.mark.xdist_group("cluster")]

TOKEN, NEW = "a-token-of-twenty-letters", "99.0.0"
FIELD = "    slug = models.SlugField(unique=True)\n    position ="  # of a section, which every page reads
MIGRATION = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("articles", "{last}")]
    operations = [migrations.AddField("section", "rolled_out", models.CharField(max_length=20, null=True))]
"""


class Code:
    """The product in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        copy_code(folder)
        self.version = version(ROOT / "pyproject.toml")

    def release(self):
        """The code of a later release, whose pages read a column that the last one does not know."""
        migrations = self.folder / "articles" / "migrations"
        last = max(path.stem for path in migrations.glob("0*.py"))
        (migrations / "9999_rolled_out.py").write_text(MIGRATION.format(last=last))
        replace(
            self.folder / "articles" / "models" / "taxonomy.py",
            FIELD,
            f"    rolled_out = models.CharField(max_length=20, null=True)\n{FIELD}",
        )
        replace(self.folder / "pyproject.toml", f'version = "{self.version}"', f'version = "{NEW}"')


def version(file):
    return file.read_text().partition('version = "')[2].partition('"')[0]


def replace(file: Path, before, after):
    text = file.read_text()
    assert text.count(before) == 1
    file.write_text(text.replace(before, after))


def release_of(serve):
    """The version that answers at a node, if one does at this moment: nginx asks the other one meanwhile."""
    asked = Request(f"http://127.0.0.1:{serve.port}/health/ready", headers={"Authorization": f"Bearer {TOKEN}"})
    try:
        with urlopen(asked, timeout=PATIENCE) as answer:
            return json.load(answer)["version"]
    except OSError:
        return ""


def test_an_additive_migration_is_rolled_out_node_by_node_and_no_read_fails(nodes, tmp_path):
    codes = [Code(tmp_path / name) for name in ("one", "two")]
    one, two, _third = nodes
    with (
        served(one, free_port(), root=codes[0].folder, HEALTH_TOKEN=TOKEN) as first,
        served(two, free_port(), root=codes[1].folder, HEALTH_TOKEN=TOKEN) as second,
        nginx(tmp_path / "nginx", [first.port, second.port]) as (process, port),
        Readers(Serve(psutil.Process(process.pid), "127.0.0.1", port), a_second=20) as readers,
    ):
        codes[0].release()
        migrate = [sys.executable, "manage.py", "migrate", "-v0"]
        env = one.environment(PYTHONPATH=str(codes[0].folder))
        subprocess.run(migrate, cwd=codes[0].folder, env=env, check=True)
        time.sleep(2)
        before = [release_of(serve) for serve in (first, second)]
        for code, serve in zip(codes, (first, second), strict=True):
            if code is codes[1]:
                code.release()
            serve.process.send_signal(signal.SIGHUP)
            serve.eventually(lambda serve=serve: release_of(serve) == NEW)
        time.sleep(2)
        assert [page(serve)[0] for serve in (first, second)] == [200, 200]
    assert before == [codes[0].version] * 2
    assert len(readers.took) > 100
    assert readers.failed == []
