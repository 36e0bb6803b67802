"""What systemd does with the unit in `pain_site/deploy`, as far as a machine without systemd can: the account, the
folders, the environment, `Restart=` after `RestartSec=`, and an end for whatever outlives the main process.
"""

import os
import re
import shutil
import signal
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

import psutil

UNIT = Path("/etc/systemd/system/pain-medicine.service")
LOG = Path("/var/log/pain-medicine.log")
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}


class Unit:
    """The service. `process` is its main process, which changes when it is started again."""

    def __init__(self):
        text = re.sub(r"^#.*\n", "", UNIT.read_text(), flags=re.M)
        self.options = dict(re.findall(r"^(\w+)=(.*)$", text, re.M))
        assert self.options["Restart"] == "always"
        self.pause = float(self.options["RestartSec"].removesuffix("ms")) / 1000
        self.environment = ENVIRONMENT | dict(re.findall(r"(\w+)=(\S+)", self.options["Environment"]))
        self.starts, self.orphans, self.process = 0, 0, None
        self.stopping, self.keeper = threading.Event(), None

    @property
    def account(self):
        """As whom it runs, and everything else of the site."""
        user, group = self.options["User"], self.options["Group"]
        return {"user": user, "group": group, "extra_groups": [group], "umask": int(self.options["UMask"], 8)}

    def start(self):
        self.stopping.clear()
        self._start()
        self.keeper = threading.Thread(target=self._keep, daemon=True)
        self.keeper.start()

    def _start(self):
        place = Path("/run") / self.options["RuntimeDirectory"]
        shutil.rmtree(place, ignore_errors=True)
        for folder, mode in ((place, "RuntimeDirectoryMode"), (Path("/var/lib/pain-medicine"), "StateDirectoryMode")):
            folder.mkdir(exist_ok=True)
            folder.chmod(int(self.options[mode], 8))
            shutil.chown(folder, self.options["User"], self.options["Group"])
        with open(LOG, "a") as log:
            self.process = psutil.Popen(
                self.options["ExecStart"].split(),
                cwd=self.options["WorkingDirectory"],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.account,
            )
        self.starts += 1

    def _keep(self):
        while True:
            self.process.wait()
            self.orphans += self._end_the_rest()
            if self.stopping.wait(self.pause):
                return
            self._start()

    def _end_the_rest(self):
        """`KillMode=mixed`: how many there were that the kernel had not ended with the main process."""
        _gone, left = psutil.wait_procs(self._others(), timeout=1)
        for process in left:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        return len(left)

    def _others(self):
        """Whatever runs with the account and was not started by this tool, as its commands are."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.NoSuchProcess):
                is_ours = process.username() == self.options["User"] and process.status() != psutil.STATUS_ZOMBIE
                if is_ours and os.getpid() not in (process.ppid(), *(parent.pid for parent in process.parents())):
                    found.append(process)
        return found

    def reload(self):
        assert self.options["ExecReload"] == "/bin/kill -HUP $MAINPID"
        self.process.send_signal(signal.SIGHUP)

    def stop(self):
        if self.keeper is None or not self.keeper.is_alive():
            return
        self.stopping.set()
        with suppress(psutil.NoSuchProcess):
            self.process.terminate()
        self.keeper.join(float(self.options["TimeoutStopSec"]))
        if self.keeper.is_alive():
            self.process.kill()
            self.keeper.join(10)
