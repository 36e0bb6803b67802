"""Pictures: what a large one costs, and whether hostile ones stay within 2 s and 256 MB each.

    python -m tests.bench.pictures                      a JPEG of 24 megapixels to all its files
    python -m tests.bench.pictures --at-once 4          as many of them at once in one process, in turns and without
    python -m tests.bench.pictures Pillow-13.0.0.tar.gz every file of Pillow's own tests, each in a process of its own

The source package comes from PyPI: `pip download --no-binary :all: --no-deps Pillow==13.0.0`.
"""

import multiprocessing
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import psutil
from django.conf import settings
from PIL import Image, ImageFilter

from articles.images import intake, renditions, turns
from articles.management import lifeline

SECONDS, MEGABYTES = 2, 256
ROOT = Path(__file__).parents[2]


def photograph() -> bytes:
    """6000 x 4000 pixels with the noise and the softness of a photograph."""
    grain = Image.effect_noise((1500, 1000), 60).filter(ImageFilter.GaussianBlur(1.2))
    slope = Image.linear_gradient("L").resize((1500, 1000))
    turned = grain.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    out = BytesIO()
    Image.merge("RGB", [grain, turned, slope]).resize((6000, 4000)).save(out, "JPEG", quality=92)
    return out.getvalue()


def large() -> None:
    data = photograph()
    started, watch = time.process_time(), time.monotonic()
    accepted = intake.accept(data)
    taken = time.process_time()
    for crops, size in ((True, "3:2"), (True, "with crops"), (False, "ND")):
        height = accepted.height if size != "with crops" else accepted.height * 5 // 6
        look = renditions.Look(accepted.width, accepted.height if size != "with crops" else height, crops=crops)
        before, began = time.process_time(), time.monotonic()
        files = list(renditions.make(accepted.data, look, packets=renditions.NO_CREDIT))
        kilobytes = sum(len(one.data) for one in files) // 1024
        print(
            f"{size:12} {len(files):3} files {kilobytes:6} KB   CPU {time.process_time() - before:5.2f} s   "
            f"wall {time.monotonic() - began:5.2f} s"
        )
    print(f"intake of 24 megapixels ({len(data) // 1024} KB): CPU {taken - started:.2f} s")
    print(f"all together: {time.process_time() - started:.2f} s CPU, {time.monotonic() - watch:.2f} s wall")


def at_once(uploads: int) -> None:
    data = photograph()
    for takes_turns in (True, False):
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            before, most, after, seconds = pool.apply(memory, (data, uploads, takes_turns))
        how = "in turns" if takes_turns else "all at once"
        print(f"{uploads} uploads {how:11}: {before} MB before, {most} MB at most, {after} MB after; {seconds:.1f} s")


def memory(data: bytes, uploads: int, takes_turns: bool) -> tuple[int, int, int, float]:
    """What this process has in memory before, at most and after, in MB, and how long it took."""
    lifeline.give_memory_back()  # as in the processes of `serve`
    configure()
    turns.LARGE = 0 if takes_turns else sys.maxsize
    process, started = psutil.Process(), time.monotonic()
    before = process.memory_info().rss

    def upload() -> None:
        accepted = intake.accept(data)
        look = renditions.Look(accepted.width, accepted.height)
        renditions.make(accepted.data, look, packets=renditions.NO_CREDIT)

    with ThreadPoolExecutor(uploads) as pool:
        for done in [pool.submit(upload) for _upload in range(uploads)]:
            done.result()
    seconds, most = time.monotonic() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return before >> 20, most >> 10, process.memory_info().rss >> 20, seconds


def configure() -> None:
    """Turns are taken by a lock in the site's folder."""
    settings.configure(VAR_DIR=tempfile.gettempdir())


def one(path: Path) -> None:
    """What a file comes to, its seconds and the most memory of this process, in one line."""
    data = path.read_bytes()
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    started = time.process_time()
    try:
        accepted = intake.accept(data, name=path.name)
        said = f"accepted {accepted.width}x{accepted.height}"
    except intake.RefusedPicture as refusal:
        said = f"refused  {refusal}"
    seconds = time.process_time() - started
    print(f"{seconds:.3f}\t{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}\t{said}")


def package(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder, tarfile.open(path) as source:
        source.extractall(folder, filter="data")
        files = sorted(file for file in Path(folder).glob("*/Tests/**/*") if file.is_file() and file.suffix != ".py")
        results = [(file, *_asked(file)) for file in files]
    outcomes = Counter(said.split()[0] for _file, _seconds, _memory, said in results)
    print(f"{len(results)} files: {dict(outcomes)}")
    for at, unit in ((1, "s"), (2, "MB")):
        print(f"most {unit}:")
        for row in sorted(results, key=lambda row: row[at], reverse=True)[:5]:
            print(f"  {row[1]:6.2f} s {row[2]:5.0f} MB  {row[0].name}: {row[3][:80]}")
    over = [row for row in results if row[1] > SECONDS or row[2] > MEGABYTES or row[3].startswith("crashed")]
    print(f"{len(over)} over {SECONDS} s or {MEGABYTES} MB, or crashed")
    for row in over:
        print(f"  {row[1]:6.2f} s {row[2]:5.0f} MB  {row[0].name}: {row[3]}")


def _asked(file: Path) -> tuple[float, float, str]:
    command = [sys.executable, "-m", "tests.bench.pictures", "--one", str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        return 0.0, 0.0, f"crashed  {done.returncode} {done.stderr[-300:]}"
    seconds, memory, said = done.stdout.rstrip("\n").split("\t", 2)
    return float(seconds), float(memory), said


if __name__ == "__main__":
    configure()
    if sys.argv[1:2] == ["--one"]:
        one(Path(sys.argv[2]))
    elif sys.argv[1:2] == ["--at-once"]:
        at_once(int(sys.argv[2]))
    elif sys.argv[1:]:
        package(Path(sys.argv[1]))
    else:
        large()
