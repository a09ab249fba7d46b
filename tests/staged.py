#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""staged.py --binary FILE [CASE...] - `--staged` and the hook, in repositories that real git makes.

What `list --json --staged` prints, run by git's own hook where there is one, must equal `list --json`
in a fresh folder with the very tree that git commits, blob by blob.  meshctl must leave every byte and
every time stamp below .git as it was.  The installed hook must refuse a bad commit and let a good one pass.
"""
import argparse
import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile

CASES = []
POLICY = """version: 1
layers:
  domain: {in: ["**/domain/**"], uses: []}
  infra: {in: ["**/infra/**"], uses: [domain]}
"""
GOOD = "package order\n\nimport _ \"fmt\"\n"
BAD = "package order\n\nimport _ \"example.com/m/infra/db\"\n"
FILES = {
    "go.mod": "module example.com/m\n\ngo 1.21\n",
    ".meshctl.yaml": POLICY,
    "domain/order/order.go": GOOD,
    "infra/db/db.go": "package db\n\nimport _ \"example.com/m/domain/order\"\n",
    "main.go": "package main\n\nimport _ \"example.com/m/infra/db\"\n\nfunc main() {}\n",
}


def case(function):
    CASES.append(function)
    return function


def check(holds, *words):
    if not holds:
        raise AssertionError(" ".join(str(w) for w in words)[:4000])


class World:
    """A folder with a repository in it, and what the hook saw."""

    def __init__(self, binary, folder):
        self.binary, self.folder = os.path.realpath(binary), os.path.realpath(folder)
        self.top = self.path("repo")
        self.seen = self.path("seen")
        home = self.path("home")
        os.makedirs(home)
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "MESHCTL_", "XDG_"))}
        self.env.update(HOME=home, GIT_CONFIG_NOSYSTEM="1", LC_ALL="C.UTF-8", NO_COLOR="1", XDG_CACHE_HOME=home + "/cache",
                        GIT_AUTHOR_NAME="t", GIT_AUTHOR_EMAIL="t@example.com", GIT_COMMITTER_NAME="t",
                        GIT_COMMITTER_EMAIL="t@example.com", GIT_EDITOR="true", GIT_MERGE_AUTOEDIT="no",
                        ASAN_OPTIONS="detect_leaks=0")
        with open(os.path.join(home, ".gitconfig"), "w", encoding="utf-8") as f:
            f.write("[init]\n\tdefaultBranch = main\n[protocol \"file\"]\n\tallow = always\n[advice]\n\tdetachedHead = false\n")

    def path(self, *words):
        return os.path.join(self.folder, *words)

    def put(self, name, text, top=None):
        path = os.path.join(top or self.top, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(text.encode() if isinstance(text, str) else text)

    def run(self, words, want=0, cwd=None, env=None, data=None):
        p = subprocess.run(words, cwd=cwd or self.top, env=dict(self.env, **(env or {})), input=data,
                           stdin=None if data is not None else subprocess.DEVNULL, stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, timeout=120, check=False)
        wanted = want if isinstance(want, tuple) else (want,)
        check(want is None or p.returncode in wanted, words, "status", p.returncode, "not", want, p.stdout[-1500:].decode("utf-8", "replace"),
              p.stderr.decode("utf-8", "replace"))
        return p

    def git(self, *words, want=0, **more):
        return self.run(["git", *words], want, **more).stdout

    def meshctl(self, *words, want=0, **more):
        return self.run([self.binary, *words], want, **more)

    def init(self, *words, files=None):
        os.makedirs(self.top, exist_ok=True)
        self.git("init", "-q", *words)
        for name, text in (files or FILES).items():
            self.put(name, text)

    def start(self, *words, files=None):
        """A repository with one commit."""
        self.init(*words, files=files)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "first")

    def hook(self, folder=None):
        """A hook that writes down what meshctl says of the index that git is about to commit."""
        folder = folder or os.path.join(self.top, ".git", "hooks")
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, "pre-commit")
        with open(path, "w", encoding="utf-8") as f:
            f.write(f"#!/bin/sh\n'{self.binary}' list --json --staged ./... >'{self.seen}' || exit 1\n")
        os.chmod(path, 0o755)

    def blobs(self, ids, cwd, env):
        text = self.git("cat-file", "--batch", cwd=cwd, env=env, data="".join(f"{i}\n" for i in ids).encode())
        found = {}
        for oid in ids:
            head, text = text.split(b"\n", 1)
            size = int(head.split()[2])
            found[oid], text = text[:size], text[size + 1:]
        return found

    def extract(self, tree, cwd=None, env=None):
        """The tree's blobs as they are, without filters, in a new folder."""
        out = tempfile.mkdtemp(dir=self.folder)
        listed = self.git("ls-tree", "-r", "-z", "--full-tree", tree, cwd=cwd, env=env)
        rows = [(*row.split("\t", 1)[0].split(), row.split("\t", 1)[1]) for row in listed.decode().split("\0")[:-1]]
        blobs = self.blobs([oid for mode, _, oid, _ in rows if mode != "160000"], cwd, env)
        for mode, _, oid, name in rows:
            path = os.path.join(out, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            if mode == "160000":
                os.makedirs(path)
                continue
            data = blobs[oid]
            if mode == "120000":
                os.symlink(data, path)
            else:
                with open(path, "wb") as f:
                    f.write(data)
        return out

    def listed(self, text, root):
        """Packages, whatever folder they are in."""
        return text.decode("utf-8", "replace").replace(root, "ROOT")

    def truth(self, tree, below="", cwd=None, env=None):
        folder = self.extract(tree, cwd, env)
        plain = self.run([self.binary, "list", "--json", "./..."], None, cwd=os.path.join(folder, below))
        return self.listed(plain.stdout, folder)

    def written_tree(self, cwd=None, env=None):
        """`git write-tree`, with a copy of the index and the objects elsewhere."""
        env = dict(env or {})
        cwd = cwd or self.top
        where = self.run(["git", "rev-parse", "--git-path", "index", "--git-path", "objects"], cwd=cwd, env=env).stdout.decode().split("\n")
        index, objects = (os.path.join(cwd, w) for w in where[:2])
        more = tempfile.mkdtemp(dir=self.folder)
        env.update(GIT_OBJECT_DIRECTORY=more, GIT_ALTERNATE_OBJECT_DIRECTORIES=objects)
        if os.path.exists(index):
            env["GIT_INDEX_FILE"] = os.path.join(os.path.dirname(index), "copy-of-index")
            shutil.copy(index, env["GIT_INDEX_FILE"])
        try:
            tree = self.git("write-tree", cwd=cwd, env=env).decode().strip()
        finally:
            for name in os.listdir(os.path.dirname(index)):
                if name.startswith("copy-of-index"):
                    os.unlink(os.path.join(os.path.dirname(index), name))
        return tree, env

    def compare(self, cwd=None, env=None, below="", words=("./...",)):
        """What is staged now, read in place; nothing may change."""
        tree, quarantine = self.written_tree(cwd, env)
        want = self.truth(tree, below, cwd, quarantine)
        before = self.snapshot()
        got = self.meshctl("list", "--json", "--staged", *words, cwd=cwd, env=env, want=None)
        check(self.snapshot() == before, "meshctl changed the repository:",
              sorted(set(self.snapshot().items()) ^ set(before.items())))
        check(got.returncode in (0, 3), got.returncode, got.stderr)
        mine = self.listed(got.stdout, self.git("rev-parse", "--show-toplevel", cwd=cwd, env=env).decode().strip())
        check(mine == want, "staged:", mine, "committed:", want, got.stderr)
        return mine

    def committed(self, *words, cwd=None, env=None):
        """Commits with the hook; what it saw is what was committed."""
        if os.path.exists(self.seen):
            os.unlink(self.seen)
        before = self.git("rev-parse", "--verify", "-q", "HEAD", cwd=cwd, env=env, want=None)
        self.git("commit", "-q", "-m", "more", *words, cwd=cwd, env=env)
        after = self.git("rev-parse", "HEAD", cwd=cwd, env=env)
        check(before != after, "no commit was made")
        check(os.path.exists(self.seen), "the hook did not run")
        with open(self.seen, "rb") as f:
            mine = self.listed(f.read(), self.git("rev-parse", "--show-toplevel", cwd=cwd, env=env).decode().strip())
        want = self.truth("HEAD", cwd=cwd, env=env)
        check(mine == want, "the hook saw:", mine, "committed:", want)
        return mine

    def snapshot(self):
        found = {}
        for folder, folders, names in os.walk(self.folder):
            folders[:] = [d for d in folders if d not in ("home",)]
            for name in names:
                path = os.path.join(folder, name)
                st = os.lstat(path)
                data = os.readlink(path).encode() if stat.S_ISLNK(st.st_mode) else open(path, "rb").read()
                # git itself tells a shared index that it is used; nobody else writes into it.
                found[path] = (st.st_mode, st.st_mtime_ns, hashlib.sha1(data).hexdigest())
            st = os.stat(folder)
            found[folder] = (st.st_mode, st.st_mtime_ns, "")
        return found

    def noise(self):
        """What is in the working tree alone."""
        self.put("main.go", "package main\n\nimport _ \"os\"\n\nfunc main() {}\n")
        self.put("extra/extra.go", "package extra\n")

    def staged_change(self, name="domain/order/order.go", imported="strings"):
        self.put(name, f"package order\n\nimport _ \"{imported}\"\n")
        self.git("add", name)


# --- the tree ---

@case
def commit(w):
    w.start()
    w.staged_change()
    w.noise()
    mine = w.compare()
    check("strings" in mine and "extra" not in mine, mine)
    w.hook()
    w.committed()


@case
def commit_a(w):
    w.start()
    w.hook()
    w.noise()
    os.unlink(os.path.join(w.top, "domain/order/order.go"))
    mine = w.committed("-a")
    check('"os"' in mine and "extra" not in mine and "m/domain" not in mine.replace('"example.com/m/domain/order"', ""), mine)


@case
def commit_path(w):
    w.start()
    w.hook()
    w.staged_change()
    w.put("infra/db/db.go", "package db\n\nimport _ \"io\"\n")
    mine = w.committed("infra/db/db.go")
    check('"io"' in mine and "strings" not in mine, mine)
    w.staged_change(imported="bytes")
    w.put("infra/db/db.go", "package db\n\nimport _ \"net\"\n")
    mine = w.committed("-i", "infra/db/db.go")
    check('"net"' in mine and '"bytes"' in mine, mine)


@case
def commit_amend(w):
    w.start()
    w.staged_change()
    w.git("commit", "-q", "-m", "second")
    w.hook()
    w.staged_change(imported="bytes")
    w.committed("--amend")
    w.put("main.go", "package main\n\nfunc main() {}\n")
    w.committed("--amend", "-a")


@case
def commit_from_a_folder_below(w):
    w.start()
    w.hook()
    w.staged_change()
    w.committed(cwd=os.path.join(w.top, "domain"))
    w.put("domain/order/order.go", "package order\n")
    w.committed("order/order.go", cwd=os.path.join(w.top, "domain"))


@case
def linked_working_tree(w):
    w.start()
    other = w.path("other")
    w.git("worktree", "add", "-q", other, "-b", "side")
    w.staged_change()                   # in the main one: not seen
    w.put("main.go", "package main\n\nimport _ \"log\"\n\nfunc main() {}\n", other)
    w.git("add", "main.go", cwd=other)
    mine = w.compare(cwd=other)
    check('"log"' in mine and "strings" not in mine, mine)
    w.hook()                            # in the common folder
    w.committed(cwd=other)
    w.put("main.go", "package main\n\nfunc main() {}\n", other)
    w.committed("-a", cwd=other)
    said = json.loads(w.meshctl("analyze", "--json", "--staged", cwd=other, want=(0, 1)).stdout)["source"]
    check(said["branch"] == "side" and said["staged"] is True and said["clean"] is None, said)


@case
def first_commit(w):
    w.init()
    check(w.meshctl("list", "--staged", want=3).stderr, "nothing is staged: silence")
    w.git("add", "-A")
    w.noise()
    w.compare()
    said = json.loads(w.meshctl("analyze", "--json", "--staged", want=(0, 1)).stdout)["source"]
    check(said["commit"] is None and said["branch"] == "main", said)
    check(b"no commit yet" in w.meshctl("analyze", "--staged", want=(0, 1)).stdout)
    w.hook()
    w.committed()


def diverged(w):
    w.start()
    w.git("checkout", "-q", "-b", "side")
    w.put("side/side.go", "package side\n")
    w.put("main.go", "package main\n\nimport _ \"bufio\"\n\nfunc main() {}\n")
    w.git("add", "-A")
    w.git("commit", "-q", "-m", "side")
    w.git("checkout", "-q", "main")


@case
def merge_with_conflicts(w):
    diverged(w)
    w.put("main.go", "package main\n\nimport _ \"errors\"\n\nfunc main() {}\n")
    w.git("commit", "-q", "-a", "-m", "here")
    w.git("merge", "-q", "side", want=1)
    p = w.meshctl("list", "--staged", want=(2, 3))
    check(b"unmerged paths" in p.stderr and b"main.go" in p.stderr, p.stderr)
    w.put("main.go", "package main\n\nimport _ \"bufio\"\nimport _ \"errors\"\n\nfunc main() {}\n")
    w.git("add", "main.go")
    mine = w.compare()
    check("side" in mine and "bufio" in mine and "errors" in mine, mine)
    w.hook()
    w.committed()


@case
def merge_without_conflicts(w):
    diverged(w)
    w.staged_change()
    w.git("commit", "-q", "-m", "here")
    w.git("merge", "-q", "--no-commit", "side")
    w.compare()
    w.hook()
    w.committed()


@case
def intent_to_add(w):
    w.start()
    w.put("later/later.go", "package later\n")
    w.git("add", "-N", "later/later.go")
    w.staged_change()
    mine = w.compare()
    check("later" not in mine, mine)
    w.hook()
    w.committed()
    w.git("update-index", "--index-version", "4")
    w.put("main.go", "package main\n\nfunc main() {}\n")
    w.git("add", "main.go")
    w.compare()


@case
def submodules(w):
    w.start()
    w.git("clone", "-q", "--bare", ".", w.path("origin.git"))
    w.git("submodule", "add", "-q", w.path("origin.git"), "sub")
    sub = os.path.join(w.top, "sub")
    mine = w.compare()
    check("sub" not in mine, mine)      # a commit is no folder
    w.put("domain/order/order.go", "package order\n\nimport _ \"log\"\n", sub)
    w.git("add", "-A", cwd=sub)
    mine = w.compare(cwd=sub)
    check('"log"' in mine, mine)
    w.hook(os.path.join(w.top, ".git", "modules", "sub", "hooks"))
    w.committed(cwd=sub)
    w.put("main.go", "package main\n\nfunc main() {}\n", sub)
    w.committed("-a", cwd=sub)
    os.unlink(w.seen)
    w.hook()
    w.git("add", "sub")
    w.committed()


def is_split(w):
    with open(os.path.join(w.top, ".git", "index"), "rb") as f:
        return b"link\0\0" in f.read()


@case
def split_index(w):
    many = {f"p{i}/p.go": f"package p{i}\n\nimport _ \"fmt\"\n" for i in range(200)}
    many.update({f"q/q{i}.go": "package q\n" for i in range(600)})
    w.start(files={**FILES, **many})
    w.git("config", "splitIndex.maxPercentChange", "100")
    w.git("update-index", "--split-index")
    check(any(n.startswith("sharedindex.") for n in os.listdir(os.path.join(w.top, ".git"))), "git made no shared index")
    w.compare()
    w.staged_change()
    w.put("new/new.go", "package new\n")
    w.git("add", "new")
    # Long runs of ones and of zeros in the bitmaps.
    w.git("rm", "-q", "--cached", *(f"q/q{i}.go" for i in range(500) if i % 300))
    for i in range(0, 200, 7):
        w.git("rm", "-q", "--cached", f"p{i}/p.go")
    for i in range(3, 200, 9):
        if i % 7:
            w.put(f"p{i}/p.go", f"package p{i}\n\nimport _ \"sort\"\n")
            w.git("add", f"p{i}/p.go")
    w.put("later/later.go", "package later\n")
    w.git("add", "-N", "later/later.go")
    check(is_split(w), "git joined it again")
    w.compare()
    w.hook()
    w.committed()
    w.put("p1/p.go", "package p1\n")
    w.committed("-a")
    w.put("p2/p.go", "package p2\n")
    w.put("p4/p.go", "package p4\n")
    w.committed("p2/p.go")
    check(is_split(w), "git joined it again")
    w.git("update-index", "--index-version", "4")
    w.compare()
    w.git("update-index", "--split-index")
    w.put("p6/p.go", "package p6\n")
    w.git("rm", "-q", "--cached", "p4/p.go")
    w.git("add", "p6")
    check(is_split(w), "git joined it again")
    w.compare()
    # Without its other half it is no index.
    for name in os.listdir(os.path.join(w.top, ".git")):
        if name.startswith("sharedindex."):
            os.unlink(os.path.join(w.top, ".git", name))
    check(b"damaged" in w.meshctl("list", "--staged", want=3).stderr)


@case
def sparse_index(w):
    w.start(files={**FILES, "deep/a/a.go": "package a\n", "deep/b.go": "package deep\n", "deep/a/x/y/y.go": "package y\n",
                   "deep.go/z.go": "package z\n", "other/o.go": "package other\n"})
    w.git("sparse-checkout", "set", "--cone", "--sparse-index", "domain")
    listed = w.git("ls-files", "--sparse").decode().split()
    check("deep/" in listed, "git made no sparse index", listed)
    check(not os.path.exists(os.path.join(w.top, "deep")), "the folder is still there")
    mine = w.compare()
    check("m/deep/a/x/y" in mine and "m/deep.go" in mine, mine)
    w.staged_change()
    w.compare()
    w.hook()
    w.committed()
    w.put("main.go", "package main\n\nfunc main() {}\n")
    w.committed("-a")
    check(w.meshctl("list", "--rev", "HEAD").stdout, "no --rev there")


@case
def sha256(w):
    w.start("--object-format=sha256")
    w.staged_change()
    w.noise()
    w.git("add", "-N", "extra")
    mine = w.compare()
    check("strings" in mine and "extra" not in mine, mine)
    w.hook()
    w.committed()
    w.committed("-a")
    rev = w.meshctl("list", "--json", "--rev", "HEAD~1").stdout
    check(w.listed(rev, w.top) == w.truth("HEAD~1"), rev)
    said = json.loads(w.meshctl("analyze", "--json", "--rev", "main").stdout)["source"]
    check(said["commit"] == w.git("rev-parse", "HEAD").decode().strip() and said["clean"], said)
    said = json.loads(w.meshctl("analyze", "--json", "--staged").stdout)["source"]
    check(said["commit"] == w.git("rev-parse", "HEAD").decode().strip() and said["branch"] == "main", said)
    for rev in ("nosuch", "HEAD:main.go", "--all", ""):
        p = w.meshctl("list", f"--rev={rev}", want=3)
        check(b"revision" in p.stderr, rev, p.stderr)
    w.meshctl("metrics", "functions", "--staged")
    check(w.meshctl("metrics", "functions", "--rev", "HEAD").stdout == w.meshctl("metrics", "functions", "--staged").stdout)
    p = w.meshctl("list", "--staged", want=3, env={"PATH": "/nonexistent"})
    check(b"git is not installed" in p.stderr, p.stderr)
    w.git("worktree", "add", "-q", w.path("other"), "-b", "side")
    w.put("main.go", "package main\n\nfunc main() {}\n", w.path("other"))
    w.committed("-a", cwd=w.path("other"))
    w.git("update-index", "--split-index")
    w.staged_change(imported="bytes")
    w.compare()


@case
def sha256_merge_and_sparse(w):
    w.start("--object-format=sha256", files={**FILES, "deep/a/a.go": "package a\n", "deep/b.go": "package deep\n"})
    w.git("sparse-checkout", "set", "--cone", "--sparse-index", "domain")
    check("deep/" in w.git("ls-files", "--sparse").decode().split())
    w.staged_change()
    check("m/deep/a" in w.compare())
    w.git("sparse-checkout", "disable")
    w.git("commit", "-q", "-m", "here")
    w.git("checkout", "-q", "-b", "side", "HEAD~1")
    w.staged_change(imported="log")
    w.git("commit", "-q", "-m", "there")
    w.git("merge", "-q", "main", want=1)
    check(b"unmerged paths" in w.meshctl("list", "--staged", want=(2, 3)).stderr)


@case
def index_versions(w):
    for version in ("2", "3", "4"):
        w.top = w.path("repo" + version)
        w.start()
        w.git("update-index", "--index-version", version)
        w.staged_change()
        w.git("update-index", "--skip-worktree", "main.go")
        w.compare()


@case
def no_checksum(w):
    w.start()
    w.git("config", "index.skipHash", "true")
    w.git("config", "core.untrackedCache", "true")
    w.git("config", "index.threads", "2")
    w.staged_change()
    w.git("status")
    w.compare()


@case
def symlinks(w):
    w.start()
    for name, target in (("link.go", "main.go"), ("dir", "infra/db"), ("domain/up.go", "../main.go"), ("nowhere.go", "nosuch"),
                         ("outside.go", "/etc/passwd"), ("loop.go", "loop.go"), ("above.go", "../../x.go"), ("chain.go", "dir/db.go"),
                         ("dirs", "dir"), ("infra/back", "../domain/order"), ("note", "main.go"), ("x.go", "infra")):
        os.symlink(target, os.path.join(w.top, name))
    w.git("add", "-A")
    os.unlink(os.path.join(w.top, "link.go"))
    tree, env = w.written_tree()
    # Of a commit the answer is known to be right: see the tests of --rev.
    commit_id = w.git("commit-tree", tree, "-m", "x", env=env).decode().strip()
    got = w.meshctl("list", "--json", "--staged", want=None)
    want = w.meshctl("list", "--json", "--rev", commit_id, want=None, env=dict(env, GIT_DIR=os.path.join(w.top, ".git")))
    check(got.stdout == want.stdout and got.returncode == want.returncode and got.stderr == want.stderr, got, want)
    w.git("commit", "-q", "-m", "links")
    for command in ("list", "analyze", "graph --format json", "metrics packages", "cycles"):
        a = w.meshctl(*command.split(), "--staged", want=None)
        b = w.meshctl(*command.split(), "--rev", "HEAD", want=None)
        cut = [re.sub(rb" (as staged \(.*?\)|at [0-9a-f]{7} \(.*?\)|--staged|--rev HEAD)", b"", o.stdout).replace(b"\n", b" ").replace(b" ", b"") for o in (a, b)]
        check(cut[0] == cut[1] and a.returncode == b.returncode, command, cut)


@case
def skipped_and_assumed(w):
    w.start()
    w.git("update-index", "--skip-worktree", "main.go")
    w.git("update-index", "--assume-unchanged", "infra/db/db.go")
    os.unlink(os.path.join(w.top, "main.go"))
    w.put("infra/db/db.go", "package db\n")
    w.staged_change()
    mine = w.compare()
    check("example.com/m\"" in mine, mine)
    w.hook()
    w.committed()


@case
def line_ends_and_filters(w):
    w.start(files={**FILES, ".gitattributes": "*.go filter=f\nwin.go eol=crlf\n"})
    w.git("config", "core.autocrlf", "true")
    w.git("config", "filter.f.clean", "sed s/REPLACED/strings/")
    w.put("domain/order/order.go", "package order\r\n\r\nimport _ \"REPLACED\"\r\n")
    w.put("win.go", "package main\r\n\r\nimport _ \"os\"\r\n")
    w.git("add", "-A")
    mine = w.compare()
    check("strings" in mine and "REPLACED" not in mine, mine)
    w.hook()
    w.committed()


@case
def file_becomes_folder(w):
    w.start(files={**FILES, "thing": "text\n", "a.go": "package main\n", "a/a.go": "package a\n", "a0.go": "package main\n"})
    w.git("rm", "-q", "thing")
    w.put("thing/thing.go", "package thing\n")
    w.git("add", "-A")
    check("m/thing" in w.compare())
    w.hook()
    w.committed()


@case
def environment(w):
    """GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_PREFIX."""
    w.start()
    w.staged_change()
    git = os.path.join(w.top, ".git")
    w.compare(env={"GIT_DIR": git})
    w.compare(env={"GIT_DIR": ".git"})
    w.compare(env={"GIT_DIR": git, "GIT_WORK_TREE": w.top})
    w.compare(env={"GIT_DIR": git, "GIT_WORK_TREE": w.top, "GIT_PREFIX": "domain/"}, cwd=w.top)
    w.compare(env={"GIT_OPTIONAL_LOCKS": "0"})
    w.compare(env={"GIT_WORK_TREE": w.top, "GIT_DIR": git}, cwd=os.path.join(w.top, "domain"), below="domain")
    shutil.copy(os.path.join(git, "index"), w.path("index-copy"))
    w.git("rm", "-q", "--cached", "main.go", env={"GIT_INDEX_FILE": w.path("index-copy")})
    for name in (w.path("index-copy"), "../index-copy"):
        got = w.listed(w.meshctl("list", "--json", "--staged", env={"GIT_INDEX_FILE": name}).stdout, w.top)
        check('"example.com/m"' not in got.replace('"Path": "example.com/m"', ""), name, got)
    below = w.meshctl("list", "--staged", cwd=os.path.join(w.top, "domain"), env={"GIT_INDEX_FILE": "../index-copy"}).stdout
    check(below == b"example.com/m/domain/order\n", below)
    # The repository apart from its working tree.
    os.rename(git, w.path("apart.git"))
    env = {"GIT_DIR": w.path("apart.git"), "GIT_WORK_TREE": w.top}
    w.compare(env=env)
    w.hook(w.path("apart.git", "hooks"))
    w.committed(env=env)
    w.put("main.go", "package main\n\nfunc main() {}\n")
    w.committed("-a", env=env)


@case
def folders_below(w):
    w.start()
    w.staged_change()
    w.compare(cwd=os.path.join(w.top, "domain"), below="domain")
    got = w.meshctl("list", "--staged", "-C", "infra").stdout
    check(got == b"example.com/m/infra/db\n", got)
    shutil.rmtree(os.path.join(w.top, "infra"))
    got = w.meshctl("list", "--staged", "./infra/...").stdout
    check(got == b"example.com/m/infra/db\n", got)
    p = w.meshctl("list", "--staged", "./nosuch/...", want=3)
    check(b"'nosuch' in 'the index'" in p.stderr or b"nosuch" in p.stderr, p.stderr)


@case
def policy_and_baseline(w):
    """Both come from the index, and so do the frames of code."""
    w.start()
    w.put("domain/order/order.go", BAD)
    w.git("add", "-A")
    w.put("domain/order/order.go", GOOD)
    w.put(".meshctl.yaml", "version: 1\n")
    p = w.meshctl("analyze", "--staged", want=1)
    check(b'import _ "example.com/m/infra/db"' in p.stdout, p.stdout)
    w.meshctl("policy", "check", "--staged")
    w.put(".meshctl.yaml", POLICY)
    w.put("domain/order/order.go", BAD)
    w.meshctl("baseline", "update", "--allow-new")
    check(os.path.exists(os.path.join(w.top, ".meshctl-baseline.jsonl")))
    w.meshctl("analyze", want=0)
    w.meshctl("analyze", "--staged", want=1)
    p = w.meshctl("baseline", "status", "--staged", want=2)
    check(b"no baseline" in p.stderr, p.stderr)
    w.git("add", "-A")
    w.meshctl("analyze", "--staged", want=0)
    w.meshctl("baseline", "status", "--staged")
    for words in (("cycles",), ("graph", "--format", "json"), ("metrics", "packages"), ("layers",), ("contexts",),
                  ("metrics", "functions"), ("explain", "MC101"), ("why", "infra/db", "domain/order"), ("explain", "infra/db"),
                  ("policy", "print")):
        here, there = (w.meshctl(*words, *more, want=None) for more in ((), ("--staged",)))
        check(here.returncode == there.returncode, words, here, there)
        check(here.stdout == there.stdout or b" as staged" in there.stdout, words, here.stdout, there.stdout)


@case
def refusals(w):
    w.start()
    p = w.meshctl("list", "--staged", "--rev", "HEAD", want=2)
    check(b"exclude each other" in p.stderr, p.stderr)
    index = os.path.join(w.top, ".git", "index")
    with open(index, "rb") as f:
        whole = f.read()
    for bad in (b"", b"DIRC", whole[:100], whole[:-21], whole.replace(b"main.go", b"../x.go"), whole.replace(b"domain/order", b"domain//rder"),
                whole.replace(b"DIRC\0\0\0\2", b"DIRC\0\0\0\5"), whole.replace(b"TREE", b"tree")):
        with open(index, "wb") as f:
            f.write(bad)
        p = w.meshctl("list", "--staged", want=3)
        check(b"damaged" in p.stderr, bad[:40], p.stderr)
    os.unlink(index)
    os.mkdir(index)
    check(b"index" in w.meshctl("list", "--staged", want=3).stderr)
    w.git("clone", "-q", "--bare", w.top, w.path("bare.git"))
    p = w.meshctl("list", "--staged", want=3, cwd=w.path("bare.git"))
    check(b"bare repository" in p.stderr, p.stderr)
    p = w.meshctl("list", "--staged", want=3, cwd=w.folder)
    check(b"not inside a git repository" in p.stderr, p.stderr)


@case
def missing_objects(w):
    """A blob that is not there is told of, file by file."""
    w.start()
    oid = w.git("rev-parse", "HEAD:main.go").decode().strip()
    os.unlink(os.path.join(w.top, ".git", "objects", oid[:2], oid[2:]))
    p = w.meshctl("analyze", "--staged", want=(1, 3))
    check(b"main.go" in p.stdout and b"blob" in p.stdout, p.stdout)


# --- the hook, from end to end ---

def judged(w, good, bad, undo, cwd=None, env=None):
    """A good commit passes and a bad one does not; the same with MESHCTL_SKIP=1 does."""
    head = lambda: w.git("rev-parse", "--verify", "-q", "HEAD", cwd=cwd, env=env, want=None)
    for step, words in (("good", good), ("bad", bad)):
        w.put("domain/order/order.go", GOOD + f"// {step} {words}\n" if step == "good" else BAD, cwd)
        if words[0] != "-a" and "domain/order/order.go" not in words:
            w.git("add", "domain/order/order.go", cwd=cwd, env=env)
        before = head()
        p = w.run(["git", "commit", "-q", "-m", step, *words], None, cwd=cwd, env=env)
        if step == "good":
            check(p.returncode == 0 and head() != before, "a good commit is refused:", words, p.stdout, p.stderr)
            continue
        check(p.returncode == 1 and head() == before, "a bad commit passes:", words, p.stdout, p.stderr)
        said = p.stdout + p.stderr
        check(b"layer-violation" in said and b"domain/order/order.go:3" in said, said)
        check(b"refused; with MESHCTL_SKIP=1" in said, said)
        if undo == "skip":
            w.git("commit", "-q", "-m", "skipped", *words, cwd=cwd, env=dict(env or {}, MESHCTL_SKIP="1"))
            check(head() != before, "MESHCTL_SKIP=1 does not let it pass")
            w.git("reset", "-q", "--hard", "HEAD~1", cwd=cwd, env=env)
    w.git("reset", "-q", "--hard", cwd=cwd, env=env)


@case
def hook_judges(w):
    w.start()
    w.meshctl("setup", "hook", "install")
    judged(w, ("--allow-empty",), ("--allow-empty",), "skip")
    judged(w, ("-a",), ("-a",), "skip")
    judged(w, ("domain/order/order.go",), ("domain/order/order.go",), "skip")
    judged(w, ("--amend",), ("--amend",), None)
    judged(w, ("--no-edit", "--amend", "-a"), ("-a", "--amend"), None)
    # What HEAD has too blocks nobody.
    w.put("domain/order/order.go", BAD)
    w.git("commit", "-q", "-a", "-m", "bad", env={"MESHCTL_SKIP": "1"})
    w.put("main.go", "package main\n\nfunc main() {}\n")
    w.git("commit", "-q", "-a", "-m", "another")
    # What is in the working tree alone neither.
    w.git("revert", "-q", "--no-edit", "HEAD~1", want=None)
    w.put("domain/order/more.go", BAD)
    w.put("README", "x\n")
    w.git("add", "README")
    w.git("commit", "-q", "-m", "readme")


@case
def hook_first_commit(w):
    w.init()
    w.meshctl("setup", "hook", "install")
    w.put("domain/order/order.go", BAD)
    w.git("add", "-A")
    p = w.run(["git", "commit", "-q", "-m", "first"], 1)
    check(b"layer-violation" in p.stdout + p.stderr, p)
    w.put("domain/order/order.go", GOOD)
    w.git("add", "-A")
    w.git("commit", "-q", "-m", "first")


@case
def hook_linked_working_tree(w):
    w.start()
    other = w.path("other tree")
    w.git("worktree", "add", "-q", other, "-b", "side")
    p = w.meshctl("setup", "hook", "install", cwd=other)
    check(os.path.exists(os.path.join(w.top, ".git", "hooks", "pre-commit")), p.stdout)
    judged(w, ("--allow-empty",), ("-a",), "skip", cwd=other)
    judged(w, ("--allow-empty",), ("-a",), "skip")


@case
def hook_merge(w):
    diverged(w)
    w.git("checkout", "-q", "side")
    w.put("domain/order/worse.go", BAD)
    w.git("add", "-A")
    w.git("commit", "-q", "-m", "worse")
    w.git("checkout", "-q", "main")
    w.put("main.go", "package main\n\nimport _ \"errors\"\n\nfunc main() {}\n")
    w.git("commit", "-q", "-a", "-m", "here")
    w.meshctl("setup", "hook", "install")
    w.git("merge", "-q", "side", want=1)
    p = w.run(["git", "commit", "-q", "-m", "merge"], None)
    check(p.returncode, "git commits a conflict")
    w.put("main.go", "package main\n\nfunc main() {}\n")
    w.git("add", "main.go")
    p = w.run(["git", "commit", "-q", "-m", "merge"], 1)
    check(b"worse.go" in p.stdout + p.stderr, p)
    w.git("rm", "-q", "-f", "domain/order/worse.go")
    w.git("commit", "-q", "-m", "merge")
    check(len(w.git("rev-list", "--parents", "-1", "HEAD").split()) == 3, "no merge")


@case
def hook_submodule(w):
    w.start()
    w.git("clone", "-q", "--bare", ".", w.path("origin.git"))
    w.git("submodule", "add", "-q", w.path("origin.git"), "sub")
    w.git("commit", "-q", "-m", "sub")
    sub = os.path.join(w.top, "sub")
    w.meshctl("setup", "hook", "install", cwd=sub)
    check(os.path.exists(os.path.join(w.top, ".git/modules/sub/hooks/pre-commit")))
    check(not os.path.exists(os.path.join(w.top, ".git/hooks/pre-commit")))
    judged(w, ("--allow-empty",), ("-a",), "skip", cwd=sub)


@case
def hook_kinds_of_index(w):
    for i, (init, then) in enumerate((
            ((), ("update-index", "--split-index")), ((), ("update-index", "--index-version", "4")),
            ((), ("sparse-checkout", "set", "--cone", "--sparse-index", "domain")), (("--object-format=sha256",), ("status",)),
            (("--object-format=sha256",), ("update-index", "--split-index")), (("--separate-git-dir=" + w.path("apart"),), ("status",)))):
        w.top = w.path(f"repo {i}")
        w.start(*init)
        w.git(*then)
        w.meshctl("setup", "hook", "install")
        judged(w, ("--allow-empty",), ("--allow-empty",), "skip")
        judged(w, ("-a",), ("domain/order/order.go",), "skip")


@case
def hook_and_git_dir(w):
    w.start()
    os.rename(os.path.join(w.top, ".git"), w.path("apart.git"))
    env = {"GIT_DIR": w.path("apart.git"), "GIT_WORK_TREE": w.top}
    w.meshctl("setup", "hook", "install", env=env)
    check(os.path.exists(w.path("apart.git/hooks/pre-commit")))
    judged(w, ("--allow-empty",), ("-a",), "skip", env=env)


@case
def hook_path(w):
    """core.hooksPath: relative, absolute, with a space, of every repository, no folder."""
    for i, path in enumerate((".githooks", w.path("my hooks"), "deep er/hooks")):
        w.top = w.path(f"re'po {i}")
        w.start()
        if i == 2:
            os.makedirs(os.path.join(w.top, "deep er"))
        w.git("config", "core.hooksPath", path)
        os.makedirs(os.path.join(w.top, "domain"), exist_ok=True)
        w.meshctl("setup", "hook", "install", cwd=os.path.join(w.top, "domain"))
        hook = os.path.join(w.top, path, "pre-commit")
        check(os.stat(hook).st_mode & 0o111, hook)
        judged(w, ("--allow-empty",), ("-a",), "skip")
        w.meshctl("setup", "hook", "remove")
        check(not os.path.exists(hook))
    w.git("config", "core.hooksPath", "/dev/null")
    check(b"no folder" in w.meshctl("setup", "hook", "install", want=3).stderr)
    w.git("config", "--unset", "core.hooksPath")
    os.makedirs(w.path("all"))
    w.git("config", "--global", "core.hooksPath", w.path("all"))
    check(b"every repository" in w.meshctl("setup", "hook", "install", want=3).stderr)
    check(b"not installed" in w.meshctl("setup", "hook").stdout)
    check(os.listdir(w.path("all")) == [])
    w.git("config", "--global", "--unset", "core.hooksPath")
    os.symlink(w.path("all"), os.path.join(w.top, "linked"))
    w.git("config", "core.hooksPath", "linked")
    check(b"symbolic link" in w.meshctl("setup", "hook", "install", want=3).stderr)
    check(os.listdir(w.path("all")) == [])


FOREIGN = (b"#!/bin/sh\necho foreign\n", b"#!/usr/bin/env bash\nset -e\necho foreign\nexit 0\n", b"#!/bin/sh", b"#!/bin/sh\necho foreign",
           b"echo foreign\n", b"\n\n#x\n", b"#!/bin/sh\r\necho foreign\r\n", b"#!/bin/bash -e\n\n# >>> other >>>\necho foreign\n# <<< other <<<\n")


@case
def hook_of_others(w):
    """Chained, and given back byte for byte."""
    w.start()
    hook = os.path.join(w.top, ".git/hooks/pre-commit")
    for text in FOREIGN:
        for mode in (0o755, 0o700):
            with open(hook, "wb") as f:
                f.write(text)
            os.chmod(hook, mode)
            w.meshctl("setup", "hook", "install")
            with open(hook, "rb") as f:
                first = f.read()
            check(first != text and first.count(b"# >>> meshctl >>>") == 1, first)
            check(first[:2] != b"#!" or first.splitlines()[0] == text.splitlines()[0], first)
            w.meshctl("setup", "hook", "install")
            with open(hook, "rb") as f:
                check(f.read() == first, "a second install changes it")
            check(b"not meshctl's" in w.meshctl("setup", "hook").stdout or text == b"#!/bin/sh")
            check(stat.S_IMODE(os.stat(hook).st_mode) == mode, "the mode changes")
            if b"\r" not in text:
                w.put("domain/order/order.go", BAD)
                p = w.run(["git", "commit", "-q", "-a", "-m", "bad"], 1)
                check(b"layer-violation" in p.stdout + p.stderr, p)
                w.git("checkout", "-q", ".")
                p = w.run(["git", "commit", "-q", "--allow-empty", "-m", "good"])
                check(b"echo" not in text or b"foreign" in p.stdout + p.stderr, p)
            w.meshctl("setup", "hook", "remove")
            with open(hook, "rb") as f:
                check(f.read() == text, "remove changes it", text)
            check(stat.S_IMODE(os.stat(hook).st_mode) == mode, "the mode changes")
            check(sorted(n for n in os.listdir(os.path.dirname(hook)) if "sample" not in n) == ["pre-commit"])
    # One that an editor on Windows saved.
    with open(hook, "rb") as f:
        text = f.read()
    w.meshctl("setup", "hook", "install")
    with open(hook, "rb") as f:
        crlf = f.read().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    with open(hook, "wb") as f:
        f.write(crlf)
    check(b"or changed" in w.meshctl("setup", "hook").stdout)
    w.meshctl("setup", "hook", "install")
    check(b"state     installed\n" in w.meshctl("setup", "hook").stdout)
    w.meshctl("setup", "hook", "remove")
    with open(hook, "rb") as f:
        check(f.read() == text.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


@case
def hook_refusals(w):
    w.start()
    hook = os.path.join(w.top, ".git/hooks/pre-commit")

    def refused(says, text, mode=0o755, action="install"):
        with open(hook, "wb") as f:
            f.write(text)
        os.chmod(hook, mode)
        p = w.meshctl("setup", "hook", action, want=3)
        check(says in p.stderr, p.stderr)
        with open(hook, "rb") as f:
            check(f.read() == text, "it was changed all the same")
    refused(b"no shell script", b"#!/usr/bin/env python3\nprint()\n")
    refused(b"no shell script", b"\x7fELF\0\0")
    refused(b"not executable", b"#!/bin/sh\n", 0o644)
    refused(b"no end", b"#!/bin/sh\n\n# >>> meshctl >>>\nx\n")
    refused(b"line 3", b"#!/bin/sh\n\n# >>> meshctl >>>\nx\n", action="remove")
    refused(b"larger", b"#!/bin/sh\n" + b"#" * (1 << 20))
    os.unlink(hook)
    w.put("elsewhere", "#!/bin/sh\n")
    os.chmod(os.path.join(w.top, "elsewhere"), 0o755)
    os.symlink(os.path.join(w.top, "elsewhere"), hook)
    check(b"symbolic link" in w.meshctl("setup", "hook", "install", want=3).stderr)
    os.unlink(hook)
    os.mkdir(hook)
    check(b"pre-commit" in w.meshctl("setup", "hook", "install", want=3).stderr)
    os.rmdir(hook)
    check(b"nothing" in w.meshctl("setup", "hook", "remove").stdout)
    shutil.rmtree(os.path.dirname(hook))
    check(b"not installed" in w.meshctl("setup", "hook", "status").stdout)
    w.meshctl("setup", "hook", "install")
    check(os.path.exists(hook))
    w.meshctl("setup", "hook", "remove")
    check(not os.path.exists(hook))
    check(b"not a git repository" in w.meshctl("setup", "hook", want=3, cwd=w.folder).stderr)
    check(b"git is not installed" in w.meshctl("setup", "hook", want=3, env={"PATH": "/nonexistent"}).stderr)
    for words in (("setup", "hook", "instal"), ("setup", "hook", "--print", "husk"), ("setup", "hook", "--force"), ("setup", "cache", "--print")):
        w.meshctl(*words, want=2)


@case
def hook_without_meshctl(w):
    """The program that installed it is gone: the one in PATH, else a clear refusal."""
    w.start()
    copy = w.path("it's a copy", "meshctl")
    os.makedirs(os.path.dirname(copy))
    shutil.copy(w.binary, copy)
    w.run([copy, "setup", "hook", "install"])
    hook = os.path.join(w.top, ".git/hooks/pre-commit")
    with open(hook, "rb") as f:
        check(b"'" + copy.replace("'", "'\\''").encode() + b"'" in f.read())
    w.put("domain/order/order.go", BAD)
    p = w.run(["git", "commit", "-q", "-a", "-m", "bad"], 1)
    check(b"layer-violation" in p.stdout + p.stderr, p)
    os.unlink(copy)
    p = w.run(["git", "commit", "-q", "-a", "-m", "bad"], 1)
    check(b"not found" in p.stderr and b"MESHCTL_SKIP=1" in p.stderr, p)
    os.makedirs(w.path("bin"))
    os.symlink(w.binary, w.path("bin", "meshctl"))
    env = {"PATH": w.path("bin") + ":" + os.environ["PATH"]}
    p = w.run(["git", "commit", "-q", "-a", "-m", "bad"], 1, env=env)
    check(b"layer-violation" in p.stdout + p.stderr, p)
    w.git("checkout", "-q", ".")
    w.git("commit", "-q", "--allow-empty", "-m", "good", env=env)
    w.git("commit", "-q", "--allow-empty", "-m", "good", env={"MESHCTL_SKIP": "1"})


@case
def hook_snippets(w):
    """What is printed for managers of hooks does what it should when a shell runs it."""
    w.start()
    printed = w.meshctl("setup", "hook", "--print").stdout
    w.meshctl("setup", "hook", "install")
    with open(os.path.join(w.top, ".git/hooks/pre-commit"), "rb") as f:
        check(f.read() == printed, "--print prints something else")
    w.meshctl("setup", "hook", "remove")
    os.makedirs(w.path("bin"))
    os.symlink(w.binary, w.path("bin", "meshctl"))
    env = {"PATH": w.path("bin") + ":" + os.environ["PATH"]}
    husky = w.meshctl("setup", "hook", "--print", "husky").stdout
    lefthook = w.meshctl("setup", "hook", "--print", "lefthook").stdout.decode()
    line = re.search(r"run: '(.*)'\n", lefthook)[1].encode()
    entry = re.search(rb"entry: (.*)\n", w.meshctl("setup", "hook", "--print", "pre-commit").stdout)[1]
    for text in (husky, line, entry):
        w.put("domain/order/order.go", GOOD)
        w.git("add", "-A")
        w.run(["sh", "-c", text.decode()], 0, env=env)
        w.put("domain/order/order.go", BAD)
        w.git("add", "-A")
        w.run(["sh", "-c", text.decode()], 1, env=env)
        if text != entry:
            w.run(["sh", "-c", text.decode()], 0, env=dict(env, MESHCTL_SKIP="1"))
        w.git("reset", "-q", "--hard")
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".pre-commit-hooks.yaml"), encoding="utf-8") as f:
        hooks = f.read().split("\n- ")[1:]
    check([re.match("id: (.*)", h)[1] for h in hooks] == ["meshctl", "meshctl-full", "meshctl-policy-check", "meshctl-docker"])
    for hook in hooks:
        check("pass_filenames: false" in hook and "require_serial: true" in hook, hook)
        words = re.search("entry: (.*)", hook)[1].replace("--entrypoint meshctl meshctl:latest", "meshctl")
        w.run(["sh", "-c", words], 0, env=env)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build/meshctl")
    p.add_argument("only", nargs="*")
    args = p.parse_args()
    failed = ran = 0
    for function in CASES:
        if args.only and function.__name__ not in args.only:
            continue
        ran += 1
        name = function.__name__.replace("_", " ")
        with tempfile.TemporaryDirectory(prefix="meshctl-staged-") as folder:
            try:
                function(World(args.binary, folder))
                print(f"ok {name}", flush=True)
            except (AssertionError, subprocess.TimeoutExpired, OSError, ValueError, KeyError) as e:
                failed += 1
                print(f"not ok {name}\n  {type(e).__name__} " + str(e).replace("\n", "\n  "), flush=True)
    return 1 if failed or not ran else 0


sys.exit(main())
