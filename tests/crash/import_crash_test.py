#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""kill -9 in the middle of 100 imports leaves each either whole or absent.

Each import brings 20 years of all data points for one city of its own; the kill comes after a random
part of the time that one import takes here. The seed is printed, so that a failure can be run again.
"""
import csv
import io
import os
import pathlib
import random
import signal
import sys
import time
from collections import Counter

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "flow"))

from guildhall import ROOT, databases  # noqa: E402
from tap import main, test  # noqa: E402

N_IMPORTS = 100
YEARS = range(2001, 2021)


def data_points():
    with open(ROOT / "frameworks/u4ssc/data_points.csv", encoding="utf-8") as file:
        return [(row["id"], row["unit"]) for row in csv.DictReader(file)]


def write_files(here):
    """Invented values; 1 is within the bounds of every data point."""
    points = data_points()
    cities = ["slug,name,country_code,population,area_km2,latitude,longitude,source,note"]
    for i in range(N_IMPORTS):
        cities.append(f"crash-{i},Crash {i},XX,,,,,invented,")
        rows = ["city,year,data_point_id,value"]
        rows += [f"crash-{i},{year},{point},1" for year in YEARS for point, _ in points]
        here.write(f"{i}.csv", "\n".join(rows) + "\n")
    here.write("cities.csv", "\n".join(cities) + "\n")
    return len(points) * len(YEARS)


def check(engine):
    seed = int.from_bytes(os.urandom(4), "big")
    print(f"# seed {seed}")
    chance = random.Random(seed)
    with engine.fresh() as here:
        n_rows = write_files(here)
        here.run("init").ok()
        here.run("import", "cities.csv").ok()
        began = time.monotonic()
        here.run("import", "0.csv").ok()
        takes = time.monotonic() - began

        killed = 0
        for i in range(1, N_IMPORTS):
            process = here.start("import", f"{i}.csv")
            time.sleep(chance.uniform(0, 1.2 * takes))
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                killed += 1
            process.wait()

        export = here.run("export", "figures").ok().out
        found = Counter(row["city"] for row in csv.DictReader(io.StringIO(export)))
        halves = {city: n for city, n in found.items() if n != n_rows}
        assert not halves, f"half imports: {halves} of {n_rows}"
        assert killed > 0, "no import was killed: the test proved nothing"
        print(f"# {killed} killed, {len(found)} of {N_IMPORTS} whole, one import takes {takes:.3f} s")
        here.run("audit", "verify").ok()
        here.run("import", "1.csv").ok()
        here.run("audit", "verify").ok()


for engine in databases():
    @test(f"kill -9 in the middle of 100 imports leaves each whole or absent, {engine.name}")
    def _(engine=engine):
        check(engine)

main()
