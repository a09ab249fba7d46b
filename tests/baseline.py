#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""baseline.py --binary FILE [CASE...] - the baseline in real repositories: what is accepted is not told,
what shrinks never is new, `update` never grows; writers, crashes, merges, renames, damaged files.
"""
import glob
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "cli"))
from repo import FILE, HEADER, POLICY, Repo, check, random_tree, run_cases, write_edges

OWN = {"fixed-baseline-entry"}
CASES = []


def case(function):
    CASES.append(function)
    return function


def rules_of(findings):
    return sorted(f"{f['rule']} {f['from']} -> {f['to']}" for f in findings)


@case
def properties(box_of):
    """Accepted is clean; smaller is not new; update never grows; order and threads do not matter."""
    grown = shrunk = 0
    for seed in range(24):
        rng = random.Random(seed)
        with box_of() as box:
            repo = Repo(box)
            edges = random_tree(repo, rng, seed % 2)
            found = repo.new()
            repo.run("meshctl baseline update --allow-new", 0)
            check(not repo.new(), seed, "accepted and still new:", rules_of(repo.new()))
            repo.run("meshctl analyze --fail-on warning", 0)
            before = repo.entries()
            check(bool(before) == bool(found), seed, "entries without findings")

            lines = repo.get().decode().splitlines(keepends=True)
            told = repo.run("meshctl analyze --json -j 1")[1]
            check(told == repo.run("meshctl analyze --json -j 4")[1], seed, "threads matter")
            rest = lines[1:]
            rng.shuffle(rest)
            repo.put(FILE, "".join([lines[0]] + [l.rstrip("\n") + rng.choice(("\n", "\r\n")) for l in rest]))
            check(not repo.new(), seed, "the order of lines matters")
            repo.run("meshctl baseline update", 0)
            check(repo.get().decode() == "".join(lines), seed, "not written as it was")

            # Fewer imports: nothing new, whatever circle falls apart.
            smaller = {p: {q for q in t if rng.random() < 0.7} for p, t in edges.items()}
            write_edges(repo, smaller)
            new = repo.new()
            check({f["rule"] for f in new} <= OWN, seed, "fewer imports, and new:", rules_of(new))
            repo.run("meshctl baseline update", 0)
            after = repo.entries()
            check(set(after) <= set(before), seed, "update grew")
            check(len(before) - len(after) == len(new), seed, "removed", len(before) - len(after), "told", len(new))
            check(not repo.new(), seed, "not clean after update")
            shrunk += len(after) < len(before)

            # More imports: update holds still, and accepts when told to.
            names = list(edges)
            more = {p: t | {q for q in names[:names.index(p)] if rng.random() < 0.3} for p, t in smaller.items()}
            write_edges(repo, more)
            was, new = set(repo.entries()), repo.new()
            repo.run("meshctl baseline update", 0)
            after = set(repo.entries())
            check(after <= was, seed, "update without --allow-new grew")
            # More imports can end a circle of one level where a worse level takes its place.
            others = [[f for f in found if f["rule"] not in OWN] for found in (new, repo.new())]
            check(others[0] == others[1], seed, "update changed what is new")
            repo.run("meshctl baseline update --allow-new", 0)
            check(not repo.new(), seed, "accepted and still new")
            check(set(after) <= set(repo.entries()), seed, "--allow-new lost entries")
            grown += bool(new)
    check(grown > 5 and shrunk > 5, "too few trees say something:", grown, shrunk)


def small(repo, n=6):
    repo.put("go.mod", "module example.com/m\n\ngo 1.21\n")
    repo.put("c/internal/y/y.go", "package y\n")
    for i in range(n):
        repo.put(f"p{i}/a.go", f'package p{i}\n\nimport _ "example.com/m/c/internal/y"\n')


def layer_of(package):
    """What POLICY makes of a path: the first of its segments that names a layer."""
    return next((s for s in package.split("/") if s in ("domain", "app", "infra")), None)


def is_allowed(p, q):
    a, b = layer_of(p), layer_of(q)
    return a is None or b is None or a == b or b == "domain"


@case
def allowed_edges(box_of):
    """An import that the policy allows adds no finding, but for circles that it closes and what Go forbids."""
    added = 0
    for seed in range(16):
        rng = random.Random(1000 + seed)
        with box_of() as box:
            repo = Repo(box)
            edges = random_tree(repo, rng, policy=True)
            before = set(rules_of(repo.new()))
            for p, q in rng.sample([(p, q) for p in edges for q in edges if p != q], 8):
                if q in edges[p] or not is_allowed(p, q) or "internal" in q:
                    continue
                edges[p].add(q)
                added += 1
            write_edges(repo, edges)
            more = {f for f in set(rules_of(repo.new())) - before if "cycle" not in f.split()[0]}
            check(not more, seed, more)
    check(added > 20, added)


@case
def writers(box_of):
    """Several `baseline add` at once: each line arrives."""
    with box_of() as box:
        repo = Repo(box)
        small(repo)
        ids = [f["id"] for f in repo.new()]
        check(len(ids) == 6, ids)
        ps = [subprocess.Popen(["meshctl", "baseline", "add", i, "--reason", f"number {n}"], cwd=box.dir, env=box.env,
                               executable=box.binary, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
              for n, i in enumerate(ids)]
        for p in ps:
            err = p.communicate()[1]
            check(p.returncode == 0, err)
        check(len(repo.entries()) == 6, repo.get())
        check(repo.get().decode().count("number") == 6, repo.get())
        check(not glob.glob(os.path.join(box.dir, FILE + ".*")), "something is left")


@case
def killed(box_of):
    """kill -9 at any moment: the file is whole, and the next run writes it."""
    with box_of() as box:
        repo = Repo(box)
        small(repo, 40)
        kept = 0
        for turn in range(25):
            repo.put(FILE, HEADER)
            p = subprocess.Popen(["meshctl", "baseline", "update", "--allow-new"], cwd=box.dir, env=box.env,
                                 executable=box.binary, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(turn * 0.004)
            p.send_signal(signal.SIGKILL)
            p.wait()
            n = len(repo.entries())
            check(n in (0, 40), "torn:", repo.get())
            kept += n == 0
            repo.run("meshctl baseline update --allow-new", 0)
            check(len(repo.entries()) == 40, repo.get())
        check(kept, "no process was killed in time")
        left = glob.glob(os.path.join(box.dir, FILE + ".*"))
        check(not left, "left behind:", left)


@case
def merges(box_of):
    """merge=union: both branches' lines, no conflict; without it the conflict is named."""
    for union in (True, False):
        with box_of() as box:
            repo = Repo(box)
            small(repo, 3)
            if union:
                repo.put(".gitattributes", FILE + " merge=union\n")
            repo.put(FILE, HEADER)
            repo.git("init -q")
            repo.git("add -A")
            repo.git("commit -qm base")
            ids = [f["id"] for f in repo.new()]
            for branch, i in (("left", 0), ("right", 1)):
                repo.git(f"checkout -q -b {branch} main")
                repo.run(f"meshctl baseline add {ids[i]} --reason {branch}", 0)
                repo.git("commit -qam x")
            status = box.run("git merge -q left")[0]
            if union:
                check(status == 0, "git could not merge")
                check(len(repo.entries()) == 2, repo.get())
                check(len(repo.new()) == 1, rules_of(repo.new()))
                repo.run("meshctl baseline update", 0)
                check(len(repo.entries()) == 2, repo.get())
            else:
                was = repo.get()
                _, _, err = repo.run("meshctl analyze", 2)
                check(b"merge conflict" in err and b".jsonl:2:" in err, err)
                repo.run("meshctl baseline update --allow-new", 2)
                check(repo.get() == was, "a file with a conflict was replaced")


