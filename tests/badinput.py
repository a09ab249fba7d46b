#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""badinput.py [--small] - trees, names, files and disks as they should not be.

Each case is a function that builds something bad and says what must be seen.  Over every run hangs
the same net: no signal, no hang, a known status, a message with every status but 0 and 1, no raw
control character in text.  --small makes the large cases small, for the slow sanitizer build.
"""
import argparse
import json
import os
import re
import resource
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
import traceback

COMMANDS = ("list", "list --json", "analyze", "analyze --json", "cycles", "graph --format edges", "graph --format dot",
            "metrics packages", "why ./... fmt")
CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
NOBODY = 65534
CASES = []


class Skip(Exception):
    pass


def case(function):
    CASES.append(function)
    return function


class Box:
    """A temporary folder with a Go module to spoil, and a way to run meshctl in it."""

    def __init__(self, binary, small):
        self.binary, self.small = os.path.realpath(binary), small

    def __enter__(self):
        self.top = os.path.realpath(tempfile.mkdtemp(prefix="meshctl-bad-"))
        os.chmod(self.top, 0o755)
        self.dir = os.path.join(self.top, "w")
        os.mkdir(self.dir)
        return self

    def __exit__(self, *unused):
        subprocess.run(["chmod", "-R", "u+rwx", self.top], stderr=subprocess.DEVNULL)
        subprocess.run(["rm", "-rf", self.top], check=True)

    def path(self, name):
        return os.path.join(os.fsencode(self.dir), name) if isinstance(name, bytes) else os.path.join(self.dir, name)

    def put(self, name, data="package x\n"):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(data.encode() if isinstance(data, str) else data)

    def module(self, name="", path="example.com/bad"):
        self.put(os.path.join(name, "go.mod"), f"module {path}\n\ngo 1.21\n")
        self.put(os.path.join(name, "good/good.go"), "package good\n\nimport _ \"fmt\"\n")

    def git(self, *words, cwd=None):
        return subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "gc.auto=0", *words],
                              cwd=cwd or self.dir, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env=dict(os.environ, GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL="/dev/null"))

    def run(self, words, want=None, says=None, stdout=subprocess.PIPE, timeout=60, user=None, before=None, raw=False):
        """Runs `meshctl words`, applies the net, checks the status and a regular expression that
        stdout and stderr together must match; returns (status, stdout, stderr)."""
        command = [self.binary] + (words.split() if isinstance(words, str) else words)
        if user is not None:
            command = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", *command]
        env = dict(os.environ, LC_ALL="C.UTF-8", NO_COLOR="1", HOME=self.top, XDG_CACHE_HOME=self.top + "/cache",
                   ASAN_OPTIONS="detect_leaks=0:exitcode=99:allocator_may_return_null=1", GIT_CONFIG_GLOBAL="/dev/null")
        try:
            run = subprocess.run(command, cwd=self.dir, env=env, stdin=subprocess.DEVNULL, stdout=stdout,
                                 stderr=subprocess.PIPE, timeout=timeout, preexec_fn=before)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"{words}: still running after {timeout} s") from None
        out, err = run.stdout or b"", run.stderr
        shown = (out[-1200:] + b"\n--stderr--\n" + err[-2500:]).decode("utf-8", "backslashreplace")
        text = f"{words}: status {run.returncode}\n{shown}"
        assert run.returncode >= 0 and run.returncode in (0, 1, 2, 3), text
        assert b"Sanitizer" not in err and b"runtime error" not in err, text
        assert run.returncode in (0, 1) or err.strip() or b'"error"' in out, "no message: " + text
        if not raw:
            assert not CONTROL.search(out.replace(b"\t", b"")), "a control character on stdout: " + text
            assert not CONTROL.search(err.replace(b"\t", b"")), "a control character on stderr: " + text
        if want is not None:
            assert run.returncode in (want if isinstance(want, tuple) else (want,)), f"expected status {want}: {text}"
        if says:
            assert re.search(says.encode(), out + err, re.S), f"expected {says!r}: {text}"
        return run.returncode, out, err

    def each(self, want=None, says=None, **more):
        """Every command over the same tree.  No finding, no status 1: those are analyze's and cycles' only."""
        for command in COMMANDS:
            self.run(command, want, says, **more)

    def analyze(self, want, says=None, **more):
        return self.run("analyze --all", want, says, **more)


def packages(out):
    decoder, at, found, text = json.JSONDecoder(), 0, [], out.decode()
    while text[at:].strip():
        at += len(text[at:]) - len(text[at:].lstrip())
        value, at = decoder.raw_decode(text, at)
        found.append(value)
    return found


# --- paths ---

@case
def missing_path(b):
    for command in COMMANDS:
        b.run(f"{command} -C nosuch", (2, 3), "nosuch")
    b.module()
    for command in COMMANDS:
        b.run(f"{command} ./nosuch/...", (2, 3), "nosuch")
        b.run(f"{command} {b.top}/elsewhere/...", (2, 3), "elsewhere")


@case
def path_is_a_file(b):
    b.module()
    b.run("list -C go.mod", (2, 3), "go.mod")
    b.run("list ./go.mod/...", (2, 3), "go.mod")


@case
def strange_patterns(b):
    b.module()
    for pattern in ("", "...", "./", "./...x", "../...", "./good/../good", "*", "\x1b[31m", "a\nb", "-", "./" + "x/" * 3000,
                    "x" * 100000, "\udcff", "%s%n%d"):
        b.run(["list", "--", pattern])
        b.run(["analyze", "--", pattern])


@case
def no_go_file(b):
    b.each(3)
    b.put("README.md", "nothing\n")
    b.put("go.mod", "module example.com/empty\n\ngo 1.21\n")
    b.each(3)
    b.run("analyze --json", 3, '"status": ?"?incomplete|"error"')


@case
def vanishing_path(b):
    """Files and folders come and go while they are read."""
    b.module()
    stop = threading.Event()

    def churn(part):
        while not stop.is_set():
            for i in range(40):
                b.put(f"v{part}/{i}/f.go", "package f\n\nimport _ \"fmt\"\n")
            subprocess.run(["rm", "-rf", b.path(f"v{part}")])
    workers = [threading.Thread(target=churn, args=(i,)) for i in range(2)]
    for w in workers:
        w.start()
    try:
        for _ in range(3 if b.small else 12):
            for command in COMMANDS[:4]:
                b.run(command)
    finally:
        stop.set()
        for w in workers:
            w.join()


# --- folders ---

@case
def unreadable_folder(b):
    b.module()
    b.put("shut/x.go")
    os.chmod(b.path("shut"), 0)
    if os.geteuid() == 0:
        user = as_nobody(b)
        b.each(3, "shut", user=user)
    else:
        b.each(3, "shut")


def as_nobody(b):
    """Root reads everything, so that the run is someone else's; the binary may stand where that one
    cannot go."""
    copy = os.path.join(b.top, "meshctl")
    subprocess.run(["cp", b.binary, copy], check=True)
    os.chmod(copy, 0o755)
    b.binary = copy
    return NOBODY


@case
def unreadable_file(b):
    b.module()
    b.put("good/shut.go", "package good\n")
    os.chmod(b.path("good/shut.go"), 0)
    user = as_nobody(b) if os.geteuid() == 0 else None
    b.run("analyze --all", (1, 3), r"good/shut\.go.*(permission denied|unreadable)", user=user)
    b.run("analyze --json", (1, 3), r"good/shut\.go", user=user)
    _, out, err = b.run("list --json", (0, 3), user=user)
    assert b"shut.go" in out + err, out


@case
def unreadable_go_mod(b):
    b.module()
    os.chmod(b.path("go.mod"), 0)
    user = as_nobody(b) if os.geteuid() == 0 else None
    b.run("analyze --all", (1, 3), r"go\.mod", user=user)


@case
def symlink_loops(b):
    b.module()
    os.symlink(".", b.path("loop"))
    os.symlink("..", b.path("good/up"))
    os.symlink("b", b.path("a"))
    os.symlink("a", b.path("b"))
    os.symlink("self.go", b.path("good/self.go"))
    os.symlink("nowhere.go", b.path("good/dangling.go"))
    os.symlink(".", b.path("good/folder.go"))
    for command in COMMANDS:
        b.run(command, (0, 1, 3))
    _, out, _ = b.run("list --json")
    assert len(packages(out)) == 1, out


@case
def ten_thousand_deep(b):
    b.module()
    depth = 2000 if b.small else 10000
    here = os.open(b.dir, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=here)
        down = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = down
    with os.fdopen(os.open("x.go", os.O_WRONLY | os.O_CREAT, dir_fd=here), "w") as f:
        f.write("package x\n")
    os.close(here)
    for command in COMMANDS:
        b.run(command, 3, "deep|depth|limit|1000|long")


@case
def many_files_in_a_folder(b):
    b.put("go.mod", "module example.com/many\n\ngo 1.21\n")
    count = 3000 if b.small else 100000
    os.mkdir(b.path("many"))
    for i in range(count):
        with open(b.path(f"many/f{i}.go"), "w", encoding="ascii") as f:
            f.write("package many\n\nimport _ \"fmt\"\n")
    _, out, _ = b.run("list --json", 0, timeout=120)
    assert len(packages(out)[0]["GoFiles"]) == count
    b.run("analyze", 0, timeout=120)


@case
def special_files(b):
    b.module()
    os.mkfifo(b.path("good/fifo.go"))
    os.symlink("/dev/zero", b.path("good/zero.go"))
    server = socket.socket(socket.AF_UNIX)
    server.bind(b.path("good/socket.go"))
    os.mkfifo(b.path("fifo"))
    for command in COMMANDS:
        b.run(command, timeout=20)
    server.close()


@case
def go_mod_is_special(b):
    b.put("a/x.go")
    os.mkdir(b.path("a/go.mod"))
    b.put("b/x.go")
    os.mkfifo(b.path("b/go.mod"))
    b.put("c/x.go")
    os.symlink("/dev/zero", b.path("c/go.mod"))
    b.put("d/x.go")
    os.symlink("nowhere", b.path("d/go.mod"))
    for command in COMMANDS:
        b.run(command, timeout=20)


# --- names ---

@case
def names_that_speak_to_terminals(b):
    b.module()
    for name in (b"esc\x1b[31mred", b"new\nline", b"bell\x07", b"back\x08\x08", b"\xff\xfe", b"del\x7f", b"c1\xc2\x9b31m",
                 b"rtl\xe2\x80\xae", b"quote\"'`$(id)", b"sp ace", b"-dash", b"tab\there", b"cr\rreturn", b"%s%n", b"<b>&amp;"):
        os.makedirs(b.path(name), exist_ok=True)
        b.put(os.path.join(name, b"a.go"), b"package a\n\nimport _ \"example.com/bad/nosuch\"\n")
        b.put(os.path.join(b"good", name + b".go"), b"package good\n\nimport \"broken\n")
    for command in COMMANDS:
        b.run(command)
    b.run("analyze --all")
    for command in ("list", "analyze --all", "cycles"):
        _, out, err = b.run(command + " --color=never")
        for bad in (b"\x1b", b"\xc2\x9b", b"\xe2\x80\xae", b"\xff"):
            assert bad not in out + err, f"{command} prints {bad!r}"
        out.decode("utf-8")
    packages(b.run("list --json")[1])
    json.loads(b.run("analyze --json")[1])


@case
def imports_that_speak_to_terminals(b):
    b.module()
    b.put("e/e.go", b"package e\n\nimport (\n\t_ \"example.com/bad/\x1b[31m\"\n)\n")
    b.put("f/f.go", b"package f\x1b[31m\n\nimport _ \"fmt\"\n")
    b.put("g/g.go", b"package g\n\nimport \x1b[31m \"fmt\"\n")
    b.put("h/h.go", b"package h\n\nimport _ \"example.com/bad/\\x1b[31m\"\n// \x1b]0;title\x07\n")
    b.put("i/go.mod", b"module \x1b[31m\n\x1b[32m\nrequire \x1b[0m v1\n")
    b.put("i/i.go", b"package i\n")
    for command in COMMANDS + ("analyze --all",):
        b.run(command)


# --- what holds findings back ---

BASELINE = ".meshctl-baseline.jsonl"
FIRST = '{"meshctl":"baseline","version":1}\n'
GUARDED = 'package a\n\nimport _ "example.com/bad/good/internal/y"\n'


def guarded(b):
    b.module()
    b.put("good/internal/y/y.go", "package y\n")
    b.put("a/a.go", GUARDED)


@case
def baseline_in_a_closed_folder(b):
    """Nothing can be written there, and it is said; nor is anything left."""
    guarded(b)
    b.put(BASELINE, FIRST)
    user = as_nobody(b) if os.geteuid() == 0 else None
    os.chmod(b.dir, 0o555)
    b.run("baseline update --allow-new", 3, "cannot write.*denied", user=user)
    b.run("baseline status", 0, user=user)
    os.chmod(b.dir, 0o777)
    os.chmod(b.path(BASELINE), 0)
    b.run("analyze", 2, "cannot read.*denied", user=user)
    b.run("baseline update --allow-new", (2, 3), "cannot read.*denied", user=user)
    os.chmod(b.path(BASELINE), 0o444)
    b.run("baseline update --allow-new", 3, "cannot write.*denied", user=user)
    assert sorted(n for n in os.listdir(b.dir) if n.startswith(BASELINE)) == [BASELINE], os.listdir(b.dir)


@case
def baseline_that_is_no_file(b):
    guarded(b)
    for make in (os.mkdir, os.mkfifo, lambda p: os.symlink("/dev/zero", p), lambda p: os.symlink(p, p)):
        make(b.path(BASELINE))
        for command in ("analyze", "baseline status", "baseline update --allow-new", "baseline add 123456 --reason x"):
            b.run(command, (0, 1, 2, 3), timeout=30)
        subprocess.run(["rm", "-rf", b.path(BASELINE)], check=True)


@case
def baseline_of_any_size(b):
    guarded(b)
    with open(b.path(BASELINE), "wb") as f:
        f.truncate((1 << 20) if b.small else (1 << 33))
    for command in ("analyze", "baseline update --allow-new"):
        b.run(command, (2, 3), "baseline")
    b.put(BASELINE, FIRST + '{"rule":"MC110","from":"' + "x" * 3000000 + '"}\n' + "\n" * 100000)
    b.run("baseline status", 0)
    b.put(BASELINE, FIRST + "".join('{"rule":"MC110","k%d":1}\n' % i for i in range(20000)))
    b.run("baseline update", 0)
    b.put(BASELINE, FIRST + "{" + ",".join('"k%d":1' % i for i in range(100000)) + "}\n")
    b.run("baseline update", 2, "too many members")


@case
def baseline_that_speaks_to_terminals(b):
    guarded(b)
    word = "\\u001b[31m\\u202e"
    b.put(BASELINE, FIRST + f'{{"rule":"{word}","from":"{word}","to":"{word}","symbol":"{word}","owner":"{word}","{word}":"{word}"}}\n'
          f'{{"rule":"MC110","from":"{word}","reason":"{word}","expires":"2020-01-01"}}\n')
    for command in ("analyze --all --now 2026-01-01", "baseline status --all", "baseline status --json", "baseline update",
                    "analyze --json", "analyze --show-suppressed"):
        b.run(command, (0, 1))
    b.run(["baseline", "add", "123456", "--reason", "\x1b[31m"], 2)
    b.run(["baseline", "add", "\x1b[31m", "--reason", "x"], 2)
    b.put(BASELINE, b"\x1b[31m\n")
    b.run("analyze", 2)


@case
def comments_that_hold_nothing(b):
    """Any text behind //meshctl: is a comment that Go builds, and so is everything else here."""
    guarded(b)
    texts = ["", "ignore", "ignore --", "ignore -- ", "ignore x", "ignore , -- y", "ignore MC110 --", "ignore " + "a," * 50000 + " -- r",
             "ignore MC110 -- \x1b[31m", "\x1b[31m", "ignore " + "x" * 100000 + " -- y", "domain=", "ignore\tMC110\t--\tr", "ignore MC110--r",
             "ignore internal-import -- \xff\xfe"]
    for i, text in enumerate(texts):
        b.put(f"t{i}/t.go", b"package t\n\n//meshctl:" + text.encode("latin-1") + b'\nimport _ "example.com/bad/good/internal/y"\n')
    b.put("many/many.go", "package many\n\n" + "//meshctl:ignore MC110 -- one of many\n" * (2000 if b.small else 20000) +
          'import _ "example.com/bad/good/internal/y"\n')
    for command in COMMANDS + ("analyze --all", "analyze --show-suppressed --all", "baseline update --allow-new"):
        b.run(command)


