"""What is made once and kept in the work folder, until what it is made from changes."""

import hashlib
import shutil
import sys
from pathlib import Path


def say(words):
    print(f"bench: {words}", file=sys.stderr, flush=True)


def digest(*parts):
    """Of texts, and of what is in files."""
    whole = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if isinstance(part, Path) else str(part).encode()
        whole.update(b"%d:" % len(content) + content)
    return whole.hexdigest()


def remove(path):
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def once(path, origin, words, make):
    """The file or folder `path`: made by `make(path)`, unless it is there and was made from this `origin`."""
    mark = path.with_name(f"{path.name}.origin")
    if path.exists() and mark.is_file() and mark.read_text() == origin:
        return path
    say(words)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.unfinished")
    for old in (mark, path, unfinished):
        remove(old)
    make(unfinished)
    unfinished.rename(path)
    mark.write_text(origin)
    return path
