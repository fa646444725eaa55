#!/usr/bin/env python3
"""Random tables, written by Python's csv and by Miller, are the same cells to delimited, to Python and to Miller.

Usage: agree_test.py READ_TABLE PLUGINS [TABLES] [SEED]

delimited trims blanks around a cell, so all are compared without them. Miller reads every line end as a newline, inside
quotes too: there it is compared with that. Each thing that differs is a line on stderr; the
exit code is 1 when there is one, and when there is no Miller.
"""

import csv
import io
import json
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SEPARATORS = {",": ",", ";": ";", "tab": "\t", "|": "|", "^": "^"}
PIECES = ['"', '""', ",", ";", "\t", "|", "^", "\n", "\n\n", "\r\n", " ", "  ", "'", "a", "Zoë", "Núñez", "東", "🥛", "\\", "#",
          "0", "1990000001", "08/10/2016", "F", "Free", "O'Hara", "=1+1", "é", "\u00a0", "{}", "null", "-", "x" * 70]
BLANKS = " \t\u00a0"


def random_cell(draw):
    kind = draw.random()
    if kind < 0.15:
        return ""
    if kind < 0.5:
        return draw.choice(["F", "R", "1990000001", "Alder", "08/10/2016", "0007"])
    if kind > 0.995:
        return "".join(draw.choice(PIECES) for _ in range(draw.randint(200, 900)))
    return "".join(draw.choice(PIECES) for _ in range(draw.randint(1, 7)))


def random_table(draw, number):
    columns = draw.randint(2, 9)
    # A few are larger than the engine's blocks.
    rows = draw.randint(9_000, 14_000) if number % 40 == 39 else draw.randint(1, 40)
    table = [[random_cell(draw) for _ in range(columns)] for _ in range(rows)]
    for row in table:
        row[0] = row[0] if row[0].strip(BLANKS + "\r\n") else "first"  # a blank line is no record to any of them
    return table


def written_by_python(table, separator, draw):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=draw.choice(["\n", "\r\n"]),
               quoting=draw.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])).writerows(table)
    mark = draw.choice([b"", b"", b"", b"\xef\xbb\xbf"])
    return mark + text.getvalue().encode()


def miller(arguments, data):
    run = subprocess.run(["mlr", *arguments], input=data, capture_output=True, check=False)
    if run.returncode:
        raise RuntimeError(f"mlr {' '.join(arguments)}: {run.stderr.decode()}")
    return run.stdout


def written_by_miller(table, separator, draw):
    records = [{str(i + 1): cell for i, cell in enumerate(row)} for row in table]
    data = json.dumps(records, ensure_ascii=False).encode()
    quoting = draw.choice([[], ["--quote-all"]])
    return miller(["--ijson", "--ocsv", "--ofs", separator, "--headerless-csv-output", *quoting, "cat"], data)


def read_by_miller(data, separator):
    out = miller(["--icsv", "--ojson", "--ifs", separator, "--implicit-csv-header", "-S", "cat"], data)
    return [list(map(str, record.values())) for record in json.loads(out or b"[]")]


def read_by_python(data, separator):
    text = data.decode("utf-8-sig")
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if row]


def plain(rows):
    return [[cell.strip(BLANKS) for cell in row] for row in rows]


class Delimited:
    """The program that reads through the engine; one for all tables."""

    def __init__(self, program, plugins):
        self.process = subprocess.Popen([program, plugins], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        encoding="utf-8")

    def read(self, file, separator, columns):
        order = {"file": str(file), "separator": separator, "columns": columns}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError("read_table has ended")
        return json.loads(answer)

    def close(self):
        self.process.stdin.close()
        return self.process.wait()


def first_difference(a, b):
    for number, (left, right) in enumerate(zip(a, b), 1):
        if left != right:
            return f"record {number}: {left!r} and {right!r}"
    return f"{len(a)} and {len(b)} records"


def compare(delimited, folder, table, name, separator, data):
    """Yields what differs."""
    file = folder / "table.csv"
    file.write_bytes(data)
    wanted = plain(table)
    read = delimited.read(file, name, len(table[0]))
    if read["status"] != "successful" or read["findings"]:
        yield f"delimited: {read['status']}, {read.get('findings')} findings"
    newlines = plain([[cell.replace("\r\n", "\n") for cell in row] for row in table])
    for reader, rows, written in (("delimited", read.get("rows", []), wanted),
                                  ("Python", plain(read_by_python(data, separator)), wanted),
                                  ("Miller", plain(read_by_miller(data, separator)), newlines)):
        if rows != written:
            yield f"{reader} reads otherwise than was written: {first_difference(rows, written)}"


def main():
    if not shutil.which("mlr"):
        print("agree_test: Miller (mlr) is missing; tools/setup installs it", file=sys.stderr)
        return 1
    tables = int(sys.argv[3]) if len(sys.argv) > 3 else 120
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    csv.field_size_limit(1 << 20)
    faults = read = 0
    delimited = Delimited(*sys.argv[1:3])
    with tempfile.TemporaryDirectory() as folder:
        for number in range(tables):
            draw = random.Random(seed * 1_000_003 + number)
            table = random_table(draw, number)
            name, separator = draw.choice(list(SEPARATORS.items()))
            for writer in (written_by_python, written_by_miller):
                data = writer(table, separator, draw)
                read += len(table)
                for words in compare(delimited, Path(folder), table, name, separator, data):
                    faults += 1
                    print(f"table {number}, {writer.__name__}, {name}: {words[:600]}", file=sys.stderr)
    if delimited.close() != 0:
        faults += 1
        print("read_table does not end well", file=sys.stderr)
    print(f"{tables} tables written twice, {read} records read by three: {faults} differences")
    return 1 if faults or not read else 0


if __name__ == "__main__":
    sys.exit(main())
