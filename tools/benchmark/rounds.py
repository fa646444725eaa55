"""Runs programs in turn, round by round, and compares what came of each in the last one."""

from .kept import remove, say
from .measure import Failed, Series, run


class Result:
    def __init__(self, program):
        self.program = program
        self.series = Series()
        self.counts = None
        self.outcome = None
        self.faults = []

    @property
    def name(self):
        return self.program.name


class Rounds:
    def __init__(self, district, programs, measurer, keep):
        self.district = district
        self.results = [Result(program) for program in programs]
        self.measurer = measurer
        self.keep = keep

    def measure(self, rounds):
        """The results; the first of as many rounds, and one more, warms up and does not count."""
        for number in range(rounds + 1):
            say(f"{self.district.size}: " + (f"round {number} of {rounds}" if number else "warming up"))
            for result in self.results:
                figures = self.turn(result, is_last=number == rounds)
                if number:
                    result.series.append(figures)
        remove(self.district.folder / "run")
        return self.results

    def turn(self, result, is_last):
        program = result.program
        keeps = self.keep and is_last
        folder = self.district.folder / ("kept" if keeps else "run") / (program.folder_name if keeps else "")
        program.prepare(folder)
        if is_last:
            program.watch(folder)
        figures = run(self.measurer, program.name, program.command(folder), folder, program.environment)
        counts = program.counts(folder)
        if result.counts not in (None, counts):
            raise Failed(f"{program.name} counts {result.counts}, and then {counts}")
        result.counts = counts
        if is_last:
            self.compare(result, folder)
        return figures

    def compare(self, result, folder):
        """With the first one."""
        first = self.results[0]
        result.outcome = result.program.outcome(folder)
        if result is not first:
            result.faults = result.program.differences(folder, result.outcome, first.name, first.outcome)