@case
def renames(box_of):
    """A folder that git renamed keeps its entries, also where all its imports changed."""
    for above in (False, True):
        with box_of() as box:
            repo = Repo(box)
            repo.put("go.mod", "module example.com/m\n\ngo 1.21\n")
            repo.put("c/internal/y/y.go", "package y\n")
            for d in ("domain", "app", "infra"):
                repo.put(f"internal/order/{d}/same.go", f"package p\n\n// {d}\nconst A = 1\n")
                repo.put(f"internal/order/{d}/imp.go", 'package p\n\nimport _ "example.com/m/c/internal/y"\n' +
                         ('import _ "example.com/m/internal/order/domain"\n' if d != "domain" else ""))
            # No file of it keeps its contents: only the folders beside it tell.
            repo.put("internal/order/api/imp.go", 'package p\n\nimport _ "example.com/m/c/internal/y"\n'
                     'import _ "example.com/m/internal/order/app"\n')
            repo.git("init -q")
            repo.run("meshctl baseline update --allow-new", 0)
            repo.git("add -A")
            repo.git("commit -qm base")
            before = repo.entries()
            check(len(before) == 4, before)
            repo.git("mv internal/order internal/ordering" if above else "mv internal/order/infra internal/order/store")
            if above:
                box.run("sed -i s,internal/order/,internal/ordering/, internal/ordering/*/*.go")
            for commit in (False, True):
                if commit:
                    repo.git("commit -qam moved")
                check(not repo.new(), "a rename made new:", rules_of(repo.new()))
                _, out, _ = repo.run("meshctl baseline status --json", 0)
                states = [e["state"] for e in json.loads(out)["entries"]]
                check(states.count("renamed") == (4 if above else 1), states)
            repo.run("meshctl baseline update", 0)
            after = repo.entries()
            check(len(after) == 4 and after != before, after)
            check(not repo.new(), rules_of(repo.new()))
            check(not any("order/" in e[1] for e in after) if above else True, after)


