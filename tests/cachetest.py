#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""cachetest.py --build DIR [CASE...] - the fact cache in real processes: whatever happens to it, facts
are those that `facts -n` reads without it, no process crashes, and the next run is whole again.

tests/facts prints one line a file with a checksum of its facts.  Root can do more: give files to
others, mount a small disk.
"""
import argparse
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

try:
    import jsonschema
except ImportError:
    jsonschema = None

CASES = []
GIT = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "gc.auto=0", "-c", "init.defaultBranch=main",
       "-c", "protocol.file.allow=always"]
PARTS = ("container", "sort", "errors", "text/tabwriter", "net/textproto", "encoding/csv")


class Skip(Exception):
    pass


def case(function):
    CASES.append(function)
    return function


class Box:
    """A tree of real Go files in git, and a cache folder of its own."""

    def __init__(self, build, go_src, san):
        self.facts = os.path.realpath(os.path.join(build, "tests/facts"))
        self.meshctl = os.path.realpath(os.path.join(build, "meshctl"))
        self.go_src, self.san = go_src, san

    def __enter__(self):
        self.top = os.path.realpath(tempfile.mkdtemp(prefix="meshctl-cache-"))
        self.tree = os.path.join(self.top, "tree")
        self.home = os.path.join(self.top, "cache")
        self.folder = os.path.join(self.home, "meshctl")
        self.young = os.path.join(self.folder, "facts.mdb")
        self.env = dict(os.environ, XDG_CACHE_HOME=self.home, HOME=self.top, GIT_CONFIG_GLOBAL="/dev/null",
                        GIT_CONFIG_NOSYSTEM="1", LC_ALL="C.UTF-8",
                        ASAN_OPTIONS="detect_leaks=0:exitcode=99:allocator_may_return_null=1")
        os.mkdir(self.home, 0o700)
        for part in PARTS:
            shutil.copytree(os.path.join(self.go_src, part), os.path.join(self.tree, part),
                            ignore=shutil.ignore_patterns("testdata"))
        self.put("go.mod", "module example.com/t\n\ngo 1.24\n")
        self.git("init", "-q")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "all")
        self.settle()
        return self

    def __exit__(self, *unused):
        subprocess.run(["chmod", "-R", "u+rwX", self.top], stderr=subprocess.DEVNULL, check=False)
        shutil.rmtree(self.top, ignore_errors=True)

    def put(self, name, text):
        path = os.path.join(self.tree, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(text.encode() if isinstance(text, str) else text)

    def git(self, *words, cwd=None):
        return subprocess.run(GIT + list(words), cwd=cwd or self.tree, check=True, env=self.env, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE).stdout

    def settle(self, cwd=None):
        """Makes every entry older than the index, so that none is racy."""
        time.sleep(0.02)
        self.git("update-index", "--refresh", "-q", "--force-write-index", cwd=cwd) if self.has_force() else \
            self.git("read-tree", "HEAD", cwd=cwd)
        self.git("status", cwd=cwd)

    def has_force(self):
        return "force-write-index" in subprocess.run(["git", "update-index", "-h"], stdout=subprocess.PIPE,
                                                     stderr=subprocess.STDOUT, text=True, check=False).stdout

    def run(self, *words, tree=None, before=None, user=None, env=None, tool=None):
        command = [tool or self.facts, *words]
        if user is not None:
            command = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", *command]
        run = subprocess.run(command, cwd=tree or self.tree, env=env or self.env, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300, preexec_fn=before)
        err = run.stderr.decode("utf-8", "replace")
        assert run.returncode == 0, f"{words}: status {run.returncode}: {err[-3000:]}"
        assert "Sanitizer" not in err and "runtime error" not in err, err[-3000:]
        m = re.search(r"asked (\d+) cached (\d+) parsed (\d+)", err)
        self.asked, self.cached, self.parsed = map(int, m.groups()) if m else (0, 0, 0)
        self.note = err[m.end():].split("\n", 1)[1].strip() if m else err
        assert "\n" not in self.note, f"more than one line: {self.note}"
        return run.stdout

    def plain(self, **more):
        return self.run("-n", **more)

    def same(self, want, *words, cached=None, parsed=None, note="", **more):
        got = self.run(*words, **more)
        assert got == want, f"other facts than without the cache: {words} {self.note}\n" + difference(want, got)
        if note is not None:
            assert bool(note) == bool(self.note) and note in self.note, f"note {self.note!r}, expected {note!r}"
        if cached is not None:
            assert self.cached == cached, f"{self.cached} cached, expected {cached}"
        if parsed is not None:
            assert self.parsed == parsed, f"{self.parsed} parsed, expected {parsed}"

    def clear(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def difference(a, b):
    a, b = a.decode().splitlines(), b.decode().splitlines()
    return "\n".join([f"-{x}" for x in a if x not in b][:5] + [f"+{x}" for x in b if x not in a][:5])


@case
def cold_and_warm_with_any_threads(b):
    want = b.plain()
    for j in range(1, 9):
        b.clear()
        b.same(want, "-j", str(j), cached=0)
        n = b.parsed
        b.same(want, "-j", str(9 - j), cached=n, parsed=0)
    b.same(want, "-r", "HEAD", cached=n, parsed=0)
    b.clear()
    b.same(want, "-r", "HEAD", cached=0)
    b.same(want, cached=n, parsed=0)


@case
def branches_clones_and_changes_share(b):
    want = b.plain()
    b.same(want)
    n = b.parsed
    b.git("clone", "-q", b.tree, b.top + "/clone")
    b.same(want, tree=b.top + "/clone", cached=n, parsed=0)
    b.git("worktree", "add", "-q", b.top + "/linked")
    b.same(want, tree=b.top + "/linked", cached=n, parsed=0)
    shutil.copytree(b.tree, b.top + "/plain", ignore=shutil.ignore_patterns(".git"))
    b.same(want, tree=b.top + "/plain", cached=n, parsed=0)
    b.put("sort/new.go", "package sort\n\nfunc New() {}\n")
    want = b.plain()
    b.same(want, cached=n, parsed=1)
    b.same(want, cached=n + 1, parsed=0)
    b.git("add", "-A")
    b.git("commit", "-q", "-m", "new")
    b.same(want, "-r", "HEAD", cached=n + 1, parsed=0)
    os.unlink(b.tree + "/sort/new.go")
    b.same(b.plain(), cached=n, parsed=0)
    below = b.plain(tree=b.tree + "/encoding")
    b.same(below, tree=b.tree + "/encoding", parsed=0)


@case
def several_at_once(b):
    want = b.plain()
    for words in ([], ["-j", "1"], ["-r", "HEAD"]):
        b.clear()
        running = [subprocess.Popen([b.facts, *words], cwd=b.tree, env=b.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                   for _ in range(5)]
        for p in running:
            out, err = p.communicate(timeout=300)
            assert p.returncode == 0 and out == want, err.decode()[-2000:]
            assert err.count(b"\n") == 1, err.decode()
        b.same(want, parsed=0)


@case
def killed_at_any_time(b):
    want = b.plain()
    b.clear()
    begin = time.monotonic()
    b.same(want)
    took = time.monotonic() - begin
    rng = random.Random(1)
    for i in range(12 if b.san else 60):
        if i % 3 == 0:
            b.clear()
        elif i % 3 == 1:        # a few are new: most of the run is reading and writing the cache
            for k in range(3):
                b.put(f"sort/k{k}.go", f"package sort\n\n// {i}\nfunc K{k}_{i}() int {{ return {i} }}\n")
            want = b.plain()
        whole = took if i % 3 == 0 else 0.05
        p = subprocess.Popen([b.facts], cwd=b.tree, env=b.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(whole * rng.uniform(0.3 if i % 2 else 0.8, 1.1))
        p.send_signal(signal.SIGKILL)
        p.wait()
        if i % 4 == 3:
            b.same(want, note=None)
            assert not b.note or "made again" in b.note, b.note
    b.same(want, note=None)
    b.same(want, parsed=0)


@case
def killed_while_writing(b):
    """Stops the writer at each of its writes in turn, as a debugger would."""
    if not shutil.which("strace") or b.san:
        raise Skip("no strace")
    want = b.plain()
    for n in (1, 2, 3, 5, 8, 13, 21, 34, 55):
        b.clear()
        subprocess.run(["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=pwrite64,pwritev,writev",
                        "-e", f"inject=pwrite64,pwritev,writev:signal=KILL:when={n}", b.facts], cwd=b.tree, env=b.env,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        b.same(want, note=None)
        b.same(want, parsed=0)


@case
def damaged_anywhere(b):
    want = b.plain()
    b.clear()
    b.same(want)
    with open(b.young, "rb") as f:
        good = f.read()
    rng = random.Random(2)
    for i in range(20 if b.san else 120):
        bad = bytearray(good)
        kind = i % 6
        at = rng.randrange(len(bad))
        if kind == 0:
            bad[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            bad[at:at + 4096] = bytes(len(bad[at:at + 4096]))
        elif kind == 2:
            del bad[at:]
        elif kind == 3:
            bad[rng.randrange(8192)] ^= 0xff
        elif kind == 4:
            for _ in range(200):
                bad[rng.randrange(len(bad))] ^= 1 << rng.randrange(8)
        else:
            bad[at:at] = b"x" * rng.randrange(1, 9999)
        with open(b.young, "wb") as f:
            f.write(bad)
        b.same(want, note=None)
        assert not b.note or "made again" in b.note, b.note
        b.same(want, note=None)
    b.same(want, parsed=0)


@case
def strange_things_in_its_place(b):
    want = b.plain()
    b.same(want)
    n = b.parsed
    with open(b.young, "wb") as f:
        f.write(b"not LMDB\n" * 1000)
    b.same(want, parsed=n, note="made again")
    b.same(want, parsed=0)
    for make, undo in ((os.mkdir, os.rmdir), (os.mkfifo, os.unlink), (lambda p: os.symlink("/etc/passwd", p), os.unlink)):
        os.unlink(b.young)
        make(b.young)
        b.same(want, parsed=n, note="no fact cache: ")
        b.same(want, "-r", "HEAD", parsed=n, note="no fact cache: ")
        undo(b.young)
        b.same(want, parsed=n)
    b.clear()
    with open(b.folder, "w", encoding="utf-8"):
        pass
    b.same(want, parsed=n, note="no fact cache: cannot open")
    os.unlink(b.folder)
    os.mkdir(b.folder, 0o755)
    os.mkfifo(b.folder + "/facts.lock")
    os.mkdir(b.folder + "/facts.stats")
    b.same(want, parsed=n, note=None)
    b.same(want, note=None)


@case
def no_folder(b):
    want = b.plain()
    env = {k: v for k, v in b.env.items() if k not in ("HOME", "XDG_CACHE_HOME")}
    b.same(want, env=env, cached=0, note="neither XDG_CACHE_HOME nor HOME")
    env["XDG_CACHE_HOME"] = "relative"
    b.same(want, env=env, cached=0, note="neither XDG_CACHE_HOME nor HOME")
    env["HOME"] = b.top
    b.same(want, env=env, cached=0)
    assert os.path.exists(b.top + "/.cache/meshctl/facts.mdb")
    env["XDG_CACHE_HOME"] = "/dev/null"
    b.same(want, env=env, cached=0, note="no fact cache: ")
    env["XDG_CACHE_HOME"] = "/" + "x" * 4000
    b.same(want, env=env, cached=0, note="too long")


@case
def folders_of_others(b):
    want = b.plain()
    b.same(want)
    os.chmod(b.folder, 0o777)
    b.same(want, cached=0, note="others may write")
    os.chmod(b.folder, 0o700)
    if os.geteuid():
        raise Skip("not root")
    os.chown(b.folder, 12345, 12345)
    b.same(want, cached=0, note="belongs to somebody else")


@case
def read_only(b):
    if os.geteuid():
        raise Skip("not root")
    user = 12345
    want = b.plain()
    b.same(want)
    n = b.parsed
    for path, _, names in os.walk(b.top):
        for name in [path] + [os.path.join(path, x) for x in names]:
            os.chown(name, user, user, follow_symlinks=False)
    os.chmod(b.folder, 0o500)
    b.same(want, user=user, cached=n)
    for name in os.listdir(b.folder):
        os.chmod(os.path.join(b.folder, name), 0o400)
    b.same(want, user=user, cached=n)
    b.put("sort/new.go", "package sort\n\nfunc New() {}\n")
    want = b.plain()
    b.same(want, user=user, cached=n, parsed=1, note="cannot write")
    with open(b.young, "r+b") as f:
        f.write(b"damage" * 99)
    b.same(want, user=user, parsed=n + 1, note="made again")
    os.chmod(b.folder, 0)
    b.same(want, user=user, parsed=n + 1, note="no fact cache: cannot open")
    os.chmod(b.folder, 0o700)
    shutil.rmtree(b.folder)
    os.chmod(b.home, 0o500)
    b.same(want, user=user, parsed=n + 1, note="cannot make")


@case
def no_room_for_files(b):
    want = b.plain()
    for limit in (0, 1, 4096, 100000, 2 << 20):
        def small(limit=limit):
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        b.clear()
        b.same(want, before=small, note=None)
        b.same(want, before=small, note=None)
    b.same(want, note=None)
    b.same(want, parsed=0)


@case
def full_disk(b):
    small = b.top + "/small"
    os.mkdir(small)
    want = b.plain()
    for size in ("40k", "80k", "120k"):
        if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=0700", "tmpfs", small],
                          stderr=subprocess.DEVNULL, check=False).returncode:
            raise Skip("cannot mount a small disk")
        try:
            env = dict(b.env, XDG_CACHE_HOME=small)
            b.same(want, env=env, cached=0, note="No space left")
            b.same(want, env=env, note=None)
            os.unlink(small + "/meshctl/facts.mdb")
            ballast = os.open(small + "/ballast", os.O_WRONLY | os.O_CREAT)
            try:
                while True:
                    os.write(ballast, bytes(65536))
            except OSError:
                os.close(ballast)
            b.same(want, env=env, cached=0, note=None)
        finally:
            subprocess.run(["umount", small], check=True)


@case
def pruned_and_cleared(b):
    want = b.plain()
    b.same(want)
    n = b.parsed

    def setup(*words):
        out = subprocess.run([b.meshctl, "setup", "cache", *words, "--json"], env=b.env, check=True, stdout=subprocess.PIPE)
        report = json.loads(out.stdout)
        if jsonschema:
            with open("cmd/report/cache.schema.json", encoding="utf-8") as f:
                jsonschema.validate(report, json.load(f))
        return report
    before = setup()
    assert before["generations"][0]["present"] and before["bytes"] > 50000 and before["limit"] >= before["bytes"], before
    assert before["asked"] == n and before["found"] == 0 and before["folder"] == b.folder, before
    assert setup("prune")["bytes"] == before["bytes"]
    b.same(want, parsed=0)
    os.rename(b.young, b.folder + "/facts-old.mdb")
    b.same(want, cached=n, parsed=0)            # found in the older half, stored in the newer one
    assert setup()["generations"][0]["entries"] == before["generations"][0]["entries"]
    assert setup("prune")["deleted"] == before["bytes"]
    b.same(want, cached=n, parsed=0)
    assert setup("clear")["deleted"] > 50000
    assert setup()["bytes"] == 0 and setup()["asked"] == 0
    b.same(want, cached=0, parsed=n)
    text = subprocess.run([b.meshctl, "setup", "cache"], env=b.env, check=True, stdout=subprocess.PIPE, text=True).stdout
    assert re.search(r"newer +[\d,]+ entries, [\d.]+ [KM]B, begun just now", text), text


@case
def commands_print_the_same(b):
    words = ["metrics", "functions", "--json", "--tests"]

    def printed(*more):
        run = subprocess.run([b.meshctl, *words, *more], cwd=b.tree, env=b.env, check=True, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE)
        return run.stdout
    want = printed("--no-cache")
    assert not os.path.exists(b.folder) and len(want) > 10000
    assert printed() == want and os.path.exists(b.young)
    for j in "1", "2", "8":
        assert printed("-j", j) == want
    assert printed("--rev", "HEAD", "--no-cache") == printed("--rev", "HEAD")


# --- heads of files ---

HEADS = (["list", "--json"], ["graph", "--format", "edges"], ["analyze", "--json"], ["list", "--json", "--rev", "HEAD"],
         ["list", "--json", "--staged"], ["list", "--json", "--platform", "windows/arm64", "--tags", "x"])


def many_files(b, count=300):
    """More than are read without the cache, of every kind that a head has facts of."""
    for i in range(count):
        tail = ("", "_test", "_windows", "_linux_arm64")[i % 4]
        kind = ("// Code generated by x. DO NOT EDIT.\n", "//go:build x && !y\n\n", "//meshctl:domain=sales why\n", "",
                "//go:build (\n\n", "// +build x\n\n", "/* c */ ", "\ufeff", "// domain: d\n")[i % 9]
        body = ("", "var V = 1\n", "func (", "import \"late\"\n")[i % 4 if i % 7 else 2]
        imports = 'import (\n\t"fmt"\n\t_ "example.com/t/p%d"\n\t. "os" // c\n)\n' % (i // 8)
        if i % 11 == 5:
            imports = 'import "C"\nimport x `errors`\n'
        b.put(f"p{i // 7}/f{i}{tail}.go", f"{kind}package p{i // 7}\n\n{imports}\n{body}")
    b.put("p0/nul.go", "package p0\n\0")
    b.put("p0/none.go", "pakcage p0\n")
    b.put("p0/_hidden.go", "package hidden\n")
    b.put("p0/long.go", "package p0\n\n// " + "x" * 20000 + "\nimport \"fmt\"\n")
    b.git("add", "-A")
    b.git("commit", "-q", "-m", "many")
    b.settle()


def printed(b, *words):
    run = subprocess.run([b.meshctl, *words], cwd=b.tree, env=b.env, check=False, stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE)
    assert run.returncode in (0, 1), f"{words}: status {run.returncode}: {run.stderr.decode()[-2000:]}"
    return run.stdout


def same_heads(b, filled=True):
    """Cold, warm and without a cache the same bytes; what one command stored serves the others."""
    home = b.env["XDG_CACHE_HOME"]
    b.env["XDG_CACHE_HOME"] = "none"
    b.env["HOME"] = ""
    want = [printed(b, *words) for words in HEADS]
    b.env.update(XDG_CACHE_HOME=home, HOME=b.top)
    for _ in range(2):
        for words, w in zip(HEADS, want):
            got = printed(b, *words)
            assert got == w, f"{words}: other output than without the cache\n" + difference(w, got)
    assert os.path.exists(b.young) == filled


@case
def heads_cold_and_warm(b):
    many_files(b)
    same_heads(b)
    size = os.path.getsize(b.young)
    same_heads(b)
    assert os.path.getsize(b.young) == size, "stored again what was there"
    b.clear()
    for j in "1", "2", "7":
        assert printed(b, "list", "--json", "-j", j) == printed(b, "list", "--json", "-j", "3")


@case
def heads_of_a_change(b):
    """One file at a time is edited, staged, committed, taken away; each time at once, so that it is racy."""
    many_files(b)
    same_heads(b)
    for i in range(3 if b.san else 7):
        name = f"p{i}/f{7 * i}{('', '_test', '_windows', '_linux_arm64')[7 * i % 4]}.go"
        b.put(name, f"package p{i}\n\nimport \"bytes\" // {i % 10}\n")
        same_heads(b)
        if i % 2:
            b.git("add", "-A")
            # Of the same size as what was staged.
            b.put(name, f"package q{i}\n\nimport \"bufio\" // {i % 10}\n")
        same_heads(b)
        if i % 3 == 0:
            b.git("commit", "-q", "-a", "-m", "change")
        if i % 4 == 0:
            b.git("rm", "-q", "-f", name)
    b.git("update-index", "--assume-unchanged", "p40/f283_linux_arm64.go")
    b.put("p40/f283_linux_arm64.go", "package p40\n\nimport \"embed\"\n")
    same_heads(b)


@case
def heads_of_conversions(b):
    many_files(b)
    b.put(".gitattributes", "*.go text=auto ident\n")
    for i in range(20):
        b.put(f"crlf/f{i}.go", f"package crlf\r\n\r\nimport \"fmt\" // {i}\r\n\r\n// $Id$\r\n")
    b.git("add", "-A")
    b.git("commit", "-q", "-m", "crlf")
    b.settle()
    same_heads(b)
    b.git("config", "filter.swap.clean", "tr fb bf")
    b.git("config", "filter.swap.smudge", "tr fb bf")
    b.put(".gitattributes", "crlf/* filter=swap\n")
    b.put("crlf/swap.go", "package crlf\n\nimport \"bf\"\n")
    b.git("add", "-A")
    b.git("commit", "-q", "-m", "swap")
    b.settle()
    same_heads(b)


@case
def heads_of_a_damaged_cache(b):
    many_files(b)
    same_heads(b)
    with open(b.young, "rb") as f:
        whole = f.read()
    r = random.Random(9)
    want = printed(b, "list", "--json")
    for i in range(6 if b.san else 20):
        broken = bytearray(whole[:r.randrange(len(whole))] if i % 3 == 0 else whole)
        for _ in range(r.randrange(1, 200)):
            if broken:
                broken[r.randrange(len(broken))] = r.randrange(256)
        with open(b.young, "wb") as f:
            f.write(broken)
        for _ in range(2):
            assert printed(b, "list", "--json") == want, "other facts from a damaged cache"


@case
def heads_of_a_bad_object(b):
    """A loose object of other bytes than its id: what is found in it is nobody else's."""
    many_files(b)
    for name, imported in ("real", "fmt"), ("fake", "net"):
        b.put(f"{name}/{name}.go", f"package {name}\n\nimport \"{imported}\"\n")
    b.git("add", "-A")
    b.git("commit", "-q", "-m", "two")
    b.settle()
    real, fake = (b.git("rev-parse", f"HEAD:{n}/{n}.go").strip() for n in ("real", "fake"))
    objects = b.tree + "/.git/objects/"
    path = objects + real[:2] + "/" + real[2:]
    if not os.path.exists(path):
        raise Skip("no loose object")
    want = [printed(b, *words) for words in HEADS]
    b.clear()
    os.rename(path, path + ".kept")
    shutil.copy(objects + fake[:2] + "/" + fake[2:], path)
    assert printed(b, *HEADS[3]) != want[3], "the bad object was not read"
    os.remove(path)
    os.rename(path + ".kept", path)
    assert [printed(b, *words) for words in HEADS] == want, "facts of a bad object"


