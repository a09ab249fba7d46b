#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""diff.py --binary FILE [CASE...] - what `meshctl diff` says of random pairs of trees equals what follows from
`meshctl graph --json` of both; forwards and backwards agree; equal trees do not differ; threads do not matter.
"""
import json
import os
import random
import sys

import jsonschema

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "cli"))
from repo import GROUPS, LAYERS, POLICY, Repo, check, run_cases

SEEDS = 16
CASES = []


def case(function):
    CASES.append(function)
    return function


def closed_schema():
    with open("cmd/report/diff.schema.json", encoding="utf-8") as f:
        schema = json.load(f)
    todo = [schema]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            if "properties" in node:
                node["additionalProperties"] = False
            todo += node.values()
        elif isinstance(node, list):
            todo += node
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


VALID = closed_schema()


class Pair(Repo):
    """Two commits, tagged a and b."""

    def graph(self, rev, extra=""):
        _, out, _ = self.run(f"meshctl graph -q --rev {rev} --json {extra}", 0)
        g = json.loads(out)
        return {n["id"] for n in g["nodes"]}, {(e["from"], e["to"]): len(e["imports"]) for e in g["edges"]}

    def diff(self, sides, extra="", want=0):
        _, out, _ = self.run(f"meshctl diff -q --json {extra} {sides}", want)
        d = json.loads(out)
        wrong = [f"{e.json_path}: {e.message}"[:300] for e in VALID.iter_errors(d)]
        check(not wrong, wrong)
        return d


def package(rng, name, targets, files=None):
    """Files of one package; each has contents of its own, so that renames can be seen."""
    out = {}
    for target in sorted(targets):
        for i in range(rng.randint(1, 2)):
            suffix = "_test" if rng.random() < 0.15 else ""
            out[f"{name}/f{rng.randrange(10**6)}{suffix}.go"] = \
                f'package p\n\nimport _ "example.com/m/{target}"\n\n// {rng.random()}\n'
    out[f"{name}/own.go"] = f"package p\n\n// {name} {rng.random()}\n"
    if rng.random() < 0.2:
        other = rng.choice(sorted(targets)) if targets else name
        out[f"{name}/x_test.go"] = f'package p_test\n\nimport _ "example.com/m/{other}"\n'
    return out


def first_tree(rng):
    names = [f"{g}/{l}{n}" for g in GROUPS for l in LAYERS for n in ("", "/sub")]
    rng.shuffle(names)
    names = names[:rng.randint(6, 16)]
    tree = {}
    for i, p in enumerate(names):
        tree[p] = package(rng, p, {q for q in names[:i] if rng.random() < 0.3})
    return names, tree


def second_tree(rng, names, tree):
    """Some packages are written anew, some go, some come; imports of what went go too."""
    tree = {p: dict(files) for p, files in tree.items()}
    gone = {p for p in names if rng.random() < 0.1}
    order = [p for p in names if p not in gone]
    for i, p in enumerate(order):
        if rng.random() < 0.4:
            tree[p] = package(rng, p, {q for q in order[:i] if rng.random() < 0.35})
        for name in [n for n, text in tree[p].items() if any(f'/m/{q}"' in text for q in gone)]:
            del tree[p][name]
    for p in gone:
        del tree[p]
    if rng.random() < 0.6:
        tree["extra/new"] = package(rng, "extra/new", set(rng.sample(order, min(2, len(order)))))
    return tree


def write(repo, tree, tag):
    repo.git("rm -rfq --ignore-unmatch .")
    for files in tree.values():
        for name, text in files.items():
            repo.put(name, text)
    repo.put("go.mod", "module example.com/m\n\ngo 1.21\n")
    if repo.policy:
        repo.put(".meshctl.yaml", POLICY)
    repo.git("add -A")
    repo.git(f"commit -q --allow-empty -m {tag}")
    repo.git(f"tag {tag}")


def make(box, seed):
    rng = random.Random(seed)
    repo = Pair(box)
    repo.policy = seed % 2
    repo.git("init -q .")
    names, a = first_tree(rng)
    write(repo, a, "a")
    write(repo, second_tree(rng, names, a), "b")
    return repo


def told(d, kind, change):
    return [x for x in d[kind] if x["change"] == change]


def brute(repo, d, extra):
    """What must be told, from the graphs; names of the base that were renamed are those of today."""
    (na, ea), (nb, eb) = repo.graph("a", extra), repo.graph("b", extra)
    new = {p["was"]: p["id"] for p in told(d, "packages", "renamed")}
    for was, now in new.items():
        check(was in na and was not in nb and now in nb and now not in na, "no rename:", was, now)
    na = {new.get(n, n) for n in na}
    ea = {(new.get(f, f), new.get(t, t)): n for (f, t), n in ea.items()}
    check({p["id"] for p in told(d, "packages", "added")} == nb - na, "packages added", extra)
    check({p["id"] for p in told(d, "packages", "removed")} == na - nb, "packages removed", extra)
    edges = {c: {(e["from"], e["to"]): (e["lines_base"], e["lines"]) for e in told(d, "edges", c)}
             for c in ("added", "removed", "changed")}
    check(edges["added"] == {e: (0, n) for e, n in eb.items() if e not in ea}, "edges added", extra)
    check(edges["removed"] == {e: (n, 0) for e, n in ea.items() if e not in eb}, "edges removed", extra)
    check(edges["changed"] == {e: (ea[e], n) for e, n in eb.items() if e in ea and ea[e] != n}, "weights", extra)
    return not new


def components(nodes, edges):
    """Strongly connected ones of two nodes or more, by what reaches what."""
    reach = {n: {n} for n in nodes}
    grown = True
    while grown:
        grown = False
        for f, t in edges:
            if not reach[t] <= reach[f]:
                reach[f] |= reach[t]
                grown = True
    return {frozenset(m for m in reach[n] if n in reach[m]) for n in nodes} - {frozenset([n]) for n in nodes}


def knots(was, now):
    out = set()
    for k in now:
        shared = sorted(w for w in (len(k & x) for x in was) if w >= 2)
        if not shared:
            out.add(("appeared", k, frozenset(k), frozenset()))
            continue
        best = [x for x in was if len(k & x) == shared[-1]]
        check(len(best) == 1 or len(shared) > 1, "knots")
        if len(best) > 1:
            return None                                 # a tie: its order is not told here
        if k != best[0]:
            out.add(("grew" if k > best[0] else "shrank" if k < best[0] else "moved", k, k - best[0], best[0] - k))
    return out | {("vanished", x, frozenset(), x) for x in was if all(len(k & x) < 2 for k in now)}


def circles(repo, d):
    levels = 0
    for level in ("dir:1", "dir:2", "package"):
        both = [components(*repo.graph(rev, f"--level {level}")) for rev in "ab"]
        want = knots(*both)
        got = {(k["change"], frozenset(k["nodes"]), frozenset(k["added"]), frozenset(k["removed"]))
               for k in d["circles"] if k["level"] == level}
        check(want is None or got == want, level, sorted(map(str, got)), "not", sorted(map(str, want or ())))
        levels += bool(want)
    return levels


@case
def random_pairs(box_of):
    seen, plain, circled = 0, 0, 0
    for seed in range(SEEDS):
        with box_of() as box:
            repo = make(box, seed)
            for extra in ("", "--tests"):
                d = repo.diff("a..b", extra)
                same_names = brute(repo, d, extra)
                seen += len(d["edges"])
                back = repo.diff("b..a", extra)
                if same_names and not told(back, "packages", "renamed"):
                    plain += 1
                    for kind in ("packages", "edges"):
                        for one, other in (("added", "removed"), ("removed", "added"), ("changed", "changed")):
                            key = (lambda x: x["id"]) if kind == "packages" else (lambda x: (x["from"], x["to"], x["path"]))
                            if one == "changed":
                                key = lambda x: (x.get("from"), x.get("to"), x.get("id"))
                            check(sorted(map(key, told(d, kind, one))) == sorted(map(key, told(back, kind, other))), kind, one)
                    names = lambda list: sorted(f["fingerprint"] for f in list if not f["rule"].endswith("cycle"))
                    check(names(d["findings"]["new"]) == names(back["findings"]["fixed"]), seed, "new and fixed")
            if same_names:
                circled += circles(repo, repo.diff("a..b"))
    check(seen > 10 * SEEDS and plain > SEEDS / 2 and circled > SEEDS / 4, seen, plain, circled)


@case
def equal_trees(box_of):
    for seed in range(0, SEEDS, 6):
        with box_of() as box:
            repo = make(box, seed)
            for rev in "ab":
                d = repo.diff(f"{rev}..{rev}")
                check(d["change"] == {"files": 0, "imports_added": 0, "imports_removed": 0, "empty": True}, d["change"])
                check(not d["packages"] + d["edges"] + d["circles"] + d["findings"]["new"] + d["findings"]["fixed"], d)
                _, out, _ = repo.run(f"meshctl diff -q --format markdown {rev}..{rev}", 0)
                check(out == b"", out)


@case
def moved_folders(box_of):
    """Every folder has another name: nothing but names changed."""
    for seed in range(1, SEEDS, 6):
        with box_of() as box:
            repo = make(box, seed)
            repo.git("checkout -q -b moved a")
            for group in GROUPS:
                repo.run(f"test ! -d {group} || git mv {group} all-{group}")
            repo.run("find . -name '*.go' | xargs sed -i -e 's,example.com/m/,example.com/m/all-,'", 0)
            repo.git("commit -qam moved")
            d = repo.diff("a..moved")
            check({p["change"] for p in d["packages"]} <= {"renamed"}, d["packages"])
            check(not d["edges"] and not d["circles"], d["edges"], d["circles"])


@case
def threads_and_formats(box_of):
    for seed in range(2, SEEDS, 8):
        with box_of() as box:
            repo = make(box, seed)
            for format in ("text", "json", "markdown", "dot", "mermaid"):
                one, many = (repo.run(f"meshctl diff -q -j {n} --format {format} --all a..b", 0)[1] for n in (1, 4))
                check(one == many, format)
                if format == "text":
                    long = [l for l in one.decode().splitlines() if len(l) > 100]
                    check(not long, long)
                    _, short, _ = repo.run("meshctl diff -q a..b", 0)
                    check(len(short.splitlines()) <= 60, "more than a screen:", short.decode())
                if format == "markdown":
                    check(len(one) <= 60000 and one.startswith(b"<!-- meshctl -->\n"), len(one))


@case
def large_change(box_of):
    """A comment stays within its limits whatever the change is."""
    with box_of() as box:
        repo = Pair(box)
        repo.put("go.mod", "module example.com/m\n\ngo 1.21\n")
        repo.put(".meshctl.yaml", POLICY)
        repo.put("a.go", "package m\n")
        repo.git("init -q .")
        repo.git("add -A")
        repo.git("commit -q -m a")
        repo.git("tag a")
        long = "x" * 120
        for i in range(400):
            imports = "".join(f'import _ "example.com/m/{long}{k}/app"\n' for k in range(max(0, i - 4), i))
            repo.put(f"{long}{i}/domain/f.go", "package domain\n\n" + imports)
            repo.put(f"{long}{i}/app/f.go", "package app\n")
        repo.git("add -A")
        repo.git("commit -q -m b")
        _, out, _ = repo.run("meshctl diff -q --format markdown a", 0)
        text = out.decode()
        check(20000 < len(out) <= 60000, len(out))
        check(text.count("```mermaid\n") == 1 and text.count("```\n") == 1, "a picture")
        check(text.count("<details>") == text.count("</details>"), "details")
        check("and " in text and " more" in text, "nothing says what is left out")
        _, out, _ = repo.run("meshctl diff -q --format mermaid a", 0)
        check(len(out) <= 50000 and b"no room for" in out and out.count(b"==>") <= 500, len(out))


@case
def bad_sides(box_of):
    with box_of() as box:
        repo = make(box, 3)
        for sides in ("nothing", "a..nothing", "nothing...b", "a nothing", "0000000000000000000000000000000000000000"):
            d = repo.diff(sides, want=3)
            check(d["error"] and d["change"] is None, d)
        _, out, _ = repo.run("meshctl diff nothing --format markdown", 3)
        check(b"failed" in out, out)
        repo.run("git clone -q --depth 1 file://$PWD ../shallow", 0)
        _, _, err = repo.run("cd ../shallow && meshctl diff a", 3)
        check(b"shallow" in err, err)
        repo.run("git checkout -q --orphan other && git commit -qm other", 0)
        _, _, err = repo.run("meshctl diff a", 3)
        check(b"no commit in common" in err, err)
        repo.run("meshctl diff a..other", 0)


sys.exit(run_cases(CASES))
