#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""trend.py --binary FILE [CASE...] - the points of `meshctl history trend` are those of git, their numbers those
of the single commands with --rev; `history blame` finds the commit that was planted, and every other step.
"""
import datetime
import json
import math
import os
import random
import sys

import jsonschema

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "cli"))
from repo import Repo, check, run_cases

SEEDS = 4
DAY = 86400
START = 1767225600      # 2026-01-01
FOLDERS = ("app/order", "app/user", "store/order", "store/user", "lib/price", "lib/text")
POLICY = """version: 1
layers:
  app: { in: ["app/**"], uses: [store, lib] }
  store: { in: ["store/**"], uses: [lib] }
  lib: { in: ["lib/**"], uses: [] }
"""
# What is about the policy, the baseline or a file that cannot be read.
UNCOUNTED = {"vacuous-policy", "fixed-baseline-entry", "expired-baseline-entry", "unused-exception", "unused-ignore",
             "bad-ignore", "unreadable-header", "expired-exception"}
CASES = []


def case(function):
    CASES.append(function)
    return function


def schema(name):
    with open(f"cmd/report/{name}.schema.json", encoding="utf-8") as f:
        return jsonschema.Draft202012Validator(json.load(f))


class Line(Repo):
    """A branch of which every commit is written by a program: edges between packages, and what day it is."""

    def __init__(self, box, rng):
        super().__init__(box)
        self.rng, self.time, self.edges, self.commits = rng, START, {}, []
        self.git("init -q -b main")
        self.put("README", "mall\n")
        self.commit("begin")
        self.put("go.mod", "module ex.com/mall\n\ngo 1.22\n")

    def write(self, package):
        self.put(f"{package}/f.go", f"package {package.split('/')[-1]}\n\n" + "".join(
            f'import _ "ex.com/mall/{to}"\n' for to in sorted(self.edges[package])))

    def link(self, package, to):
        self.edges.setdefault(package, set()).add(to)
        self.edges.setdefault(to, set())
        self.write(package)
        self.write(to)

    def unlink(self, package, to):
        self.edges[package].discard(to)
        self.write(package)

    def commit(self, words, merge=False):
        self.time += self.rng.randint(1, 9) * DAY + self.rng.randint(0, DAY - 1)
        date = f"GIT_AUTHOR_DATE='{self.time} +0000' GIT_COMMITTER_DATE='{self.time} +0000'"
        if merge:
            self.git("checkout -q -b side")
        self.git("add -A")
        self.run(f"{date} git commit -q --allow-empty -m '{words}'", 0)
        if merge:
            self.git("checkout -q main")
            self.run(f"{date} git merge -q --no-ff -m 'merge {words}' side", 0)
            self.git("branch -q -d side")
        self.commits.append(self.git("rev-parse HEAD").strip())
        return self.commits[-1]

    def wander(self):
        """One commit that changes something, or nothing that matters."""
        kind = self.rng.randrange(5)
        have = sorted(self.edges)
        if kind == 0 or len(have) < 2:
            folder = self.rng.choice(FOLDERS)
            self.edges.setdefault(f"{folder}{self.rng.choice(('', '/sub', '/x/y'))}", set())
            for p in self.edges:
                self.write(p)
        elif kind in (1, 2):
            self.link(*self.rng.sample(have, 2))
        elif kind == 3 and any(self.edges.values()):
            p = self.rng.choice([p for p in have if self.edges[p]])
            self.unlink(p, self.rng.choice(sorted(self.edges[p])))
        else:
            self.put("docs.md", str(self.rng.random()))
        return self.commit("wander", merge=self.rng.random() < 0.25)

    def json(self, command, want=(0, 1)):
        status, out, err = self.run(f"meshctl {command} --json -q")
        check(status in want, f"{command}: status {status}", err)
        return json.loads(out)

    def violations(self, rev, now):
        found = self.json(f"analyze --rev {rev} --config .meshctl.yaml --now {now} --show-suppressed")["findings"]
        return sum(f["level"] in ("error", "warning") and f["rule"] not in UNCOUNTED and f["state"] in ("new", "baselined")
                   for f in found)

    def numbers(self, rev, now, level):
        """What the single commands say of that commit."""
        totals = self.json(f"metrics packages --rev {rev} --config .meshctl.yaml")["totals"]
        proof = self.json(f"analyze --rev {rev} --config .meshctl.yaml")["proof"]
        want = {"packages": totals["nodes"], "edges": totals["edges"], "depth": totals["depth"],
                "cost": round(totals["PC"] * 100, 2), "lines": proof["lines"], "violations": self.violations(rev, now),
                "cut": 0, "tied": 0}
        if level:
            cycles = self.json(f"cycles --rev {rev} --config .meshctl.yaml --level {level}")
            knots = [k for k in cycles["knots"] if k["level"] == level]
            want["cut"] = sum(k["cut"]["weight"] for k in knots)
            want["tied"] = sum(k["members"] for k in knots)
        return want


def day(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%d")


def same(a, b):
    return a == b or (a is not None and b is not None and math.isclose(a, b, abs_tol=0.011))


@case
def points_equal_single_runs(sandbox):
    """Sampling as git log has it; numbers as of `metrics`, `analyze`, `cycles` with --rev."""
    valid = schema("trend")
    for seed in range(SEEDS):
        with sandbox() as box:
            line = Line(box, random.Random(seed))
            for _ in range(12):
                line.wander()
            line.put(".meshctl.yaml", POLICY)
            line.commit("policy")
            t = line.json("history trend --since 8w --every 1w", want=(0,))
            wrong = [f"{e.json_path}: {e.message}"[:300] for e in valid.iter_errors(t)]
            check(not wrong, seed, wrong)
            log = [l.split() for l in line.git("log --first-parent --format='%H %ct'").splitlines()]
            level = next(m["level"] for m in t["metrics"] if m["id"] == "cut")
            known = {}
            check(len(t["points"]) == 9, seed, "points")
            for i, p in enumerate(t["points"]):
                at = line.time - (8 - i) * 7 * DAY
                want = next((h for h, c in log if int(c) <= at), None)
                check(p["at"] == day(at) and p["commit"] == want, seed, i, p, want)
                if p["state"] != "known":
                    check(all(v is None for v in p["values"].values()), seed, p)
                    continue
                if want not in known:
                    known[want] = line.numbers(want, t["now"], level)
                for key, value in known[want].items():
                    check(same(p["values"][key], value), f"seed {seed} {p['at']} {want[:7]} {key}:", p["values"][key],
                          "not", value)
            check(len(known) > 2, seed, "hardly a point is known")


@case
def threads_and_caches_change_nothing(sandbox):
    with sandbox() as box:
        line = Line(box, random.Random(7))
        for _ in range(8):
            line.wander()
        _, first, _ = line.run("meshctl history trend --since 6w --json -q", 0)
        for extra in ("-j 1", "-j 4", "--no-cache", ""):
            _, again, _ = line.run(f"meshctl history trend --since 6w --json -q {extra}", 0)
            check(first == again, extra)


def tangle(name, depth):
    """A function whose cognitive complexity grows with the square of `depth`."""
    return f"func {name}(a int) {{\n" + "".join(f"{'	' * (i + 1)}if a > {i} {{\n" for i in range(depth)) + "".join(
        f"{'	' * (depth - i)}}}\n" for i in range(depth)) + "}\n"


@case
def debt_is_what_debt_prints(sandbox):
    """With --debt the other numbers stay, and the debt is that of `debt --rev`; blame finds the commit that made most."""
    for seed in range(2):
        with sandbox() as box:
            line = Line(box, random.Random(500 + seed))
            line.wander()
            line.wander()
            dearest = None
            for i, depth in enumerate((6, 14, 7)):
                line.put(f"lib/price/t{i}.go", "package price\n\n" + tangle(f"T{i}", depth))
                commit = line.commit("tangle")
                dearest = commit if depth == 14 else dearest
                line.wander()
            line.put(".meshctl.yaml", POLICY)
            line.commit("policy")
            plain = line.json("history trend --since 9w --every 1w", want=(0,))
            t = line.json("history trend --since 9w --every 1w --debt", want=(0,))
            known = {}
            for p, q in zip(t["points"], plain["points"]):
                debt = p["values"].pop("debt")
                check(q["values"].pop("debt") is None and p == q, seed, p, q)
                if p["state"] != "known":
                    check(debt is None, seed, p)
                    continue
                if p["commit"] not in known:
                    d = line.json(f"debt --rev {p['commit']} --config .meshctl.yaml --now {t['now']}")
                    known[p["commit"]] = round(d["total"]["minutes"] / 480 + 1e-9, 2)
                check(same(debt, known[p["commit"]]), seed, p["commit"], debt, known[p["commit"]])
            check(len(set(known.values())) > 2, seed, "the debt hardly changes", known)
            b = line.json("history blame debt --all", want=(0,))
            check(b["steps"][0]["commit"] == dearest, seed, b["steps"][:1], dearest)
            check([f["rule"] for f in b["steps"][0]["findings"]].count("cognitive-complexity") == 1, seed, b["steps"][0])


def plant(line, rng, size):
    """`size` imports that the policy forbids, in one commit."""
    pairs = [(f"lib/new{i}", "app/order") for i in range(size)]
    for p, to in pairs:
        line.link(p, to)
    return pairs, line.commit("planted", merge=rng.random() < 0.5)


@case
def blame_finds_what_was_planted(sandbox):
    """Among commits that change nothing, and among such that go up and down by less."""
    valid = schema("blame")
    for seed in range(2 * SEEDS):
        rng = random.Random(100 + seed)
        with sandbox() as box:
            line = Line(box, rng)
            line.link("app/order", "lib/price")
            line.commit("first")
            before, behind, small = rng.randint(0, 7), rng.randint(0, 7), False
            planted = None
            for i in range(before + behind + 1):
                if i == before:
                    pairs, planted = plant(line, rng, 3)
                elif seed % 2 and rng.random() < 0.6:
                    small = not small
                    (line.link if small else line.unlink)("store/order", "app/order")
                    line.commit("small")
                else:
                    line.link("app/order", f"lib/fine{i}")
                    line.commit("fine")
            line.put(".meshctl.yaml", POLICY)
            line.put(".github/CODEOWNERS", "/lib/ @lib\n/store/ @data\n")
            line.commit("policy")
            for extra in ("", "--all"):
                b = line.json(f"history blame violations --rule layer-violation --since 1y {extra}", want=(0,))
                wrong = [f"{e.json_path}: {e.message}"[:300] for e in valid.iter_errors(b)]
                check(not wrong, seed, wrong)
                check(b["steps"] and b["steps"][0]["commit"] == planted, f"seed {seed} {extra}:", b["steps"][:1], planted)
                step = b["steps"][0]
                check(step["value"] - step["was"] == 3, seed, step)
                check({(e["from"], e["to"]) for e in step["imports"]} >= set(pairs), seed, step["imports"])
                check({f["rule"] for f in step["findings"]} == {"layer-violation"}, seed, step["findings"])
            check(b["every_commit"] is True, seed)


@case
def every_step_is_told(sandbox):
    """With --all the steps are the rises between neighbours, computed one by one."""
    for seed in range(2):
        with sandbox() as box:
            line = Line(box, random.Random(300 + seed))
            for _ in range(10):
                line.wander()
            line.put(".meshctl.yaml", POLICY)
            line.commit("policy")
            b = line.json("history blame edges --since 1y --all", want=(0,))
            log = line.git("log --first-parent --reverse --format=%H").split()
            values = []
            for h in log:
                status, out, _ = line.run(f"meshctl metrics packages --rev {h} --config .meshctl.yaml --json -q")
                values.append(json.loads(out)["totals"]["edges"] if status == 0 else None)
            want = {h: now - was for h, was, now in zip(log[1:], values, values[1:])
                    if was is not None and now is not None and now > was}
            got = {s["commit"]: s["value"] - s["was"] for s in b["steps"]}
            check(got == want, f"seed {seed}:", got, "not", want)


@case
def what_cannot_be_read_is_no_number(sandbox):
    """A blob that is gone: the points that need it are told, the others stand."""
    with sandbox() as box:
        line = Line(box, random.Random(9))
        line.link("app/order", "lib/price")
        line.commit("first")
        line.link("app/order", "lib/text")
        gone = line.commit("second")
        line.link("app/order", "lib/last")
        line.commit("third")
        blob = line.git(f"rev-parse {gone}:app/order/f.go").strip()
        os.unlink(os.path.join(box.dir, ".git/objects", blob[:2], blob[2:]))
        t = line.json("history trend --since 3w --every 1d", want=(3,))
        for p in t["points"]:
            check((p["state"] == "unreadable") == (p["commit"] == gone), p)
            check(p["state"] == "known" or all(v is None for v in p["values"].values()), p)
        check(any(p["state"] == "unreadable" for p in t["points"]) and t["incomplete"], "nothing was told")


@case
def spans_are_those_of_git(sandbox):
    """Months are the calendar's, for whoever looks back; where a month is too short git goes on into the next one."""
    with sandbox() as box:
        line = Line(box, random.Random(11))
        line.link("app/order", "lib/price")
        line.commit("first")
        for now in ("2026-03-28", "2024-02-29", "2027-01-15", "2025-12-01"):
            end = datetime.datetime.fromisoformat(now + "T23:59:59+00:00")
            for span, words in (("1m", "1.month"), ("11m", "11.months"), ("1y", "1.year"), ("90d", "90.days"), ("2w", "2.weeks")):
                if now.endswith("-29") and span == "1y":
                    continue
                got = line.run(f"TZ=UTC GIT_TEST_DATE_NOW={int(end.timestamp())} git rev-parse --since={words}.ago")[1]
                want = datetime.datetime.fromtimestamp(int(got.split(b"=")[1]), datetime.timezone.utc).date().isoformat()
                t = line.json(f"history trend --since {span} --every {span} --now {now}", want=(0,))
                h = line.json(f"history hotspots --since {span} --now {now}", want=(0,))
                check([p["at"] for p in t["points"]] == [want, now] and h["history"]["since"] == want, now, span, want,
                      t["points"], h["history"])
        t = line.json("history trend --since 2024-10-31 --every 1m --now 2025-03-31", want=(0,))
        check([p["at"][5:] for p in t["points"]] == ["10-31", "11-30", "12-31", "01-31", "02-28", "03-31"], t["points"])


sys.exit(run_cases(CASES))