# --- which ids are believed ---

def check_ids(b, tree=None, at_least=1):
    """Every id that the index gives is that of the file's bytes; returns how many there are."""
    tree = tree or b.tree
    known = [l.rsplit(" ", 1) for l in b.run("-i", tree=tree).decode().splitlines()]
    known = {p: i for p, i in known if i != "-"}
    assert len(known) >= at_least, f"{len(known)} ids from the index, expected {at_least} or more"
    hashed = subprocess.run(["git", "hash-object", "--no-filters", "--stdin-paths"], cwd=tree, check=True, text=True,
                            input="".join(p + "\n" for p in known), stdout=subprocess.PIPE, env=b.env).stdout.split()
    assert hashed == list(known.values()), "an id that is not that of the bytes"
    return len(known)


@case
def ids_of_every_kind_of_index(b):
    n = check_ids(b, at_least=30)
    for version in "2", "3", "4":
        b.git("update-index", "--index-version", version)
        assert check_ids(b, at_least=n) == n, version
    b.git("update-index", "--skip-worktree", "sort/sort.go")
    assert check_ids(b) >= n - 1
    b.git("update-index", "--no-skip-worktree", "sort/sort.go")
    b.put("sort/later.go", "package sort\n")
    b.git("add", "-N", "sort/later.go")
    assert check_ids(b) == n
    b.git("update-index", "--split-index")
    assert check_ids(b) == n
    want = b.plain()
    b.same(want)
    b.same(want, parsed=0)
    b.git("update-index", "--no-split-index")
    assert check_ids(b) == n
    b.git("config", "index.skipHash", "true")
    b.git("update-index", "--force-remove", "sort/later.go")
    assert check_ids(b) == n
    with open(b.tree + "/.git/index", "rb") as f:
        good = f.read()
    rng = random.Random(3)
    for i in range(30 if b.san else 200):
        bad = bytearray(good)
        if i % 3:
            bad[rng.randrange(len(bad) if i % 3 == 1 else 2000)] ^= 1 << rng.randrange(8)
        else:
            del bad[rng.randrange(len(bad)):]
        with open(b.tree + "/.git/index", "wb") as f:
            f.write(bad)
        b.run("-i")                             # no crash; an id may be wrong, but names nothing
        if i % 10 == 0:
            b.same(want)
    with open(b.tree + "/.git/index", "wb") as f:
        f.write(good)


