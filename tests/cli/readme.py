#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""readme.py [--binary FILE] [--update] [FILE...] - runs the examples of README.md.

Every ```console block is looked at; its lines `$ meshctl ...` run, one sandbox a block, in a copy of
testdata/repos/shop.  A comment in the line before the block says otherwise:

    <!-- test: dir=testdata/repos/shop status=1 output -->

dir     the folder that is copied; `none` skips the block, for commands that change the reader's host
status  the exit status of its last command (0 when not given; 0 or 1 would hide a broken example)
deb     a Debian source package and its version, as NAME_VERSION/FOLDER: the folder of its sources that
        is copied instead; skipped where apt has no such version
run     the other commands run as well
output  what stands between the commands is what they print, line by line; a line of `...` stands for
        any lines.  --update rewrites such blocks.
"""
import argparse
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "oracle"))
from gotree import debian_sources
from sandbox import Sandbox

HERE = re.compile(r"^<!-- test:(.*?)-->$")
DEFAULT = "testdata/repos/shop"
CACHE = "build/cache/oracle"


def blocks(lines):
    """(first line number, end, options, lines) of each console block."""
    at = 0
    while at < len(lines):
        if lines[at].strip() == "```console":
            end = next(i for i in range(at + 1, len(lines)) if lines[i].strip() == "```")
            m = HERE.match(lines[at - 1].strip()) if at else None
            options = dict((w.split("=", 1) + [""])[:2] for w in (m[1].split() if m else []))
            yield at + 1, end, options, lines[at + 1:end]
            at = end
        at += 1


def commands(body):
    """(command, the lines that it is said to print); a backslash at the end continues a command."""
    found, at = [], 0
    while at < len(body):
        if body[at].startswith("$ "):
            command = body[at][2:]
            while command.endswith("\\") and at + 1 < len(body):
                at += 1
                command = command[:-1] + body[at].lstrip("> ")
            found.append((command, []))
        elif found:
            found[-1][1].append(body[at])
        at += 1
    return found


def matches(want, got):
    """Lines against lines, `...` for any number of them."""
    pattern = "".join(r"(?:[^\n]*\n)*?" if w.strip() in ("...", "…") else re.escape(w.rstrip()) + r"\s*?\n" for w in want)
    return re.fullmatch(pattern, "".join(g.rstrip() + "\n" for g in got)) is not None


def folder_of(options):
    """What is copied; None where it cannot be had."""
    if "deb" not in options:
        return options.get("dir", DEFAULT)
    name, folder = options["deb"].split("/", 1)
    os.makedirs(CACHE, exist_ok=True)
    try:
        top, identity = debian_sources(name.split("_")[0], CACHE)
    except (OSError, subprocess.CalledProcessError):
        return None
    return os.path.join(top, folder) if identity.startswith(name + "_") else None


def run_block(path, number, options, body, binary, folder):
    """(problems, the block as it should be)."""
    problems, fresh = [], []
    with Sandbox(binary) as box:
        box.fill(folder)
        found = commands(body)
        for i, (command, want) in enumerate(found):
            fresh.append("$ " + command)
            if "run" not in options and not re.match(r"(\w+=\S* )*meshctl( |$)", command):
                fresh += want
                continue
            status, out, err = box.run(command)
            got = out.decode("utf-8", "backslashreplace").splitlines()
            fresh += got if "output" in options else want
            expected = int(options.get("status") or 0) if i == len(found) - 1 or "status" in options else 0
            if status != expected:
                problems.append(f"{path}:{number}: `{command}` ends with {status}, not {expected}: "
                                + err.decode("utf-8", "replace")[-500:])
            if "output" in options and not matches(want, got):
                problems.append(f"{path}:{number}: `{command}` prints\n" + "\n".join(got[:80]))
    return problems, fresh


def check(path, binary, update):
    with open(path, encoding="utf-8") as f:
        lines = f.read().split("\n")
    failed = ran = 0
    for begin, end, options, body in reversed(list(blocks(lines))):
        if options.get("dir") == "none" or not any(l.startswith("$ meshctl") for l in body):
            continue
        folder = folder_of(options)
        if not folder:
            print(f"ok {path}:{begin} # SKIP no {options['deb']}")
            continue
        ran += 1
        problems, fresh = run_block(path, begin, options, body, binary, folder)
        if update and "output" in options:
            lines[begin:end] = fresh
        print(f"{'not ok' if problems else 'ok'} {path}:{begin} {commands(body)[0][0]}")
        for text in problems:
            print("  " + text.replace("\n", "\n  "))
        failed += bool(problems)
    if update:
        with open(path, "w", encoding="utf-8") as f:
            f.write("\n".join(lines))
    if not ran:
        print(f"not ok {path}: no example to run")
    return failed or not ran


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build/meshctl")
    p.add_argument("--update", action="store_true")
    p.add_argument("files", nargs="*", default=["README.md", "README.zh-CN.md"])
    args = p.parse_args()
    failed = False
    for path in args.files:
        if not os.path.exists(path):
            print(f"not ok {path} is not there")
            failed = True
        elif check(path, args.binary, args.update):
            failed = True
    return 1 if failed else 0


sys.exit(main())
