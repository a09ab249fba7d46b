#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""rules.py [--binary FILE] [--update] [RULE[/CASE]...] - runs testdata/rules/<rule>/<case>/.

A case is a folder with tree/ (or setup.sh) and expect.txt: one line a finding of this rule, as
`path:line:column: severity: message`, in the order of the report.  `args` may hold further words of
the command line; rules that it names may speak as well.  What is held back is not found.  With
change/ beside tree/, tree/ is committed, change/ laid over it (files named in the file `removed` go),
and the lines are the rows of `meshctl gate --base HEAD` that do not pass.  A case called fires-* must
find something, one called silent-* nothing; every rule that `meshctl explain --format json` knows
needs one of each.
"""
import argparse
import glob
import json
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from sandbox import Sandbox

ROOT = "testdata/rules"
ALWAYS = ("unreadable-header", "broken-go-mod")     # run whatever --rule says


def findings(binary, rule, path):
    """(lines, problem)"""
    extra = ""
    if os.path.exists(os.path.join(path, "args")):
        with open(os.path.join(path, "args"), encoding="utf-8") as f:
            extra = f.read().strip()
    with Sandbox(binary) as box:
        if os.path.isdir(os.path.join(path, "tree")):
            box.fill(os.path.join(path, "tree"))
        if os.path.exists(os.path.join(path, "setup.sh")):
            box.setup(os.path.join(path, "setup.sh"))
        status, out, err = box.run(f"meshctl analyze --json --rule {rule} {extra}")
    try:
        report = json.loads(out)
    except ValueError:
        return [], f"status {status}, no JSON: {(out + err).decode('utf-8', 'replace')[-1500:]}"
    if report.get("error") and not report.get("findings"):
        return [], f"status {status}: {report['error']}"
    named = {name for word in re.findall(r"--rule[= ](\S+)", extra) for name in word.split(",")}
    lines, foreign = [], []
    for f in report["findings"]:
        if f.get("state", "new") != "new":
            continue
        line = f"{f['path']}:{f.get('line') or 0}:{f.get('column') or 0}: {f['level']}: {f['message']}"
        if rule in (f["rule"], f.get("name")):
            lines.append(line)
        elif f["rule"] not in ALWAYS and f["rule"] not in named:
            foreign.append(f"{f['rule']}: {line}")
    # --rule chooses: what another rule says here is a broken choice, and a broken case as well.
    return lines, "another rule speaks: " + "; ".join(foreign) if foreign else None


def rows(binary, rule, path):
    """The same of a rule of the gate."""
    extra = ""
    if os.path.exists(os.path.join(path, "args")):
        with open(os.path.join(path, "args"), encoding="utf-8") as f:
            extra = f.read().strip()
    with Sandbox(binary) as box:
        box.fill(os.path.join(path, "tree"))
        box.run("git init -q . && git add -A && git -c user.name=t -c user.email=t@example.com commit -q -m base")
        box.fill(os.path.join(path, "change"))
        if os.path.exists(os.path.join(path, "removed")):
            with open(os.path.join(path, "removed"), encoding="utf-8") as f:
                box.run("rm -r " + " ".join(f.read().split()))
        status, out, err = box.run(f"meshctl gate --base HEAD --json {extra}")
    try:
        report = json.loads(out)
    except ValueError:
        return [], f"status {status}, no JSON: {(out + err).decode('utf-8', 'replace')[-1500:]}"
    if report.get("error"):
        return [], f"status {status}: {report['error']}"
    bad = [c for c in report["checks"] if c["verdict"] in ("fail", "warn")]
    if (status == 1) != any(c["verdict"] == "fail" for c in bad) or status > 1:
        return [], f"status {status} with {bad}"
    own = [c for c in report["checks"] if c["rule"] == rule]
    if not own or any(c["verdict"] in ("off", "no base") for c in own):
        return [], "the row is not judged"
    number = lambda n: "-" if n is None else f"{n:g}"
    return [f"{c['verdict']}: {c['title']}: base {number(c['base'])}, now {number(c['now'])}, limit {c['limit']}"
            + (f": {c['note']}" if c["note"] else "") for c in bad if c["rule"] == rule], None


def run_case(binary, rule, name, update):
    path = os.path.join(ROOT, rule, name)
    look = rows if os.path.isdir(os.path.join(path, "change")) else findings
    lines, problem = look(binary, rule, path)
    if problem:
        return problem
    expect = os.path.join(path, "expect.txt")
    if update:
        with open(expect, "w", encoding="utf-8") as f:
            f.write("".join(l + "\n" for l in lines))
    if not os.path.exists(expect):
        return "no file 'expect.txt'"
    with open(expect, encoding="utf-8") as f:
        want = f.read().splitlines()
    if want != lines:
        return "expected\n" + "\n".join(want) + "\nfound\n" + "\n".join(lines)
    if name.startswith("fires") and not lines:
        return "a case that fires found nothing"
    if name.startswith("silent") and lines:
        return "a silent case found something"
    return None if name.startswith(("fires", "silent")) else "the name begins with neither fires nor silent"


def known_rules(binary):
    """Names of all rules, from the table itself."""
    with Sandbox(binary) as box:
        status, out, err = box.run("meshctl explain --format json")
    if status:
        raise SystemExit(f"not ok rules: explain --format json: status {status}: {err.decode('utf-8', 'replace')}")
    table = json.loads(out)
    return [r["name"] for r in (table["rules"] if isinstance(table, dict) else table)]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build/meshctl")
    p.add_argument("--update", action="store_true")
    p.add_argument("only", nargs="*")
    args = p.parse_args()
    cases = sorted(os.path.relpath(c, ROOT) for c in glob.glob(f"{ROOT}/*/*") if os.path.isdir(c))
    failed = 0
    for case in cases:
        if args.only and not any(case == o or case.startswith(o + "/") for o in args.only):
            continue
        rule, name = case.split("/")
        problem = run_case(args.binary, rule, name, args.update)
        print(f"{'not ok' if problem else 'ok'} {case}")
        if problem:
            failed += 1
            print("  " + problem.replace("\n", "\n  "))
    if not args.only:
        rules = known_rules(args.binary)
        for rule in rules:
            missing = [k for k in ("fires", "silent") if not any(c.startswith(f"{rule}/{k}-") for c in cases)]
            failed += bool(missing)
            print(f"{'not ok' if missing else 'ok'} {rule} has cases" + (f": no {' and no '.join(missing)}-*" if missing else ""))
        for folder in sorted({c.split("/")[0] for c in cases} - set(rules)):
            failed += 1
            print(f"not ok {folder} is not a rule")
    return 1 if failed else 0


sys.exit(main())
