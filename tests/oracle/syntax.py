#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""syntax.py - syntax_parse() against go/parser: a file is fine for both or for neither.

On every Go file of GOROOT/src and GOROOT/test and of Debian's packages, and on some of them written
in other white space.  What may differ, and why: README.md here.
"""
import argparse
import collections
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from golist import DEBIAN
from gotree import Go, debian_sources, say

# Newer syntax than the Go that is installed: what it says of it.
NEWER = ("method must have no type parameters", "generic type cannot be alias")

# No program has it, but go/parser leaves it to the type checker; the ends of paths.
INVALID = {
    "a type with [...] that is no composite literal": [
        "internal/types/testdata/check/decls0.go", "internal/types/testdata/fixedbugs/issue42987.go",
        "test/fixedbugs/bug280.go", "test/fixedbugs/bug287.go", "test/fixedbugs/issue16428.go",
        "test/fixedbugs/issue4452.go"],
    "a constant with a type and without a value": ["internal/types/testdata/check/constdecl.go", "test/const2.go"],
    "a type where only an expression may be": [
        "test/fixedbugs/bug358.go", "test/fixedbugs/issue11614.go", "test/fixedbugs/issue20233.go",
        "test/fixedbugs/issue20245.go"],
    "an expression where only a type may be": ["test/fixedbugs/bug340.go"],
    ".(type) outside of a type switch": [
        "internal/types/testdata/fixedbugs/issue58612.go", "test/fixedbugs/issue24470.go",
        "test/fixedbugs/issue4470.go"],
    "a conversion or a built-in with arguments that none takes": [
        "internal/types/testdata/check/builtins0.go", "test/ddd1.go", "test/fixedbugs/issue15055.go"],
    "the operator ~ outside of a constraint": ["internal/types/testdata/check/expr0.go"],
}
CAUSE = {end: cause for cause, ends in INVALID.items() for end in ends}


def cause_of(path):
    return next((cause for end, cause in CAUSE.items() if path.endswith("/" + end)), None)


def go_files(top):
    return sorted(os.path.join(d, f) for d, _, files in os.walk(top) for f in files
                  if f.endswith(".go") and os.path.isfile(os.path.join(d, f)) and "\n" not in d + f)


class Oracle:
    def __init__(self, reference, driver, show):
        self.reference, self.driver, self.show, self.failed = reference, driver, show, 0

    def said(self, command, paths):
        r = subprocess.run(command, input="".join(p + "\n" for p in paths), stdout=subprocess.PIPE, text=True,
                           errors="surrogateescape", encoding="utf-8", check=True)
        return r.stdout.splitlines()

    def compare(self, name, paths, shown=lambda path: path):
        want = [line.split("\t", 1)[0].split(" ", 2) for line in self.said([self.reference], paths)]
        have = [line.split(" ", 3) for line in self.said([self.driver], paths)]
        count, bad = collections.Counter(), []
        if not paths or len(want) != len(paths) or len(have) != len(paths):
            bad.append(f"{len(paths)} files, {len(want)} answers of Go, {len(have)} of ours")
        for path, (go, go_at, message), (ours, our_at, rewritten, _) in zip(paths, want, have):
            count["rewritten"] += ours == "ok" and rewritten != "0"
            if go == ours:
                count["refused"] += go != "ok"
            elif ours == "ok" and any(n in message for n in NEWER):
                count["newer"] += 1
            elif go == "ok" and cause_of(path):
                count[cause_of(path)] += 1
            else:
                bad.append(f"{shown(path)}: Go says {go} {go_at} {message}, we say {ours} {our_at}")
        known = sum(count[c] for c in INVALID)
        self.failed += bool(bad)
        print(f"{'not ok' if bad else 'ok'} {name}: {len(paths)} files, {count['refused']} refused by both, "
              f"{count['rewritten']} rewritten, {count['newer']} newer than this Go, {known} that no program has, "
              f"{len(bad)} differences", flush=True)
        for line in bad[:self.show]:
            print("    " + line)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--reference", required=True, help="syntax/main.go, built")
    p.add_argument("--driver", required=True, help="syntax/driver.c, built")
    p.add_argument("--cache", default="build/cache/oracle")
    p.add_argument("--show", type=int, default=10, help="differences shown of each comparison")
    args = p.parse_args()
    go = Go(os.path.realpath(args.cache))
    say(f"{go.version} in {go.root}")
    oracle = Oracle(args.reference, args.driver, args.show)
    std, test = go_files(os.path.join(go.root, "src")), go_files(os.path.join(go.root, "test"))
    oracle.compare("syntax std", std)
    if test:
        oracle.compare("syntax test", test)
    for package in DEBIAN:
        oracle.compare("syntax " + package, go_files(debian_sources(package, os.path.realpath(args.cache))[0]))
    with tempfile.TemporaryDirectory() as tmp:
        some = [f for f in std[::40] + test[::4] if not cause_of(f)]
        spaced = oracle.said([args.reference, "respace", tmp], some)
        oracle.compare("syntax in other white space", spaced, lambda path: some[int(os.path.basename(path).split(".")[0])]
                       + " style " + path.split(".")[-2])
    return 1 if oracle.failed else 0


if __name__ == "__main__":
    sys.exit(main())
