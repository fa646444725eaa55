"""The programs that are measured: what each starts with, how it is called, and what came of it.

Each run has a folder of its own, with a copy of the database `origin` in it, called `target`.
"""

import json
import sys
from pathlib import Path

from . import compare
from .district import COPIES
from .measure import lay_out
from .workshop import COMPILER

HERE = Path(__file__).parent
AS_OF = "2016-09-06"  # when the pipelines live


class Program:
    target = "ic.db"
    environment = {}
    has_ratio = True  # to the floor

    def __init__(self, district):
        self.records = district.records
        self.pos_file = district.pos_file
        self.origin = district.bench

    @property
    def folder_name(self):
        return self.name

    def prepare(self, folder):
        lay_out(folder, self.origin, self.target)

    def watch(self, folder):
        """Looks at the database before the last run."""

    def differences(self, folder, outcome, name, reference):
        """In words, what of the outcome is not as in the one of the program called `name`."""
        return list(compare.differences(outcome, name, reference))


class Peer(Program):
    """It works on the bench's own tables, prints its counts, and writes a list of errors."""

    needs = ()  # the commands that must be there

    def __init__(self, district, workshop):
        super().__init__(district)
        self.tool = self.tool_of(workshop)

    @classmethod
    def tool_of(cls, workshop):
        """What it is run with, where that has to be made."""

    def files(self, folder):
        return folder / self.target, self.pos_file, folder / "errors.txt"

    def counts(self, folder):
        return compare.peers_counts((folder / "stdout").read_text())

    def rows(self, folder):
        return compare.rows(folder / self.target)

    def outcome(self, folder):
        errors = folder / "errors.txt"
        return compare.Outcome(self.counts(folder), compare.digest_of_rows(self.rows(folder)),
                               compare.summary(compare.told_by_peer(errors)), compare.digest_of_file(errors))


class Floor(Peer):
    name = "floor"
    about = "the bare job in C++ on one thread: the limit that times are divided by"
    needs = (COMPILER,)

    @classmethod
    def tool_of(cls, workshop):
        return workshop.floor()

    def command(self, folder):
        return [self.tool, *self.files(folder)]


class Python(Peer):
    name = "python"
    about = "Python's csv and sqlite3"

    def command(self, folder):
        return [sys.executable, HERE / "peers/python.py", *self.files(folder)]


class Sqlite3(Peer):
    name = "sqlite3"
    about = "SQLite's own program: .import and joins"
    needs = ("sqlite3",)

    def command(self, folder):
        return [HERE / "peers/sqlite3.sh", *self.files(folder)]


class DuckDbOnSqlite(Peer):
    name = "duckdb+sqlite"
    about = "DuckDB's joins, in a database of SQLite"
    needs = ("node", "npm", "sqlite3")

    def __init__(self, district, workshop):
        super().__init__(district, workshop)
        self.environment = self.tool.environment
        self.parallel = district.duckdb_reads_in_parallel(self.tool)

    @classmethod
    def tool_of(cls, workshop):
        return workshop.duckdb()

    def command(self, folder):
        return [HERE / "peers/duckdb_sqlite.sh", *self.files(folder), self.parallel, folder / "exchange"]


class DuckDb(DuckDbOnSqlite):
    name = "duckdb"
    about = "DuckDB on all cores, in a database of its own"
    needs = ("node", "npm")
    target = "ic.duckdb"

    def __init__(self, district, workshop):
        super().__init__(district, workshop)
        self.origin = district.duckdb(self.tool)

    def command(self, folder):
        return ["node", self.tool.script, "run", *self.files(folder), self.parallel]

    def rows(self, folder):
        self.tool.answer("rows", folder / self.target, folder / "rows.txt")
        with open(folder / "rows.txt", encoding="utf-8", newline="\n") as file:
            yield from (line[:-1] for line in file)


PEERS = {peer.name: peer for peer in (Floor, DuckDb, DuckDbOnSqlite, Python, Sqlite3)}


class Mealsync(Program):
    name = "mealsync"
    about = "the import of pipeline.xml, with its report, the way back and the log of runs"
    target = "campus.db"

    def __init__(self, district, mealsync):
        super().__init__(district)
        self.mealsync = mealsync
        self.origin = district.campus(mealsync)

    def command(self, folder):
        return self.run(folder, "pipeline.xml", campus=folder / self.target, reports=folder / "reports")

    def run(self, folder, pipeline, **variables):
        variables["pos"] = self.pos_file
        given = [word for name, value in variables.items() for word in ("--set", f"{name}={value}")]
        return [self.mealsync, "run", HERE / pipeline, "--as-of", AS_OF, "--state", folder / "state",
                "--format", "json", *given]

    def answer(self, folder):
        return json.loads((folder / "stdout").read_text())

    def counts(self, folder):
        return compare.mealsyncs_counts(self.answer(folder))

    def told(self, folder):
        report, = self.answer(folder)["reports"]
        return compare.told_by_report(report)

    def outcome(self, folder):
        rows = compare.rows(folder / self.target)
        return compare.Outcome(self.counts(folder), compare.digest_of_rows(rows),
                               compare.summary(self.told(folder)))


class SecondLoad(Mealsync):
    """The same file into the database that the first load left, which must change nothing."""

    name = "mealsync, second load"
    has_ratio = False
    folder_name = Mealsync.name

    def prepare(self, folder):
        pass

    def watch(self, folder):
        self.before = compare.digest_of_meals(folder / self.target)

    def counts(self, folder):
        counts = super().counts(folder)
        return {**counts, "warnings": counts["warnings"] - 1}  # compare.SAME_FILE

    def told(self, folder):
        return ((line, code) for line, code in super().told(folder) if code != compare.SAME_FILE)

    def differences(self, folder, outcome, name, reference):
        kept = reference.counts["existing"] + reference.counts["new"]
        counts = {**reference.counts, "existing": kept, "new": 0, "ended": 0, "removed": 0}
        found = list(compare.differences(outcome, name, reference._replace(counts=counts)))
        if compare.digest_of_meals(folder / self.target) != self.before:
            found.append("changes eligibility rows")
        return found


class Repeated(Mealsync):
    """A file that says everything four times, of the same students: memory must not grow with it."""

    name = f"mealsync, {COPIES} times the file"
    has_ratio = False
    folder_name = "mealsync_repeated"

    def __init__(self, district, mealsync):
        super().__init__(district, mealsync)
        self.pos_file = district.repeated()
        self.records *= COPIES

    def differences(self, folder, outcome, name, reference):
        def narrowed(given, **counts):  # each line is told again, and the rest is told once
            same = {what: given.counts[what] for what in ("rows", "new", "ended", "removed", "existing")}
            return given._replace(counts={**same, **counts}, told=reference.told)
        return list(compare.differences(narrowed(outcome), name, narrowed(reference, rows=self.records)))


class Decode(Mealsync):
    """Decoding and checking alone, into nothing."""

    name = "mealsync, decode alone"
    has_ratio = False
    folder_name = "mealsync_decode"

    def __init__(self, district, mealsync):
        super().__init__(district, mealsync)
        self.bytes = district.bytes

    def prepare(self, folder):
        lay_out(folder)

    def command(self, folder):
        return self.run(folder, "decode.xml")

    def outcome(self, folder):
        return self.counts(folder)

    def differences(self, folder, outcome, name, reference):
        read = outcome["rows"]
        return [] if read == self.records else [f"reads {read} of {self.records} records"]