@case
def ids_of_sha256_and_sparse(b):
    top = b.top + "/sha256"
    shutil.copytree(b.tree, top, ignore=shutil.ignore_patterns(".git"))
    b.git("init", "-q", "--object-format=sha256", cwd=top)
    b.git("add", "-A", cwd=top)
    b.git("commit", "-q", "-m", "all", cwd=top)
    b.settle(top)
    assert check_ids(b, top, 0) == 0
    want = b.plain(tree=top)
    b.same(want, tree=top)
    b.same(want, tree=top, parsed=0)
    b.git("sparse-checkout", "set", "--cone", "--sparse-index", "sort")
    want = b.plain()
    b.same(want)
    b.same(want, parsed=0)
    check_ids(b, at_least=0)


@case
def ids_of_racy_files(b):
    path = b.tree + "/sort/racy.go"
    for i in range(40):
        b.put("sort/racy.go", f"package sort // a{i:04}\n")
        b.git("add", "sort/racy.go")
        b.put("sort/racy.go", f"package sort // b{i:04}\n")
        check_ids(b)
        if i % 10 == 0:
            b.same(b.plain())
    st = os.stat(path)
    b.git("add", "-A")
    b.settle()
    b.same(b.plain())
    # Same size, same mtime: the change time still tells.
    b.put("sort/racy.go", "package sort // c0000\n")
    os.utime(path, ns=(st.st_atime_ns, st.st_mtime_ns))
    check_ids(b)
    b.same(b.plain())


