"""What was measured on: figures say little without it."""

import os
import platform
import shutil
import sqlite3
import subprocess
from datetime import datetime, timezone
from pathlib import Path

from .workshop import COMPILER, OPTIMISED, PACKAGE

HERE = Path(__file__).parent


def said(*command):
    """The first line of what a program says of itself, or nothing."""
    if shutil.which(command[0]) is None:
        return ""
    ran = subprocess.run(command, cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                         check=False)
    return ran.stdout.partition("\n")[0].strip() if ran.returncode == 0 else ""


def field(path, name):
    """Of files such as /proc/cpuinfo."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    for line in lines:
        key, separator, value = line.replace("=", ":", 1).partition(":")
        if separator and key.strip() == name:
            return value.strip().strip('"')
    return ""


def commit():
    changed = " with changes" if said("git", "status", "--porcelain", "--untracked-files=no") else ""
    return said("git", "rev-parse", "--short", "HEAD") + changed


def describe(mealsync, is_built, peers):
    """Pairs of a thing and what it is."""
    version = said(mealsync, "--version").removeprefix("mealsync ") or "unknown"
    memory = int((field("/proc/meminfo", "MemTotal") or "0 kB").split()[0]) / (1 << 20)
    system = field("/etc/os-release", "PRETTY_NAME") or platform.system()
    programs_sqlite = said("sqlite3", "--version").partition(" ")[0] or "none"
    load = " ".join(f"{average:.2f}" for average in os.getloadavg())
    described = {
        "date": datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "mealsync": version + (f" of commit {commit()}" if is_built and commit() else ""),
        "processor": f"{field('/proc/cpuinfo', 'model name') or platform.machine()}, {os.cpu_count()} cores",
        "memory": f"{memory:.1f} GiB",
        "system": f"{system}, kernel {platform.release()}",
        "load before": load,
        "compiler": f"{said(COMPILER, '--version')}; the floor with {' '.join(OPTIMISED)}",
        "SQLite": f"{sqlite3.sqlite_version} in Python, {programs_sqlite} as the program",
        "Python": platform.python_version(),
    }
    if any("duckdb" in peer for peer in peers):
        described["DuckDB"] = f"{PACKAGE}, Node {said('node', '--version')}"
    return described