@case
def copies_are_no_renames(box_of):
    """What is still there under its old name has not been renamed: the copy is new."""
    with box_of() as box:
        repo = Repo(box)
        small(repo, 1)
        repo.put("p0/same.go", "package p0\n\nconst A = 1\n")
        repo.git("init -q")
        repo.run("meshctl baseline update --allow-new", 0)
        repo.git("add -A")
        repo.git("commit -qm base")
        box.run("cp -r p0 q0")
        check(rules_of(repo.new()) == ["internal-import q0 -> c/internal/y"], rules_of(repo.new()))


BAD = {
    "empty": b"", "text": b"hello\n", "yaml": b"version: 1\n", "half": HEADER.encode() + b'{"rule":"MC1', "nul": b"\0" * 1000,
    "newer": b'{"meshctl":"baseline","version":2}\n', "binary": bytes(range(256)), "array": b"[]\n",
    "deep": HEADER.encode() + b'{"rule":"MC110","x":' + b"[" * 100000 + b"\n",
    "latin1": HEADER.encode() + b'{"rule":"MC110","from":"\xe4"}\n', "rule": HEADER.encode() + b'{"from":"a"}\n',
    "day": HEADER.encode() + b'{"rule":"MC110","expires":"2026-02-30"}\n', "twice": HEADER.encode() + b'{"rule":"a","rule":"b"}\n',
    "utf16": HEADER.encode("utf-16"),
}


@case
def damaged_files(box_of):
    """Each is an error with a place, by every command, and is never replaced."""
    for name, data in BAD.items():
        with box_of() as box:
            repo = Repo(box)
            small(repo, 1)
            repo.put(FILE, data)
            for command in ("analyze", "analyze --json", "baseline status", "baseline update", "baseline update --allow-new",
                            "cycles"):
                status, out, err = repo.run("meshctl " + command, 2)
                check(FILE.encode() in err + out, name, command, err)
            check(repo.get() == data, name, "was replaced")


@case
def good_strangers(box_of):
    """A byte order mark, CRLF, unknown rules and members, two first lines: read, and kept."""
    with box_of() as box:
        repo = Repo(box)
        small(repo, 2)
        line = '{"from":"p0","rule":"internal-import","ticket":{"id":[1,2]},"symbol":"example.com/m/c/internal/y","to":"c/internal/y"}'
        repo.put(FILE, "\ufeff" + HEADER.replace("\n", "\r\n") + line + "\r\n" + HEADER + '{"rule":"MC999","from":"x"}')
        check(rules_of(repo.new()) == ["internal-import p1 -> c/internal/y"], rules_of(repo.new()))
        repo.run("meshctl baseline update", 0)
        check(repo.get().decode() == HEADER +
              '{"rule":"MC110","from":"p0","to":"c/internal/y","symbol":"example.com/m/c/internal/y","ticket":{"id":[1,2]}}\n'
              '{"rule":"MC999","from":"x"}\n', repo.get())


