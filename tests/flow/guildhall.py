# SPDX-License-Identifier: AGPL-3.0-or-later
"""The program as a user runs it: a fresh database on each engine, commands, a server.

    for db in databases():          # SQLite, and PostgreSQL where GUILDHALL_TEST_PG is set
        with db.fresh() as here:
            here.run("init", "--sample")
"""
import contextlib
import json
import os
import pathlib
import re
import select
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ["GUILDHALL"]
PSQL = shutil.which("psql") or "/usr/lib/postgresql/15/bin/psql"


class Result:
    def __init__(self, done):
        self.status = done.returncode
        self.out = done.stdout
        self.err = done.stderr

    def ok(self):
        assert self.status == 0, f"exit {self.status}\n{self.out[-2000:]}\n{self.err[-2000:]}"
        return self

    def json(self):
        return json.loads(self.ok().out)


class Server:
    """guildhall serve on a free port."""

    def __init__(self, here, *arguments, environment=None):
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--db", here.location, "--listen", "127.0.0.1:0", *arguments],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=here.folder,
            env=dict(here.environment, **(environment or {})))
        self.port = self._wait_for_port()
        self.base = f"http://127.0.0.1:{self.port}"

    def _wait_for_port(self):
        log, deadline = "", time.monotonic() + 20
        while time.monotonic() < deadline:
            ready, _, _ = select.select([self.process.stderr], [], [], 0.2)
            if ready:
                line = self.process.stderr.readline()
                log += line
                match = re.search(r'"port":"(\d+)"', line)
                if match:
                    return int(match.group(1))
            if self.process.poll() is not None:
                break
        self.process.kill()
        raise AssertionError(f"the server did not start:\n{log}")

    def get(self, path, headers=None, method="GET", data=None):
        """(status, headers, body); redirects are not followed."""
        class NoRedirect(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *_):
                return None
        request = urllib.request.Request(self.base + path, headers=headers or {}, method=method,
                                         data=data)
        try:
            with urllib.request.build_opener(NoRedirect).open(request, timeout=20) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers, answer.read()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=15)
        finally:
            self.process.stderr.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()


class Here:
    """One database and a folder of its own."""

    def __init__(self, folder, location, engine):
        self.folder, self.location, self.engine = folder, location, engine
        self.environment = {k: v for k, v in os.environ.items()
                            if k not in ("GUILDHALL_DB", "GUILDHALL_NOW")}

    def run(self, *arguments, environment=None, timeout=120):
        # Command, then --db, then the rest: as a user would add it.
        command = [PROGRAM, arguments[0], "--db", self.location, *map(str, arguments[1:])]
        return Result(subprocess.run(command, capture_output=True, text=True, cwd=self.folder,
                                     env=dict(self.environment, **(environment or {})),
                                     timeout=timeout, check=False))

    def start(self, *arguments):
        return subprocess.Popen([PROGRAM, arguments[0], "--db", self.location, *map(str, arguments[1:])],
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder,
                                env=self.environment)

    def serve(self, *arguments, environment=None):
        return Server(self, *arguments, environment=environment)

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        mode = {"mode": "wb"} if isinstance(text, bytes) else {"mode": "w", "encoding": "utf-8",
                                                             "newline": ""}
        with open(path, **mode) as file:
            file.write(text)
        return path


class Engine:
    def __init__(self, name, admin=None):
        self.name, self.admin = name, admin

    @contextlib.contextmanager
    def fresh(self):
        folder = tempfile.mkdtemp(prefix="guildhall-flow-")
        database = None
        try:
            if self.admin is None:
                location = os.path.join(folder, "test.db")
            else:
                database = "flow_" + uuid.uuid4().hex
                self._sql(f"CREATE DATABASE {database}")
                address = urllib.parse.urlsplit(self.admin)
                location = urllib.parse.urlunsplit(address._replace(path="/" + database))
            yield Here(folder, location, self.name)
        finally:
            if database is not None:
                self._sql(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
            shutil.rmtree(folder, ignore_errors=True)

    def _sql(self, statement):
        subprocess.run([PSQL, "-qX", "-v", "ON_ERROR_STOP=1", "-d", self.admin, "-c", statement],
                       check=True, capture_output=True)


def databases():
    engines = [Engine("sqlite")]
    admin = os.environ.get("GUILDHALL_TEST_PG")
    if admin:
        engines.append(Engine("postgresql", admin))
    return engines


def sqlite():
    return Engine("sqlite")
