#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""faults.py - fails the n-th allocation, read and write of a run, for every n that matters.

Needs a build with the faults compiled in (SAN=...).  A run may end with status 3 and a message, or
say in its report what could not be read; it may not crash, hang, or print another report than the
undisturbed run and still call itself complete.
"""
import argparse
import difflib
import os
import re
import subprocess
import sys
import tempfile

TREE = {
    "go.mod": "module example.com/f\n\ngo 1.21\n",
    ".meshctl.yaml": "version: 1\nlayers:\n  low: {in: [\"c/**\", b], uses: []}\n  high: {in: [\"**\"], uses: [low]}\n",
    "a/a.go": "package a\n\nimport (\n\t\"fmt\"\n\n\t\"example.com/f/b\"\n)\n\nvar _ = fmt.Sprint(b.B)\n",
    "a/a_test.go": "package a_test\n\nimport \"testing\"\n\nfunc TestA(*testing.T) {}\n",
    "a/a_windows.go": "package a\n",
    "b/b.go": "//go:build linux || darwin\n\npackage b\n\nimport _ \"example.com/f/c/d\"\n\nvar B = 1\n",
    "c/d/d.go": "package d\n\nimport _ \"os\"\n",
    "c/e/e.go": "package e\n\nimport _ \"example.com/f/a\"\n",
    **{f"d{i}/d.go": f"package d{i}\n\nimport _ \"example.com/f/b\"\n" for i in range(8)},
    "sub/go.mod": "module example.com/f/sub\n\ngo 1.21\n\nreplace example.com/f => ../\n",
    "sub/s.go": "package main\n\nimport _ \"example.com/f/a\"\n\nfunc main() {}\n",
}
COMMANDS = ["list --json", "list", "analyze", "analyze --json", "cycles", "graph --format dot", "graph --format edges",
            "graph --format json", "graph --format mermaid", "list --json --rev HEAD", "analyze --rev HEAD", "list --json --staged", "analyze --staged", "explain", "completion bash",
            "help", "list --json -o {out}", "metrics packages --json", "metrics functions --json", "setup cache --json",
            "why --json a c/d", "gate --base HEAD", "diff HEAD", "analyze --format sarif", "analyze --format junit --format csv:{out}"]
KINDS = ["ALLOC", "READ", "WRITE"]
QUIET = 15              # so many undisturbed runs in a row: the run has no n-th call any more
# How a report says that something was not read; one that lacks something must say so more often.
SAID = re.compile(rb"(?i)cannot|unreadable|degraded|incomplete|injected|input/output error|[1-9]\d* not readable|\b[1-9]\d* broken")


class Bench:
    def __init__(self, binary, folder):
        self.binary, self.folder, self.runs = os.path.realpath(binary), folder, 0
        self.tree = os.path.join(folder, "tree")
        self.out = os.path.join(folder, "out")
        self.env = dict(os.environ, LC_ALL="C.UTF-8", NO_COLOR="1", HOME=folder, XDG_CACHE_HOME=folder + "/cache",
                        ASAN_OPTIONS="detect_leaks=0:abort_on_error=0:exitcode=99", UBSAN_OPTIONS="print_stacktrace=1",
                        GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL="/dev/null")
        for path, text in TREE.items():
            path = os.path.join(self.tree, path)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)
        git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com"]
        for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "all"]):
            subprocess.run(git + words, cwd=self.tree, check=True, env=self.env)

    def run(self, command, kind=None, n=0):
        """(status, report, messages); the report is stdout and what -o wrote."""
        self.runs += 1
        env = dict(self.env, **({f"MESHCTL_FAIL_{kind}": str(n)} if kind else {}))
        if os.path.exists(self.out):
            os.unlink(self.out)
        words = [self.binary] + command.format(out=self.out).split() + ["-j", "1"] * (command.split()[0] in
                 ("list", "analyze", "cycles", "graph"))
        try:
            run = subprocess.run(words, cwd=self.tree, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, timeout=60)
        except subprocess.TimeoutExpired:
            return "hang", b"", b""
        report = run.stdout
        if os.path.exists(self.out):
            with open(self.out, "rb") as f:
                report += b"\n-o: " + f.read()
        left = [n for n in os.listdir(self.folder) if n not in ("tree", "out", "cache")]
        if left:
            return f"left {left}", report, run.stderr
        return run.returncode, report, run.stderr


def complaint(plain, got):
    """What is wrong with a disturbed run, or None."""
    status, report, messages = got
    if status == "hang" or isinstance(status, str):
        return str(status)
    if status < 0 or status >= 99 or b"Sanitizer" in messages or b"runtime error" in messages:
        return f"crashed, status {status}"
    if status not in (0, 1, 2, 3):
        return f"status {status}"
    if (status, report) == plain[:2]:
        return None
    if status == 3 or status == 2:
        return None if messages.strip() or SAID.search(report) else f"status {status} without a message"
    if status > plain[0]:
        return None
    said, before = (len(SAID.findall(r[1] + r[2])) for r in (got, plain))
    return None if said > before else f"another report that does not say what failed, and status {status}"


def numbers():
    n = 1
    while True:
        yield n
        n += max(1, n // 12)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build-san/meshctl")
    p.add_argument("only", nargs="*")
    args = p.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory(prefix="meshctl-faults-") as folder:
        bench = Bench(args.binary, folder)
        for command in COMMANDS:
            if args.only and command not in args.only:
                continue
            plain = bench.run(command)
            if isinstance(plain[0], str) or plain[0] not in (0, 1) or not plain[1]:
                print(f"not ok faults {command}: undisturbed it ends with {plain[0]}: {plain[2][-2000:].decode('utf-8', 'replace')}")
                failed += 1
                continue
            for kind in KINDS:
                quiet, hits, wrong = 0, 0, []
                for n in numbers():
                    got = bench.run(command, kind, n)
                    same = got[:2] == plain[:2]
                    quiet, hits = (quiet + 1, hits) if same else (0, hits + 1)
                    why = complaint(plain, got)
                    if why:
                        lost = difflib.unified_diff(plain[1].decode().splitlines(), got[1].decode().splitlines(), lineterm="")
                        wrong.append(f"n={n}: {why}: {got[2][-1500:].decode('utf-8', 'replace')}" + "\n".join(list(lost)[:24]))
                    if quiet >= QUIET or len(wrong) >= 3:
                        break
                print(f"{'not ok' if wrong else 'ok'} faults {command} {kind.lower()}: {hits} disturbed, up to n={n}")
                for text in wrong:
                    print("  " + text.replace("\n", "\n  "))
                failed += bool(wrong)
    print(f"# {bench.runs} runs")
    return 1 if failed else 0


sys.exit(main())