@case
def conversions(b):
    crlf = "package sort\r\n\r\nconst Long = `a\r\nb`\r\n"
    b.put(".gitattributes", "*.go text=auto ident\n")
    b.put("sort/crlf.go", crlf)
    b.put("sort/ident.go", "package sort\n\nconst Id = \"$Id$\"\n")
    b.git("add", "-A")
    b.git("commit", "-q", "-m", "crlf")
    os.unlink(b.tree + "/sort/ident.go")
    b.git("checkout", "-q", "--", "sort/ident.go")
    b.git("add", "-A")
    b.settle()
    with open(b.tree + "/sort/ident.go", encoding="utf-8") as f:
        assert "$Id: " in f.read()
    want, committed = b.plain(), b.run("-n", "-r", "HEAD")
    assert want != committed
    for _ in range(2):
        b.same(want)
        b.same(committed, "-r", "HEAD")
    b.same(want, parsed=0)
    b.same(committed, "-r", "HEAD", parsed=0)
    b.clear()
    b.same(committed, "-r", "HEAD")
    b.same(want)
    b.same(want, parsed=0)


@case
def filters(b):
    """A clean filter that keeps the size: the index's id names another text."""
    b.git("config", "filter.swap.clean", "tr ab ba")
    b.git("config", "filter.swap.smudge", "tr ab ba")
    b.put(".gitattributes", "sort/swap.go filter=swap\n")
    b.put("sort/swap.go", "package sort\n\nfunc aaa() { bbb() }\n")
    b.git("add", "-A")
    b.git("commit", "-q", "-m", "swap")
    b.settle()
    assert check_ids(b, at_least=0) == 0
    want, committed = b.plain(), b.run("-n", "-r", "HEAD")
    assert want != committed
    b.same(committed, "-r", "HEAD")
    b.same(want)
    b.same(want, parsed=0)