@case
def places(box_of):
    """Links are followed and stay; a folder, a dangling link, no room: an error, nothing is lost."""
    with box_of() as box:
        repo = Repo(box)
        small(repo, 2)
        path = os.path.join(box.dir, FILE)
        repo.put("real.jsonl", HEADER)
        os.symlink("real.jsonl", path)
        repo.run("meshctl baseline update --allow-new", 0)
        check(os.path.islink(path) and len(repo.entries("real.jsonl")) == 2, "the link is gone")
        os.unlink(path)
        os.symlink("nowhere", path)
        check(repo.run("meshctl baseline update --allow-new")[0] in (2, 3), "a link to nowhere was followed")
        os.unlink(path)
        os.mkdir(path)
        check(repo.run("meshctl baseline update --allow-new")[0] in (2, 3), "a folder was taken for a file")
        os.rmdir(path)
        repo.put(FILE, HEADER)

        def no_room():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (40, 40))
        p = subprocess.run(["meshctl", "baseline", "update", "--allow-new"], cwd=box.dir, env=box.env, executable=box.binary,
                           preexec_fn=no_room, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        check(p.returncode == 3 and b"cannot write" in p.stderr, p.returncode, p.stderr)
        check(repo.get().decode() == HEADER, "harmed by a full disk")
        check(not glob.glob(path + ".*"), "something is left")
        if os.getuid():
            os.chmod(box.dir, 0o500)
            repo.run("meshctl baseline update --allow-new", 3)
            os.chmod(box.dir, 0o700)
            check(repo.get().decode() == HEADER, "harmed in a read-only folder")


@case
def asked_for(box_of):
    """A baseline that the policy names must be there; --rev reads the commit's."""
    with box_of() as box:
        repo = Repo(box)
        small(repo, 1)
        repo.put(".meshctl.yaml", 'version: 1\nlayers: {all: {in: ["**"]}}\nbaseline: accepted.jsonl\n')
        _, _, err = repo.run("meshctl analyze", 2)
        check(b".meshctl.yaml:3" in err and b"accepted.jsonl" in err, err)
        repo.run("meshctl baseline status", 2)
        repo.run("meshctl baseline update", 2)
        repo.git("init -q")
        repo.git("add -A")
        repo.git("commit -qm before")
        repo.run("meshctl baseline update --allow-new", 0)
        repo.run("meshctl analyze", 0)
        repo.run("meshctl analyze --rev HEAD", 2)
        repo.git("add -A")
        repo.git("commit -qm after")
        os.unlink(os.path.join(box.dir, "accepted.jsonl"))
        repo.run("meshctl analyze", 2)
        repo.run("meshctl analyze --rev HEAD", 0)
        # From a folder below, all of the tree is looked at.
        repo.git("checkout -q accepted.jsonl")
        status, out, err = box.run("cd p0 && meshctl baseline update")
        check(status == 0 and len(repo.entries("accepted.jsonl")) == 1, out, err)


@case
def days(box_of):
    """An entry holds until its day is over; then it takes a new day."""
    with box_of() as box:
        repo = Repo(box)
        small(repo, 1)
        one = repo.new()[0]["id"]
        add = f"meshctl baseline add {one} --reason x --expires 2026-03-31"
        repo.run(add + " --now 2026-04-01", 2)
        repo.run("meshctl baseline add " + one, 2)
        repo.run(f'meshctl baseline add {one} --reason " "', 2)
        repo.run(add.replace("2026-03-31", "tomorrow"), 2)
        check(not os.path.exists(os.path.join(box.dir, FILE)), "written in spite of an error")
        repo.run(add + " --now 2026-03-01", 0)
        repo.run("meshctl analyze --now 2026-03-31", 0)
        repo.run("meshctl analyze --now 2026-04-01", 1)
        repo.run("meshctl analyze --now 2026-4-1", 2)
        # The day of the commit counts, 2026-01-02 here; without one SOURCE_DATE_EPOCH.
        repo.run("meshctl analyze", 0)
        repo.run("SOURCE_DATE_EPOCH=1775088000 meshctl analyze", 1)
        repo.run("meshctl baseline update --allow-new --now 2026-04-01", 2)
        repo.run("meshctl baseline add " + one + " --reason later --now 2026-04-01", 2)
        repo.run("meshctl baseline add " + one + " --reason later --now 2026-04-01 --expires 2026-12-31", 0)
        check(repo.get().decode().count("2026-12-31") == 1 and b"2026-03-31" not in repo.get(), repo.get())
        repo.run("meshctl analyze --now 2026-04-01", 0)


@case
def large(box_of):
    """100,000 entries: read, compared, shrunk."""
    with box_of() as box:
        repo = Repo(box)
        small(repo, 3)
        repo.put(FILE, HEADER + "".join(f'{{"rule":"MC110","from":"p{i}","to":"c/internal/y","symbol":"example.com/m/c/internal/y"}}\n'
                                        for i in range(100000)))
        begin = time.monotonic()
        repo.run("meshctl analyze", 0)
        repo.run("meshctl baseline status", 0)
        repo.run("meshctl baseline update", 0)
        check(len(repo.entries()) == 3, len(repo.entries()))
        print(f"  # three runs with 100,000 entries: {time.monotonic() - begin:.1f} s")


sys.exit(run_cases(CASES))
