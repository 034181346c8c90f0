#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reports as PDF: time of one, memory of a thousand, and the same city's page printed by Chromium.

bench/report_bench.py PROGRAM prints rows of docs/performance.md. The cities are invented and full: every
data point has a figure.
"""
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "flow"))
import fictional  # noqa: E402

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
N_RUNS = 9
N_CITIES = 1000
N_FEW = 20
CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser"]


def process(*command):
    """(wall seconds, CPU seconds, peak kB) of one command that must succeed."""
    began = time.monotonic()
    child = subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    message = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.monotonic() - began
    if status != 0:
        raise SystemExit(f"{' '.join(map(str, command))}: {message.decode()}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def row(what, figure, goal):
    print(f"| {what} | {figure} | {goal} |", flush=True)


def database(folder, n_cities):
    """SQLite with that many cities like the one of the tests, each with its own figures."""
    path = folder / f"{n_cities}.db"
    slugs = [fictional.SLUG] + [f"town-{i:04}" for i in range(1, n_cities)]
    cities = [fictional.cities(slug, slug.title()) for slug in slugs]
    figures = [fictional.figures(slug, seed) for seed, slug in enumerate(slugs, 1)]
    process(PROGRAM, "init", "--db", path)
    for name, parts in [("cities.csv", cities), ("figures.csv", figures)]:
        file = folder / name
        file.write_text(parts[0] + "".join(part.split("\n", 1)[1] for part in parts[1:]), encoding="utf-8")
        process(PROGRAM, "import", "--db", path, file)
    return path


def one(folder, path, kind, goal):
    runs = [process(PROGRAM, "report", kind, fictional.SLUG, "--db", path, "-o", folder / "one.pdf")
            for _ in range(N_RUNS)]
    wall, cpu = (statistics.median(run[i] for run in runs) for i in (0, 1))
    size = (folder / "one.pdf").stat().st_size // 1000
    row(f"{kind} PDF, whole command, CPU", f"{cpu:.3f} s (wall {wall:.3f} s, {size} kB)", goal)
    return wall


def many(folder, few, path):
    _, _, few_peak = process(PROGRAM, "report", "snapshot", "--all", "--db", few, "-o", folder / "few")
    wall, cpu, peak = process(PROGRAM, "report", "snapshot", "--all", "--db", path, "-o", folder / "many")
    written = len(list((folder / "many").glob("*.pdf")))
    row(f"{written:,} snapshots in one command", f"{wall:.0f} s, {cpu / written:.3f} s CPU each", "")
    row(f"its peak memory, and that of {N_FEW}", f"{peak // 1024} MB, {few_peak // 1024} MB", "constant")


def chromium(folder, path, walls):
    """The city's page printed to PDF by Chromium, started for it as the report's command is."""
    browser = next((file for file in CHROMIUM if os.path.exists(file)), None)
    if browser is None:
        row("Chromium printing the city page", "not measured: no Chromium", "")
        return
    server = subprocess.Popen([PROGRAM, "serve", "--db", path, "--listen", "127.0.0.1:0"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        port = next(m.group(1) for m in (re.search(r'"port":"(\d+)"', line) for line in server.stderr) if m)
        address = f"http://127.0.0.1:{port}/cities/{fictional.SLUG}"
        profile = folder / "profile"
        printed = [process(browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
                           f"--user-data-dir={profile}", "--no-pdf-header-footer",
                           f"--print-to-pdf={folder / 'page.pdf'}", address)[0] for _ in range(5)]
    finally:
        server.terminate()
        server.wait()
    wall = statistics.median(printed)
    row("Chromium printing the same city's page to PDF, wall", f"{wall:.2f} s", "")
    for kind, own in walls.items():
        row(f"Chromium / {kind}, wall", f"{wall / own:.1f} x", "10 x")


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="guildhall-reports-"))
    try:
        few, path = database(folder, N_FEW), database(folder, N_CITIES)
        walls = {"snapshot": one(folder, path, "snapshot", "0.2 s"),
                 "verification": one(folder, path, "verification", "0.5 s")}
        chromium(folder, path, walls)
        many(folder, few, path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
