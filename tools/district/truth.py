"""What must come out of an import, added up from what was planted."""

from collections import Counter, defaultdict

from .notation import WARNINGS

ONCE = {"3037"}  # a second import finds the type changed
STUDENT = {"3064"}  # found once for a student, not for each of his lines


def changed_once(fate):
    return "existing" if fate in ("new", "updated") else fate


def codes_of(line, is_first_round, is_repeated):
    """What is found in a line, and its fate, where the same line may come again in a later round."""
    if not (is_repeated and line.is_decided_by_merge):
        keeps_student = is_first_round or not STUDENT & set(line.codes)
        return line.fate, line.codes if keeps_student else tuple(c for c in line.codes if c not in STUDENT)
    early = tuple(code for code in line.codes if code in ("4003", "5004", "6001"))
    told = tuple(STUDENT & set(line.codes)) if is_first_round else ()
    return "duplicate", early + told + ("3050",)


class Tally:
    """One import: each line has one fate; findings are counted by code, with their lines."""

    def __init__(self):
        self.fates = Counter()
        self.lines = defaultdict(list)

    def add(self, at, fate, codes):
        self.fates[fate] += 1
        for code in codes:
            self.lines[code].append(at)

    def answer(self, changes):
        """As `mealsync run --format json` says it."""
        skipped = {fate: self.fates[fate] for fate in ("cep", "duplicate", "held") if self.fates[fate]}
        return {
            "read": sum(self.fates.values()),
            **{fate: self.fates[fate] for fate in ("new", "updated", "existing")},
            "skipped": skipped,
            "errors": self.fates["rejected"],
            "warnings": sum(len(lines) for code, lines in self.lines.items() if code in WARNINGS),
            **{change: changes[change]
               for change in ("inserted", "ended", "removed", "trimmed", "carryover_ended")},
            "extended": 0,
            "findings": {code: len(lines) for code, lines in sorted(self.lines.items())},
            "lines": {code: lines for code, lines in sorted(self.lines.items())},
        }


def truth(students, pos_file):
    """The answers of the first import and of a second one over the same file."""
    first, second = Tally(), Tally()
    unmapped = set()
    lines_a_round = len(pos_file.lines)
    for i, (at, s, line, is_repeated) in enumerate(pos_file.numbered()):
        fate, codes = codes_of(line, i < lines_a_round, is_repeated)
        first.add(at, fate, codes)
        second.add(at, changed_once(fate), [code for code in codes if code not in ONCE] if codes else codes)
        if codes == ("4001",):
            unmapped.add(line.record.code(s.luck))
    for tally in (first, second):  # each value that nobody has mapped is listed once, for the whole file
        if unmapped:
            tally.lines["4001"] = [0] * len(unmapped) + tally.lines["4001"]
    changes = Counter()
    for s in students:
        if s.case.changes:
            changes.update(s.case.changes)
    return {**first.answer(changes), "second_run": second.answer(Counter())}
