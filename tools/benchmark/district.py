"""The benchmark's files of one size. Each is made when it is first wanted, and kept."""

import csv
import re
import shutil
import sqlite3
import tempfile
from pathlib import Path

from . import campus, generate
from .kept import digest, once

HERE = Path(__file__).parent
ORIGIN = [HERE / name for name in ("generate.py", "names.py", "codes.py")]
TABLES = ("school", "code_map", "student", "eligibility")
COPIES = 4


def records_of(size):
    """1000 of 1k. Raises ValueError for what is no size."""
    read = re.fullmatch(r"([1-9]\d*)([kM]?)", size, re.ASCII)
    if not read:
        raise ValueError(f"'{size}' is no size; 1k, 100k, 1M and 5M are")
    return int(read[1]) * {"": 1, "k": 1000, "M": 1_000_000}[read[2]]


class District:
    def __init__(self, work, size):
        self.size, self.records = size, records_of(size)
        self.folder = work / size
        self.origin = digest(size, *ORIGIN)
        data = self.kept("data", "", "making the data", self.make_data)
        self.bench = data / "ic.db"
        self.pos_file = data / "IC_Eligibility.txt"
        self.bytes = self.pos_file.stat().st_size

    def kept(self, name, origin, words, make):
        return once(self.folder / name, digest(self.origin, origin), f"{self.size}: {words}", make)

    def make_data(self, folder):
        folder.mkdir()
        generate.make(self.records, folder)

    def campus(self, mealsync):
        origin = digest(HERE / "campus.py", campus.schema(mealsync))
        return self.kept("campus.db", origin, "loading Campus",
                         lambda path: campus.make(mealsync, self.bench, path))

    def repeated(self):
        """A file that says everything four times."""
        return self.kept(f"IC_Eligibility_{COPIES}_times.txt", COPIES, "repeating the POS file", self.repeat)

    def repeat(self, path):
        with open(path, "wb") as to:
            for _ in range(COPIES):
                with open(self.pos_file, "rb") as file:
                    shutil.copyfileobj(file, to, 1 << 20)

    def exported(self, folder):
        """Writes each of the bench's tables to FOLDER/TABLE.csv."""
        db = sqlite3.connect(self.bench)
        for table in TABLES:
            with open(Path(folder) / f"{table}.csv", "w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(db.execute(f"SELECT * FROM {table}"))
        db.close()

    def duckdb(self, engine):
        """The bench's database as one of DuckDB."""
        def make(path):
            with tempfile.TemporaryDirectory(dir=self.folder) as folder:
                self.exported(folder)
                engine.answer("prepare", path, folder)
        return self.kept("ic.duckdb", engine.origin, "loading DuckDB", make)

    def duckdb_reads_in_parallel(self, engine):
        """`yes` or `no`: DuckDB refuses a large file of mixed line ends in parallel."""
        answer = self.kept("duckdb_reads_in_parallel.txt", engine.origin, "trying DuckDB on the POS file",
                           lambda path: path.write_text(engine.answer("reads", self.pos_file)))
        return answer.read_text().strip()
