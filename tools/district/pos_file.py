"""The file of the POS: state ID, names, birth date, school, status, code, first and last day, in CSV."""

from dataclasses import dataclass

KEYS = {  # a case's key: what the POS writes in place of the state ID
    "unknown": lambda s: f"198{s.n:07}",
    "blank": lambda s: "",
    "eleven": lambda s: s.state_id + "0",
    "ssn": lambda s: f"000{s.n % 1000000:06}",  # of an area that is never issued
    "hyphens": lambda s: f"000-{s.n // 10000 % 100:02}-{s.n % 10000:04}",
    "exponent": lambda s: "1.99E+09",
    "fraction": lambda s: s.state_id + ".0",
    "letter": lambda s: s.state_id.replace("9", "O", 1),
    "no-break space": lambda s: s.state_id[:3] + "\u00a0" + s.state_id[3:],
}
STATE_ID, LAST, FIRST, BIRTH, SCHOOL, STATUS, CODE, START, END = range(9)
COLUMNS = ("State ID", "Last Name", "First Name", "Birth Date", "School", "Status", "Code", "Start", "End")


def swapped(day):
    """Day and month the other way round, on a day that no month has as its number."""
    return f"{max(13, int(day[3:5]))}/{day[:2]}/{day[6:]}"


FIELDS = {  # a case's line: what it does to the fields
    "untidy": lambda f: f[:STATUS] + [f" {f[STATUS].lower()} ", f" {f[CODE].lower()}"] + f[START:],
    "no start": lambda f: f[:START] + ["", f[END]],
    "no name": lambda f: f[:LAST] + [" "] + f[FIRST:],
    "swapped": lambda f: f[:START] + [swapped(f[START]), f[END]],
    "no day": lambda f: f[:END] + ["02/30/" + f[END][6:]],
    "no days": lambda f: f[:START] + ["soon", "00/00/0000"],
    "short": lambda f: f[:SCHOOL],
    "byte": lambda f: f[:LAST] + [f[LAST] + "\udc81"] + f[FIRST:],  # becomes the byte 81
}
DAMAGES = {  # and to the line
    "comma": lambda text: text.replace(",", ", Jr,", 2),
}


@dataclass
class Dialect:
    """How this POS writes: not the same in every district."""

    encoding: str
    has_mark: bool  # byte-order mark
    has_header: bool
    ends_last_line: bool

    @classmethod
    def of(cls, seed):
        encoding = "cp1252" if seed % 4 in (2, 3) else "utf-8"
        return cls(encoding, encoding == "utf-8" and seed % 8 in (1, 4), seed % 3 == 0, seed % 5 != 0)


def quoted(text):
    return '"' + text.replace('"', '""') + '"' if '"' in text or "," in text or "\n" in text else text


class PosFile:
    """Writes the lines of all students; numbered() gives each with the line of the file where it begins."""

    def __init__(self, students, year, dialect, rounds):
        self.year, self.dialect, self.rounds = year, dialect, rounds
        self.days = year.written("%m/%d/%Y")
        self.days[None] = ""
        self.lines = [(s, line, self.written(s, line)) for s in students for line in s.case.sends]

    def written(self, s, line):
        case, record, days = s.case, line.record, self.days
        status, _, code = record.code(s.luck).partition("|")
        birth_year, month, day = s.birth_day(self.year)
        last, first = (quoted(s.last), quoted(s.first)) if case.name else (s.last, s.first)
        key = KEYS[case.key](s) if case.key else s.state_id
        start, end = days[record.first_day(s.days)], days[record.last_day(s.days)]
        birth = f"{month:02}/{day:02}/{birth_year}"
        text = f"{key},{last},{first},{birth},{s.school.number},{status},{code},{start},{end}"
        if case.line in FIELDS:
            return ",".join(FIELDS[case.line](text.split(",")))
        return DAMAGES[case.line](text) if case.line else text

    def numbered(self):
        """Yields (line of the file, student, line, whether a later round says the same) in the file's order."""
        at = 1 + self.dialect.has_header
        blank_after = self.blank_after()
        for round_ in range(self.rounds):
            is_repeated = round_ + 1 < self.rounds
            for i, (s, line, _) in enumerate(self.lines):
                yield at, s, line, is_repeated
                at += 1 + (s.case.name == "two lines") + (i in blank_after)

    def bytes(self):
        """Line ends are mixed; some lines are blank."""
        blank_after = self.blank_after()
        texts = []
        for i, (_, _, text) in enumerate(self.lines):
            texts += (text, "\r\n" if i % 16 < 9 else "\n")
            if i in blank_after:
                texts.append("  \r\n" if i % 2 else "\n")
        text = (",".join(COLUMNS) + "\r\n") * self.dialect.has_header + "".join(texts) * self.rounds
        if not self.dialect.ends_last_line:
            text = text.rstrip("\r\n ")
        mark = b"\xef\xbb\xbf" if self.dialect.has_mark else b""
        return mark + text.encode(self.dialect.encoding, "surrogateescape")

    def blank_after(self):
        return {len(self.lines) // 3, len(self.lines) // 2}