@case
def heads_of_a_smudge_filter_alone(b):
    """Git takes what it checked out for what it stores, as long as nothing touches it."""
    many_files(b)
    b.put("swap/a.go", "package swap\n\nimport \"bf\"\n")
    b.put("swap/slow.go", "package swap\n")
    b.git("add", "-A")
    b.git("commit", "-q", "-m", "swap")
    b.git("config", "filter.swap.smudge", "tr fb bf")
    b.git("config", "filter.slow.smudge", "sleep 1.1; cat")    # a.go becomes older than the index
    b.put(".git/info/attributes", "swap/a.go filter=swap\nswap/slow.go filter=slow\n")
    for name in "a.go", "slow.go":
        os.unlink(f"{b.tree}/swap/{name}")
    b.git("checkout", "-q", "swap/a.go", "swap/slow.go")
    assert not b.git("status", "--short"), "git does see the change"
    printed(b, "list", "--json", "--rev", "HEAD")
    same_heads(b)


@case
def objects_that_are_not_what_they_say(b):
    """A loose object of other bytes than its id: its facts must not be those of the id."""
    b.put("sort/real.go", "package sort\n\nfunc Real() {}\n")
    b.put("sort/fake.go", "package sort\n\nfunc Fake() {}\n")
    b.git("add", "-A")
    b.git("commit", "-q", "-m", "two")
    real, fake = (b.git("rev-parse", f"HEAD:sort/{n}.go").strip() for n in ("real", "fake"))
    objects = b.tree + "/.git/objects/"
    path = objects + real[:2] + "/" + real[2:]
    if not os.path.exists(path):
        raise Skip("no loose object")
    want = b.plain()
    os.rename(path, path + ".kept")
    shutil.copy(objects + fake[:2] + "/" + fake[2:], path)
    b.run("-r", "HEAD")
    b.same(want)
    b.same(want, parsed=0)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--build", default="build")
    p.add_argument("--san", action="store_true", help="the build is slow: fewer rounds")
    p.add_argument("only", nargs="*")
    args = p.parse_args()
    go_src = os.path.join(subprocess.run(["go", "env", "GOROOT"], check=True, stdout=subprocess.PIPE,
                                         text=True).stdout.strip(), "src")
    failed = 0
    for function in CASES:
        if args.only and function.__name__ not in args.only:
            continue
        name = function.__name__.replace("_", " ")
        try:
            with Box(args.build, go_src, args.san) as box:
                function(box)
            print(f"ok cache {name}", flush=True)
        except Skip as e:
            print(f"ok cache {name} # SKIP {e}", flush=True)
        except (AssertionError, OSError, subprocess.SubprocessError) as e:
            detail = getattr(e, "stderr", None)
            print(f"not ok cache {name}\n  {e} {detail or ''}", flush=True)
            failed += 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