@case
def exceptions_to_nothing(b):
    guarded(b)
    b.put(".meshctl.yaml", 'version: 1\nlayers: {all: {in: ["**"]}}\nexceptions:\n' + "".join(
        f'  - {{from: "x{i}/**", to: "{{a}}/{{b}}/**", reason: r, expires: 2020-01-01}}\n' for i in range(100 if b.small else 2000)))
    _, out, _ = b.run("analyze --json", 1)
    report = json.loads(out)
    told = sum(f["rule"] == "unused-exception" for f in report["findings"])
    assert told == (100 if b.small else 2000), told


# --- bytes ---

@case
def nul_bytes(b):
    b.module()
    b.put("nul/nul.go", b"\0" * 100000)
    b.put("mid/mid.go", b"package mid\n\nimport \"\0fmt\"\n")
    b.analyze((1, 3), r"nul/nul\.go")
    b.each()


@case
def a_gigabyte(b):
    b.module()
    with open(b.path("good/hole.go"), "wb") as f:
        f.write(b"package good\n\nimport _ \"os\"\n\nvar X = 1\n")
        f.truncate(1 << 30)
    with open(b.path("good/empty.go"), "wb") as f:
        f.truncate(1 << 30)
    with open(b.path("good/comment.go"), "wb") as f:
        f.write(b"/*" + b"x" * ((1 << 20) if b.small else (64 << 20)))

    def little_memory():
        if not b.small:         # the sanitizers reserve terabytes
            resource.setrlimit(resource.RLIMIT_AS, (600 << 20, 600 << 20))
    began = time.monotonic()
    b.run("analyze --all", (1, 3), r"good/empty\.go", before=little_memory)
    b.run("list --json", before=little_memory)
    assert time.monotonic() - began < 60


