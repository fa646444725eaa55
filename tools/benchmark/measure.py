"""Measures whole processes: wall and processor time, and peak memory, as the kernel counts them."""

import os
import shutil
import statistics
import subprocess
from typing import NamedTuple


class Failed(Exception):
    pass


class Figures(NamedTuple):
    wall: float  # seconds
    cpu: float  # seconds, user and system
    peak: float  # MB; of several processes, the largest one's


class Series(list):
    """The figures of one program's rounds."""

    def median(self, figure):
        return statistics.median(getattr(figures, figure) for figures in self)

    def span(self):
        walls = [figures.wall for figures in self]
        return min(walls), max(walls)

    def ratio(self, other, figure):
        """To another series, round by round: what slows the machine slows both."""
        return statistics.median(getattr(ours, figure) / max(getattr(theirs, figure), 1e-6)
                                 for ours, theirs in zip(self, other))


def lay_out(folder, origin=None, target=None):
    """An empty folder, with a copy of a database."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if origin:
        shutil.copyfile(origin, folder / target)


def run(measurer, name, command, folder, environment):
    """The figures of a command, whose output goes to FOLDER/stdout and FOLDER/stderr."""
    figures = folder / "figures"
    os.sync()  # what was copied before is not written meanwhile
    with open(folder / "stdout", "wb") as out, open(folder / "stderr", "wb") as err:
        code = subprocess.run([measurer, figures, *command], stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                              env={**os.environ, **environment}, check=False).returncode
    if code != 0:
        words = (folder / "stderr").read_text(errors="replace").strip().splitlines()[-5:]
        raise Failed("\n  ".join([f"{name} failed with exit code {code}", *words]))
    wall, cpu, peak = figures.read_text().split()
    return Figures(float(wall), float(cpu), int(peak) / 1024)
