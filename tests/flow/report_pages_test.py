#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A report over HTTP: the page, the button's form, the job, the file."""
import re
import time
import urllib.parse

from guildhall import databases
from tap import main, test

PAGE = "/cities/karmoy/reports"


class Reader:
    """A browser without scripts: keeps the cookie, finds the token, sends forms."""

    def __init__(self, server):
        self.server, self.cookie, self.token = server, "", ""

    def get(self, path):
        headers = {"Cookie": self.cookie} if self.cookie else {}
        status, head, body = self.server.get(path, headers)
        if head.get("Set-Cookie"):
            self.cookie = head["Set-Cookie"].split(";")[0]
        text = body.decode("utf-8", "replace")
        token = re.search(r'name="form_token" value="([^"]+)"', text)
        self.token = token.group(1) if token else self.token
        return status, head, body

    def post(self, path, **fields):
        data = urllib.parse.urlencode({"form_token": self.token, **fields}).encode()
        return self.server.get(path, {"Cookie": self.cookie,
                                      "Content-Type": "application/x-www-form-urlencoded"},
                               "POST", data)

    def wait(self, job):
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            _, _, body = self.get(job)
            if b"/result" in body:
                return body.decode()
            time.sleep(0.1)
        raise AssertionError("the report was never ready")


@test("a report is asked for, made once, and fetched")
def _():
    for db in databases():
        with db.fresh() as here:
            here.run("init", "--sample").ok()
            with here.serve() as server:
                reader = Reader(server)
                status, head, body = reader.get(PAGE)
                assert status == 200 and "no-store" in head["Cache-Control"], head
                assert body.count(b'method="post"') == 2
                status, head, _ = reader.post(PAGE + "/snapshot", year=2020, targets="open", paper="a4")
                assert status == 303, status
                job = head["Location"]
                page = reader.wait(job)
                assert "City snapshot: Karmøy, 2020" in page
                status, head, pdf = reader.get(job + "/result")
                assert status == 200 and pdf.startswith(b"%PDF-")
                assert head["Content-Type"] == "application/pdf"
                assert "karmoy-2020-snapshot.pdf" in head["Content-Disposition"]
                # The same again is the same work, another paper or kind is not.
                again = reader.post(PAGE + "/snapshot", year=2020, targets="open", paper="a4")
                assert again[1]["Location"] == job
                others = {reader.post(PAGE + "/snapshot", year=2020, paper="letter")[1]["Location"],
                          reader.post(PAGE + "/verification", year=2020)[1]["Location"]}
                assert len(others | {job}) == 3, others


@test("a changed figure makes a new report")
def _():
    with databases()[0].fresh() as here:
        here.run("init", "--sample").ok()
        with here.serve() as server:
            reader = Reader(server)
            reader.get(PAGE)
            first = reader.post(PAGE + "/snapshot")[1]["Location"]
            reader.wait(first)
            here.run("import", here.write("more.csv", "city,year,data_point_id,value\n"
                                                      "karmoy,2020,sc.sh.sa.1c.value,1\n")).ok()
            time.sleep(0.5)  # servers look at the version every 200 ms
            assert reader.post(PAGE + "/snapshot")[1]["Location"] != first


@test("what there is not is answered kindly")
def _():
    with databases()[0].fresh() as here:
        here.run("init", "--sample").ok()
        with here.serve() as server:
            reader = Reader(server)
            reader.get(PAGE)
            assert reader.get("/cities/nowhere/reports")[0] == 404
            assert reader.get(PAGE + "?year=1999")[0] == 404
            assert reader.post(PAGE + "/picture")[0] == 404
            assert reader.post("/cities/nowhere/reports/snapshot")[0] == 404
            assert reader.post(PAGE + "/snapshot", year=1999)[0] == 404
            assert reader.post(PAGE + "/snapshot", paper="a5")[0] == 400
            assert server.get(PAGE + "/snapshot", method="POST", data=b"paper=a4")[0] in (400, 403)


main()
