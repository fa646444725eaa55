"""What the measuring itself needs: programs compiled from this folder, and DuckDB's package for Node."""

import os
import platform
import shutil
import subprocess
from pathlib import Path

from .kept import digest, once

HERE = Path(__file__).parent
COMPILER = os.environ.get("CXX", "g++")
PACKAGE = "@duckdb/node-api@1.5.6-r.1"
# The floor may use what any processor of the last ten years has.
OPTIMISED = ["-O3", *(["-march=x86-64-v3"] if platform.machine() == "x86_64" else [])]


class Missing(Exception):
    """A program cannot be measured on this machine; the words say what is missing."""


def need(commands):
    missing = [command for command in commands if shutil.which(command) is None]
    if missing:
        raise Missing(f"there is no {' and no '.join(missing)}")


class Workshop:
    def __init__(self, folder):
        self.folder = folder
        self.engine = None
        self.measurer = self.compiled("measure", "-O2")

    def floor(self):
        return self.compiled("floor", *OPTIMISED, "-lsqlite3")

    def compiled(self, name, *options):
        need([COMPILER])
        source = HERE / f"{name}.cpp"
        command = [COMPILER, "-std=c++20", source, *options]
        return once(self.folder / "bin" / name, digest(source, *command), f"compiling {name}",
                    lambda path: subprocess.run([*command, "-o", path], check=True))

    def duckdb(self):
        if self.engine is None:
            try:
                self.engine = DuckDb(self.folder / "duckdb")
            except Missing as fault:
                self.engine = fault  # to try again takes long
        if isinstance(self.engine, Missing):
            raise self.engine
        return self.engine


class DuckDb:
    script = HERE / "peers/duckdb.cjs"

    def __init__(self, folder):
        self.environment = {"NODE_PATH": str(folder / "node_modules")}
        self.origin = digest(PACKAGE, self.script)
        once(folder, PACKAGE, f"installing {PACKAGE}", self.install)

    def install(self, folder):
        folder.mkdir()
        quiet = ["--no-audit", "--no-fund", "--loglevel", "error"]
        for command in (["npm", "install", "--prefix", folder, *quiet, PACKAGE],
                        ["node", "-e", "require('@duckdb/node-api')"]):
            ran = subprocess.run(command, env={**os.environ, "NODE_PATH": str(folder / "node_modules")},
                                 stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
            if ran.returncode != 0:
                words = ran.stderr.strip().splitlines() or ["no reason is given"]
                raise Missing(f"{PACKAGE} cannot be installed: {words[0]}")

    def answer(self, *arguments):
        """What the script prints."""
        return subprocess.run(["node", self.script, *arguments], env={**os.environ, **self.environment},
                              stdout=subprocess.PIPE, text=True, check=True).stdout
