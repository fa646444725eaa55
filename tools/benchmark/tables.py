"""The figures of one size: a table, for a terminal or in Markdown, and sentences for what it does not say."""

from .programs import Decode, Floor, Mealsync, Repeated, SecondLoad

COLUMNS = ("program", "wall s", "min..max", "cpu s", "÷ floor", "cpu ÷ floor", "records/s", "peak MB",
           "agrees")


class Table:
    def __init__(self, district, rounds, results):
        self.size, self.records, self.megabytes = district.size, district.records, district.bytes / 1e6
        self.rounds, self.results = rounds, results
        self.by_kind = {type(result.program): result for result in results}
        self.rows = [self.row(result) for result in results]

    @property
    def agrees(self):
        return not any(result.faults for result in self.results)

    def row(self, result):
        series, floor = result.series, self.by_kind.get(Floor)
        wall, (least, most) = series.median("wall"), series.span()
        ratios = ["", ""]
        if floor and result.program.has_ratio:
            ratios = [f"{series.ratio(floor.series, figure):.2f}" for figure in ("wall", "cpu")]
        return (result.name, f"{wall:.3f}", f"{least:.3f}..{most:.3f}", f"{series.median('cpu'):.3f}",
                *ratios, f"{result.program.records / wall:,.0f}", f"{series.median('peak'):.0f}",
                "NO" if result.faults else "yes")

    @property
    def title(self):
        rounds = f"{self.rounds} round{'s' if self.rounds > 1 else ''}"
        return (f"{self.size}: {self.records:,} records, {self.megabytes:.1f} MB; medians of {rounds}, the "
                "programs in turn, ratios round by round")

    def sentences(self):
        yield from self.agreement()
        first = self.by_kind[Mealsync].series
        if second := self.by_kind.get(SecondLoad):
            part = second.series.ratio(first, "wall")
            changes = "with changes" if second.faults else "and no eligibility row is changed"
            yield f"The second load takes {part:.2f} of the first's time, {changes}."
        if repeated := self.by_kind.get(Repeated):
            growth = repeated.series.median("peak") / first.median("peak")
            yield f"For the file written four times over, peak memory is {growth:.2f} of that for the file."
        if decode := self.by_kind.get(Decode):
            speed = self.megabytes / decode.series.median("wall")
            yield f"Decode and check alone, as a whole process: {speed:,.1f} MB/s."

    def agreement(self):
        for result in self.results:
            for fault in result.faults:
                yield f"DISAGREES: {result.name} {fault}."
        if self.agrees:
            outcome = self.results[0].outcome
            counts = ", ".join(f"{number:,} {what}" for what, number in outcome.counts.items())
            told = ", ".join(f"{code} {number:,}" for code, number in sorted(outcome.told[0].items()))
            rows, digest = outcome.rows
            yield (f"All agree: {counts}; told {told}; they leave {rows:,} eligibility rows "
                   f"(SHA-256 {digest[:16]}…).")

    def text(self):
        table = [COLUMNS, *self.rows]
        widths = [max(map(len, column)) for column in zip(*table)]
        lines = []
        for name, *cells in table:
            aligned = [f"{cell:>{width}}" for cell, width in zip(cells, widths[1:])]
            lines.append("  ".join([f"{name:<{widths[0]}}", *aligned]))
        return "\n".join([self.title, "", *lines, "", *self.sentences(), ""])

    def markdown(self):
        rule = ["---", *["---:"] * (len(COLUMNS) - 1)]
        lines = [f"| {' | '.join(cells)} |" for cells in (COLUMNS, rule, *self.rows)]
        sentences = [f"- {sentence}" for sentence in self.sentences()]
        return "\n".join([f"## {self.size}", "", f"{self.title}.", "", *lines, "", *sentences, ""])


def growth(tables):
    """How the time grows from each size to the next."""
    for smaller, larger in zip(tables, tables[1:]):
        before = {result.name: result.series.median("wall") for result in smaller.results}
        grown = [f"{result.name} {result.series.median('wall') / before[result.name]:.2f}"
                 for result in larger.results]
        yield (f"From {smaller.size} to {larger.size}, {larger.records / smaller.records:g} times the "
               f"records, time grows by: {', '.join(grown)}.")