@case
def invalid_utf8(b):
    b.module()
    b.put("a/a.go", b"package a\n\n// \xff\xfe\xc3\nimport _ \"fmt\"\n")
    b.put("b/b.go", b"package \xff\n")
    b.put("c/c.go", b"package c\n\nimport _ \"\xff\xfe\"\n")
    b.put("d/d.go", b"\xff\xfep\0a\0c\0k\0a\0g\0e\0")
    for command in COMMANDS:
        _, out, _ = b.run(command)
        out.decode("utf-8")
    b.analyze((1, 3))


@case
def endless_headers(b):
    """What takes a scanner a long time if it is careless."""
    size = 20000 if b.small else 400000
    b.module()
    b.put("a/a.go", "package a\n" + "import \"fmt\"\n" * (size // 4))
    b.put("b/b.go", "package b\n\nimport (\n" + "\t\"fmt\"\n" * size + ")\n")
    b.put("c/c.go", "/**/" * size + "package c\n")
    b.put("d/d.go", "\n" * size + "package d\n")
    b.put("e/e.go", "//go:build " + "(" * size + "linux" + ")" * size + "\n\npackage e\n")
    b.put("f/f.go", "//go:build " + "!(" * 400 + "linux" + ")" * 400 + "\n\npackage f\n")
    b.put("g/g.go", "//go:build " + " || ".join(["linux"] * (size // 10)) + "\n\npackage g\n")
    b.put("h/h.go", "// +build " + "linux,windows " * (size // 10) + "\n\npackage h\n")
    b.put("i/i.go", "package i\n\nimport _ \"" + "x/" * size + "x\"\n")
    b.put("j/j.go", "package " + "j" * size + "\n")
    b.put("k/k.go", "package k\n\nimport " + ";" * size + "\n")
    b.put("l/l.go", "package l\n\nimport (" * size)
    for command in COMMANDS:
        b.run(command, timeout=60)


@case
def many_broken_headers(b):
    """Over 10 % of the headers: status 3, whatever the rules say."""
    b.module()
    for i in range(20):
        b.put(f"x/f{i}.go", "package x\n\nimport \"broken\n" if i % 2 else "package x\n")
    b.run("analyze", 3, "broken|degraded|headers")
    b.run("cycles", 3)


# --- go.mod, go.work ---

GARBAGE = [b"", b"\0" * 1000, b"module", b"module \"", b"module example.com/a\nmodule example.com/b\n", b"\xff\xfe\x00",
           b"module a b c\n", b"module (\n", b"module `\n", b"module ../x\n", b"garbage here\n", b"module example.com/a\ngo x\n",
           b"module example.com/a\nrequire (\n", b"module example.com/a\nreplace => \n", b"module example.com/a\n)\n",
           b"module example.com/a\nreplace example.com/a => ./\n", b"module /\n", b"(" * 100000, b"module example.com/a // " + b"x" * 100000,
           b"\xef\xbb\xbfmodule example.com/a\n", b"module example.com/a\r\ngo 1.21\r\n", b"module example.com/a\ngo 99999999999999999999.1\n",
           b"module \x1b[31m\n", b"module example.com/a\nrequire x v1.0.0 // " + b"y" * 70000 + b"\n"]


@case
def garbage_go_mod(b):
    b.put("good/good.go", "package good\n")
    for text in GARBAGE:
        b.put("go.mod", text)
        for command in ("list --json", "list", "analyze --all", "analyze --json"):
            b.run(command)
    b.put("go.mod", b"garbage here\n")
    b.analyze((1, 3), r"go\.mod:1")


@case
def huge_go_mod(b):
    b.put("good/good.go", "package good\n")
    lines = 20000 if b.small else 600000
    b.put("go.mod", "module example.com/big\n\ngo 1.21\n" + "require example.com/x v1.0.0\n" * lines)
    for command in ("list", "analyze --all"):
        b.run(command)


@case
def garbage_go_work(b):
    b.module("a", "example.com/a")
    for text in GARBAGE + [b"go 1.21\nuse ./nosuch\n", b"go 1.21\nuse ../..\n", b"go 1.21\nuse /\n", b"go 1.21\nuse ./a\nuse ./a\n",
                           b"go 1.21\nuse " + b"../" * 2000 + b"\n"]:
        b.put("go.work", text)
        for command in ("list --json", "analyze --all"):
            b.run(command)
    b.put("go.work", b"go 1.21\nuse (\n\t./a\n\t./nosuch\n)\n")
    b.analyze((1, 3), "nosuch")


@case
def replace_to_nowhere_and_to_itself(b):
    b.module()
    b.put("go.mod", "module example.com/bad\n\ngo 1.21\n\nrequire example.com/a v1.0.0\n\nreplace (\n\texample.com/a => ./nosuch\n\texample.com/bad => ./\n"
          "\texample.com/c => ../../../../../../../..\n\texample.com/d => /nosuch\n\texample.com/e => ./good\n)\n")
    b.put("x/x.go", "package x\n\nimport (\n\t_ \"example.com/a/b\"\n\t_ \"example.com/bad/good\"\n\t_ \"example.com/c\"\n)\n")
    b.analyze((1, 3), "nosuch")
    b.each()


@case
def two_modules_with_one_path(b):
    b.module("a", "example.com/same")
    b.module("b", "example.com/same")
    b.put("c/go.mod", "module example.com/same/good\n")
    b.put("c/c.go", "package c\n\nimport _ \"example.com/same/good\"\n")
    b.each()


# --- the policy ---

@case
def policies(b):
    b.module()
    bomb = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
        b"%c: &%c [%s]\n" % (c, c, b",".join([b"*%c" % (c - 1)] * 9)) for c in range(ord("b"), ord("k")))
    for text, says in (
            (b"#" * (10 << 20), "yaml-bytes"), (b"[" * 100000, "yaml-depth"), (bomb, "yaml-nodes"),
            (b"layers: {" + b",".join(b"l%d: {in: [a]}" % i for i in range(2000)) + b"}", "is of layer"),
            (b"layers: {a: {in: ['" + b"**/" * 5000 + b"x']}}", "pattern-bytes"),
            (b"\xff\xfeg\0o\0", "UTF-8"), (b"go: {\x1b[31m: 1}", "U\\+001B"), (b"'\xe2\x80\xae\xe2\x80\xad': 1", "unknown key"),
            (b"\xef\xbb\xbf\tgo: 1", "tab"), (b"a: 1\n" * 3, "twice"), (b"layers: {a: {in: ['../a']}}", "no segments"),
            (b"&a [*a]", "inside"), (b"- - - - -", "map"), (b"? [a]\n: 1", "key must be text"),
            (b"zzz%d: 1\n" % 0 + b"".join(b"zzz%d: 1\n" % i for i in range(1, 5000)), "unknown key"),
            (b"extends: ../../etc/passwd", "unknown starter"), (b"baseline: /etc/passwd", "below")):
        b.put(".meshctl.yaml", text)
        for command in ("policy check", "policy check --json", "policy print", "analyze", "graph --format dot"):
            b.run(command, 2, says)
    # Captures that recur have to be tried: a limit, not an hour.
    b.put("a/b/" * 30 + "a.go", "package a\n")
    b.put(".meshctl.yaml", "layers: {a: {in: ['" + "**/".join("{c%d}/" % i for i in range(8)) + "**/{c0}x/{c1}y']}}")
    for command in ("policy check", "analyze"):
        b.run(command, (0, 1, 2))
    b.put(".meshctl.yaml", "extends: ddd\n")
    os.chmod(b.path(".meshctl.yaml"), 0)
    b.run("policy check", 2, "cannot read", user=NOBODY)
    os.remove(b.path(".meshctl.yaml"))
    os.symlink("nowhere", b.path(".meshctl.yaml"))
    b.run("analyze", 2, "cannot read")


# --- git ---

def repository(b):
    b.module()
    for i in range(30):
        b.put(f"p{i}/p.go", f"package p{i}\n\nimport _ \"fmt\"\n// {'x' * (i * 300)}\n")
    b.git("init", "-q", "-b", "main")
    b.git("add", "-A")
    b.git("commit", "-q", "-m", "all")


@case
def bad_revisions(b):
    repository(b)
    for rev in ("nosuch", "HEAD~5", "", "-x", "HEAD:good", "HEAD^{blob}", "0" * 40, "\x1b[31m", "x" * 10000, "HEAD:go.mod"):
        b.run(["list", "--rev=" + rev], (2, 3))
    b.run("list --rev HEAD", 0)
    b.run("list --rev HEAD ./nosuch/...", (2, 3))


@case
def no_repository(b):
    b.module()
    for command in COMMANDS:
        b.run(command + " --rev HEAD", (2, 3), "git|repository")


@case
def unborn_branch(b):
    b.module()
    b.git("init", "-q", "-b", "main")
    for command in COMMANDS:
        b.run(command, 0)
        b.run(command + " --rev HEAD", (2, 3), "HEAD|commit|unborn")


def objects(b):
    found = []
    for folder, _, names in os.walk(b.path(".git/objects")):
        found += [os.path.join(folder, n) for n in names]
    return sorted(found)


@case
def truncated_pack(b):
    repository(b)
    b.git("repack", "-a", "-d", "-q")
    pack = next(p for p in objects(b) if p.endswith(".pack"))
    os.chmod(pack, 0o644)
    size = os.path.getsize(pack)
    for keep in (0.95, 0.5, 0.1, 0):
        with open(pack, "r+b") as f:
            f.truncate(int(size * keep))
        for command in COMMANDS:
            b.run(command + " --rev HEAD", (1, 2, 3))
        b.run("list")


@case
def corrupt_objects(b):
    repository(b)
    loose = [p for p in objects(b) if "/pack/" not in p and "/info/" not in p]
    for i, path in enumerate(loose):
        os.chmod(path, 0o644)
        if i % 3 == 0:
            os.unlink(path)
        elif i % 3 == 1:
            with open(path, "r+b") as f:
                f.seek(5)
                f.write(b"\xff\xff\xff\xff")
        else:
            with open(path, "r+b") as f:
                f.truncate(7)
    for command in COMMANDS:
        b.run(command + " --rev HEAD", (1, 2, 3))
        b.run(command)


@case
def missing_blobs(b):
    """As in a partial clone: commits and trees are there, files are not."""
    repository(b)
    for line in b.git("ls-tree", "-r", "HEAD").stdout.decode().splitlines()[3:8]:
        name = line.split()[2]
        os.unlink(b.path(f".git/objects/{name[:2]}/{name[2:]}"))
    b.run("analyze --all --rev HEAD", (1, 3))
    status, out, err = b.run("list --json --rev HEAD")
    assert status == 3 or b"egraded" in out, (out[-500:], err)


@case
def garbage_git_folder(b):
    b.module()
    for text in (None, b"gitdir: /nosuch\n", b"garbage", b"\0\0"):
        if text is None:
            os.mkdir(b.path(".git"))
        else:
            subprocess.run(["rm", "-rf", b.path(".git")], check=True)
            b.put(".git", text)
        for command in COMMANDS:
            b.run(command, 0)
            b.run(command + " --rev HEAD", (2, 3))
    subprocess.run(["rm", "-rf", b.path(".git")], check=True)
    repository(b)
    for name, text in (("HEAD", b"garbage"), ("HEAD", b"ref: refs/heads/../../x\n"), ("config", b"[core\n"), ("index", b"garbage"),
                       ("packed-refs", b"garbage\n"), ("HEAD", b"")):
        b.put(".git/" + name, text)
        b.run("analyze")
        b.run("list --rev HEAD")


@case
def sha256_repository(b):
    b.module()
    b.git("init", "-q", "--object-format=sha256", "-b", "main")
    b.git("add", "-A")
    b.git("commit", "-q", "-m", "all")
    b.run("list", 0)
    status, _, err = b.run("list --rev HEAD")
    assert status == 0 or re.search(rb"sha-?256|SHA-?256|object format|extension", err), err


@case
def commit_with_strange_entries(b):
    """Trees that git itself would not write: links, submodules, names that no folder can have."""
    repository(b)
    os.symlink("good", b.path("link"))
    os.symlink("good.go", b.path("good/link.go"))
    b.git("add", "-A")
    b.git("update-index", "--add", "--cacheinfo", "160000," + "1" * 40 + ",sub")
    b.git("commit", "-q", "-m", "more")
    b.run("list --rev HEAD", 0)
    blob = b.git("hash-object", "-w", "go.mod").stdout.decode().strip()
    raw = b"".join(f"100644 {name}\0".encode() + bytes.fromhex(blob) for name in
                   ("..", ".", ".git", "a\x1b[31m.go", "a/b.go", "new\nline.go", "x.go", "x.go"))
    tree = subprocess.run(["git", "hash-object", "-t", "tree", "-w", "--stdin", "--literally"], input=raw, cwd=b.dir,
                          stdout=subprocess.PIPE, check=True).stdout.decode().strip()
    commit = b.git("commit-tree", "-m", "strange", tree).stdout.decode().strip()
    for command in COMMANDS:
        b.run(f"{command} --rev {commit}")


# --- output ---

FULL = ("list", "list --json", "metrics packages", "metrics packages --format csv", "why --reverse fmt", "analyze",
        "analyze --json", "cycles", "graph --format dot", "graph --format edges", "graph --format json", "graph --format mermaid", "explain", "explain MC101", "completion bash", "completion zsh", "completion fish", "help",
        "--help", "--version", "list --help")


@case
def full_disk(b):
    b.module()
    b.put("user/user.go", "package user\n\nimport _ \"example.com/bad/good\"\n")
    for command in FULL:
        with open("/dev/full", "wb") as full:
            b.run(command, 3, "space|full|write", stdout=full)


@case
def file_size_limit(b):
    """-o FILE on a disk that is full after some bytes: no half report stays."""
    b.module()
    for i in range(200):
        b.put(f"p{i}/p.go", f"package p{i}\n\nimport _ \"fmt\"\n")

    def little():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    for command in ("list --json", "analyze --json", "graph --format json"):
        b.run(f"{command} -o out", 3, "large|space|write", before=little)
        left = [n for n in os.listdir(b.dir) if n.startswith((".", "out"))]
        assert not left, left


@case
def output_that_cannot_be(b):
    b.module()
    b.run("list -o nosuch/out", (2, 3), "nosuch")
    b.run("list -o good", (2, 3), "good")
    b.run("list -o " + "x" * 300, (2, 3))
    b.run("list --format json:nosuch/out", (2, 3), "nosuch")
    if os.geteuid() == 0:
        b.run("list -o out", (2, 3), "out", user=as_nobody(b))
    b.put("kept", "kept\n")
    os.chmod(b.path("kept"), 0o600)
    b.run("list -o kept", 0)
    assert stat.S_IMODE(os.stat(b.path("kept")).st_mode) == 0o600, "-o changed the file's mode"


@case
def closed_streams(b):
    b.module()

    def close(*numbers):
        return lambda: [os.close(n) for n in numbers]
    b.run("list", 3, before=close(1))
    b.run("list", (0, 3), before=close(0))
    for numbers in ((2,), (0, 1, 2), (1, 2)):
        run = subprocess.run([b.binary, "list", "-o", "out"], cwd=b.dir, preexec_fn=close(*numbers), timeout=60)
        assert run.returncode in (0, 3), run.returncode
        if os.path.exists(b.path("out")):
            with open(b.path("out"), "rb") as f:
                assert b"meshctl:" not in f.read(), "a message in the report"


@case
def reader_goes_away(b):
    b.module()
    for i in range(2000):
        b.put(f"p{i}/p.go", f"package p{i}\n\nimport _ \"fmt\"\n")
    for command in ("list --json", "graph --format edges", "list"):
        run = subprocess.Popen([b.binary] + command.split(), cwd=b.dir, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        run.stdout.read(10)
        run.stdout.close()
        err = run.stderr.read()
        status = run.wait(60)
        assert status in (-signal.SIGPIPE, 0), f"{command}: status {status}"
        assert not err, err


@case
def interrupted(b):
    """SIGINT keeps its signal's status and leaves no temporary file."""
    b.module()
    for i in range(300 if b.small else 20000):
        b.put(f"p{i % 500}/p{i}.go", f"package p{i % 500}\n\nimport _ \"fmt\"\n")
    _, whole, _ = b.run("list --json")
    for wait in (0.002, 0.01, 0.03, 0.06, 0.1, 0.2):
        if os.path.exists(b.path("out")):
            os.unlink(b.path("out"))
        run = subprocess.Popen([b.binary, "list", "--json", "-o", "out"], cwd=b.dir, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
        time.sleep(wait)
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=60)
        assert run.returncode in (-signal.SIGINT, 0), run.returncode
        left = [n for n in os.listdir(b.dir) if n.startswith(".") or (n.startswith("out") and n != "out")]
        assert not left, left
        if os.path.exists(b.path("out")):       # a signal that comes while the report gets its name waits
            with open(b.path("out"), "rb") as f:
                assert len(packages(f.read())) == len(packages(whole)), "an interrupted run left half a report"


# --- command line ---

@case
def command_lines(b):
    b.module()
    for words, says in ((["nosuch"], "nosuch"), (["--nosuch"], "nosuch"), (["list", "--nosuch"], "nosuch"),
                        (["list", "--platform", "nosuch/amd64"], "nosuch"), (["list", "--platform", "linux"], "linux"),
                        (["list", "--platform", ""], ""), (["list", "--cgo=perhaps"], "perhaps"), (["list", "--go", "abc"], "abc"),
                        (["list", "--go", "1.999999999999"], ""), (["list", "--format", "nosuch"], "nosuch"), (["list", "-j", "abc"], "abc"),
                        (["list", "-j", "-1"], ""), (["list", "-j", "99999999999999999999"], ""), (["cycles", "--level", "dir:0"], "dir:0"),
                        (["cycles", "--level", "nosuch"], "nosuch"), (["analyze", "--rule", "nosuch"], "nosuch"), (["list", "--tags"], "tags"),
                        (["analyze", "--fail-on", "nosuch"], "nosuch"), (["explain", "nosuch"], "nosuch"), (["completion", "nosuch"], "nosuch"),
                        (["completion"], ""), (["list", "-C"], ""), (["list", "--\x1b[31m"], ""), (["\x1b[31m"], ""),
                        (["list", "a", "b", "c"], ""), (["list", "--j"], "")):
        b.run(words, 2, says)
    _, _, err = b.run(["list", "--nosuch"], 2)
    assert b"Try 'meshctl" in err, err
    _, _, err = b.run(["lst"], 2)
    assert b"list" in err, err
    b.run([], (0, 2))
    b.run(["list", "--tags", "x" * 100000], 0)
    b.run(["list"] + ["--tags", "x"] * 5000, 0)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build/meshctl")
    p.add_argument("--small", action="store_true")
    p.add_argument("only", nargs="*")
    args = p.parse_args()
    failed = ran = 0
    for function in CASES:
        if args.only and function.__name__ not in args.only:
            continue
        name = function.__name__.replace("_", " ")
        ran += 1
        try:
            with Box(args.binary, args.small) as box:
                function(box)
            print(f"ok {name}", flush=True)
        except Skip as e:
            print(f"ok {name} # SKIP {e}", flush=True)
        except AssertionError as e:
            failed += 1
            print(f"not ok {name}\n  " + str(e).replace("\n", "\n  "), flush=True)
        except Exception:       # a broken test is a failed test, not the end of the others
            failed += 1
            print(f"not ok {name}\n  " + traceback.format_exc().replace("\n", "\n  "), flush=True)
    return 1 if failed or not ran else 0


sys.exit(main())
