#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""debt.py [--binary FILE] [REPOSITORY] - properties of `meshctl debt` on the shop, or on any tree.

The minutes add up to the same at every level, in the list of entries, their places and the heat
map; each price and priority is what its own inputs give; and the order hardly moves when every cost
changes by 10 % up or down at random: prints the rank correlation (Spearman) and how many of the first
ten stay.
"""
import argparse
import json
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile

LEVELS = ["function", "file", "package", "dir:1", "dir:2", "module", "context", "repository"]
ROUNDS = 200

def ask(binary, folder, level):
    """None where the tree has no such level."""
    run = subprocess.run([binary, "debt", "-q", "-C", folder, "--json", "--level", level], stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL)
    if run.returncode == 2 and level == "context":
        return None
    run.check_returncode()
    return json.loads(run.stdout)


def near(a, b):
    return abs(a - b) < 1e-6 * max(1, abs(a), abs(b))

def sums(binary, folder, problems):
    for level in LEVELS:
        d = ask(binary, folder, level)
        if not d:
            continue
        total = d["total"]["minutes"]
        found = {"rows": sum(r["minutes"] for r in d["rows"]), "entries": sum(e["minutes"] for e in d["entries"]),
                 "places": sum(p["minutes"] for e in d["entries"] for p in e["places"]),
                 "heat map": round(sum(c["person_days"] for c in d["heat_map"]) * 480)}
        problems += [f"{level}: {name} {n}, total {total}" for name, n in found.items() if n != total]
        if level != "function" and sum(r["lines"] for r in d["rows"]) != d["total"]["lines"]:
            problems.append(f"{level}: lines of the rows are not those of the whole")
    return d

def formulas(d, problems):
    for e in d["entries"]:
        parts = e["findings"]
        for p in parts:
            if p["price"] != p["times"] * p["minutes"] + p["per"] * p["units"]:
                problems.append(f"{e['id']}: price of {p['rule']}")
        want = sum(p["price"] for p in parts) if e["kind"] == "file" else max(p["price"] for p in parts)
        cost = want / 480
        risk = 1 - (1 - e["risk_level"]) * (1 - .4 * (e["risk_hot"] or 0)) * (1 - .3 * (e["risk_fixes"] or 0)) * \
            (1 - .2 * (e["risk_truck"] or 0))
        priority = 100 * (.35 * e["impact"] + .4 * risk + .25 * e["timeliness"]) / (1 + math.log2(1 + cost))
        if want != e["minutes"] or not near(risk, e["risk"]) or not near(priority, e["priority"]) or \
                not near(e["impact"], e["touches"] / d["touchable"]):
            problems.append(f"{e['id']}: minutes {want}, risk {risk}, priority {priority}: {e}")
    if [e["priority"] for e in d["entries"]] != sorted((e["priority"] for e in d["entries"]), reverse=True):
        problems.append("entries are not in the order of their priority")

def spearman(a, b):
    place = {x: i for i, x in enumerate(b)}
    n = len(a)
    return 1 - 6 * sum((i - place[x]) ** 2 for i, x in enumerate(a)) / (n * (n * n - 1)) if n > 1 else 1

def priority_with(e, factor):
    """Without deadlines: the priority depends on costs by the entry's minutes alone."""
    prices = [p["times"] * p["minutes"] * factor.get((p["rule"], "minutes"), 1) +
              p["per"] * p["units"] * factor.get((p["rule"], "per"), 1) for p in e["findings"]]
    cost = (sum(prices) if e["kind"] == "file" else max(prices)) / 480
    if not factor.keys() & {(p["rule"], w) for p in e["findings"] for w in ("minutes", "per") if p[w]}:
        return e["priority"]
    return e["priority"] * (1 + math.log2(1 + e["person_days"])) / (1 + math.log2(1 + cost))

def singles(d, rules, problems):
    """What `stability` says: each cost by itself."""
    order = [e["id"] for e in d["entries"]]
    worst, stay, n = 1, 10, 0
    for key in ((r, w) for r in rules for w in ("minutes", "per")):
        for f in (.9, 1.1):
            after = [e["id"] for e in sorted(d["entries"], key=lambda e: -priority_with(e, {key: f}))]
            worst = min(worst, spearman(order, after))
            stay = min(stay, len(set(order[:10]) & set(after[:10])))
    said = d["stability"]
    if said["first"] != 10 or said["stay"] != stay or abs(said["rank_correlation"] - worst) > .002 or not said["orders"]:
        problems.append(f"stability: {said}, but {stay} stay and {worst}")

def stability(d, problems):
    rng = random.Random(7)
    rules = sorted({p["rule"] for e in d["entries"] for p in e["findings"]})
    order = [e["id"] for e in d["entries"]]
    rhos, stay = [], []
    if len(order) < 10:
        return
    for _ in range(ROUNDS):
        factor = {(r, what): rng.choice((.9, 1.1)) for r in rules for what in ("minutes", "per")}

        after = [e["id"] for e in sorted(d["entries"], key=lambda e: -priority_with(e, factor))]
        rhos.append(spearman(order, after))
        stay.append(len(set(order[:10]) & set(after[:10])))
    print(f"every cost 10 % up or down, {ROUNDS} times, {len(order)} entries: rank correlation at least {min(rhos):.3f}, "
          f"of the first ten {min(stay)} or more stay")
    singles(d, rules, problems)
    if min(rhos) < .95 or min(stay) < 8:
        problems.append("the order is not stable")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build/meshctl")
    p.add_argument("repository", nargs="?")
    a = p.parse_args()
    problems = []
    with tempfile.TemporaryDirectory() as temp:
        folder = a.repository
        if not folder:
            folder = os.path.join(temp, "shop")
            shutil.copytree("testdata/repos/shop", folder)
        os.environ["GIT_CEILING_DIRECTORIES"] = temp
        d = sums(a.binary, folder, problems)
        formulas(d, problems)
        stability(d, problems)
    print("\n".join(problems[:20]) if problems else f"ok {len(d['entries'])} entries, {len(LEVELS)} levels")
    return bool(problems)

if __name__ == "__main__":
    sys.exit(main())
