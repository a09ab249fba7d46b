#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""layers.py - proves the direction of architecture.md on meshctl's own includes.

Rows: which room may use which, and which room may include which foreign library.  An include
that no row allows fails, and so does a room without a row: a new folder needs a decision.
"""
import os
import re
import sys

GRAPH = ["base", "graph/source", "graph"]
JUDGE = GRAPH + ["analyzers/policy", "analyzers"]
ROOMS = {
    "base": ["base"],
    "graph/source": ["base", "graph/source"],
    "graph": GRAPH,
    "graph/draw": GRAPH + ["graph/draw"],
    "analyzers/policy": GRAPH + ["analyzers/policy"],
    "analyzers": JUDGE,
    "analyzers/debt": JUDGE + ["analyzers/debt"],
    "analyzers/foreign": JUDGE + ["analyzers/foreign"],
    "analyzers/services": JUDGE + ["analyzers/services"],
    "analyzers/mesh": JUDGE + ["analyzers/services", "analyzers/mesh"],
    "templates": JUDGE + ["analyzers/foreign", "analyzers/services", "templates"],
    "cmd/report": JUDGE + ["cmd/report"],
    "cmd": JUDGE + ["analyzers/debt", "analyzers/foreign", "analyzers/mesh", "analyzers/services", "graph/draw", "templates", "cmd/report", "cmd"],
}
FOREIGN = [  # (pattern of the header, where it may be included)
    (r"git2(/.*)?\.h", "graph/source"),
    (r"zlib\.h", "graph/source"),
    (r"tree_sitter/.*", "graph/source"),
    (r"(graphviz/)?(cgraph|gvc|cdt|gvplugin)\.h", "graph/draw"),
    (r"yaml\.h", "base"),
    (r"(cjson/)?cJSON\.h", "base"),
    (r"pcre2\.h", "base"),
    (r"lmdb\.h", "graph/source"),
    (r"getopt\.h", "cmd"),
    (r"malloc\.h", "cmd"),  # of glibc; main.c alone, and only there
]
# C17 and POSIX: everything else in angle brackets is a foreign library without a row.
SYSTEM = re.compile(
    r"(assert|ctype|dlfcn|errno|fcntl|fnmatch|float|inttypes|limits|locale|math|pthread|poll|sched|setjmp|"
    r"signal|spawn|stdarg|stdalign|stdatomic|stdbool|stddef|stdint|stdio|stdlib|string|strings|termios|"
    r"time|unistd|wchar|wctype|dirent|langinfo|sys/(file|ioctl|mman|mount|resource|socket|stat|statvfs|time|types|"
    r"uio|vfs|wait))\.h")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def room_of(path):
    while path:
        path = os.path.dirname(path)
        if path in ROOMS:
            return path
    return None


def problem(room, kind, target):
    if kind == '"':
        if "/" not in target:
            return "is not named from the top of the tree"
        to = room_of(target)
        if to is None:
            return "names a folder without a row in tests/lint/layers.py"
        if to not in ROOMS[room]:
            return f"{room} must not use {to}"
        return None if os.path.exists(target) else "does not exist"
    for pattern, home in FOREIGN:
        if re.fullmatch(pattern, target):
            return None if room == home else f"only {home} may use this library"
    return None if SYSTEM.fullmatch(target) else "is neither C, POSIX nor a library with a row"


def sources():
    for top in sorted({r.split("/")[0] for r in ROOMS}):
        for folder, dirs, names in os.walk(top):
            dirs.sort()
            for name in sorted(names):
                if name.endswith((".c", ".h", ".def")):
                    yield os.path.join(folder, name)


def main():
    seen, bad = 0, 0
    users = {}
    for path in sources():
        room = os.path.dirname(path)
        if room not in ROOMS:
            room = room_of(path)
        with open(path, encoding="utf-8") as f:
            for number, line in enumerate(f, 1):
                m = INCLUDE.match(line)
                if not m:
                    continue
                seen += 1
                why = problem(room, m[1], m[2])
                if why:
                    bad += 1
                    print(f"{path}:{number}: include of {m[2]}: {why}")
                for pattern, _ in FOREIGN:
                    if m[1] == "<" and re.fullmatch(pattern, m[2]):
                        users.setdefault(pattern, set()).add(path)
    for pattern, paths in sorted(users.items()):
        if len(paths) > 18:     # one file, at most a small folder, headers apart
            bad += 1
            print(f"{pattern} is included by {len(paths)} files: {' '.join(sorted(paths))}")
    if not seen:
        print("no include was looked at")
    print(f"{seen} includes, {bad} wrong")
    return 1 if bad or not seen else 0


sys.exit(main())
