#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""schema.py [--binary FILE] - validates what the program prints against report.schema.json.

The shipped schema allows more fields, as readers must; here it is closed first, so that a field
that is printed and not documented fails.  Every case of testdata/rules and testdata/repos is run
with both commands, and some command lines that fail.
"""
import argparse
import copy
import glob
import json
import os
import sys

import jsonschema

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from sandbox import Sandbox

SCHEMA = "cmd/report/report.schema.json"
# Reports that are objects of their own.
GOLDEN = [("testdata/cli/mesh/model-[!p]*/expect.stdout", "cmd/report/mesh-model.schema.json")]
OWN = [("metrics functions --json --tests --all", "cmd/report/functions.schema.json"),
       ("metrics functions --json --top 1 --over 3 --sort name", "cmd/report/functions.schema.json"),
       ("debt --json", "cmd/report/debt.schema.json"),
       ("debt --json --sonar --level file --top 3", "cmd/report/debt.schema.json")]
FAILING = ["analyze --json ./nowhere", "analyze --json --platform plan10/amd64", "cycles --json --level dir:0",
           "analyze --json --rule nonsense", "analyze --json --rev nonsense"]


def closed(schema):
    schema = copy.deepcopy(schema)
    todo = [schema]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            if node.get("type") == "object" and "properties" in node and "required" in node:
                node["additionalProperties"] = False
            todo += node.values()
        elif isinstance(node, list):
            todo += node
    return schema


def check(name, validator, command, status, out, err):
    try:
        report = json.loads(out)
    except ValueError as e:
        return f"no JSON: {e}; stderr: {err.decode('utf-8', 'replace')[:300]}"
    problems = [f"{'/'.join(map(str, e.absolute_path))}: {e.message}"[:300] for e in validator.iter_errors(report)]
    if report.get("status") != status:
        problems.append(f"status {report.get('status')} in the report, {status} from the program")
    if report.get("command") != command.split()[0]:
        problems.append(f"command {report.get('command')}")
    ids = [f["id"] for f in report["findings"]]
    if len(set(ids)) != len(ids):
        problems.append("two findings with one id")
    return "; ".join(problems[:5]) or None


def check_own(schema, status, out, err):
    try:
        report = json.loads(out)
    except ValueError as e:
        return f"no JSON: {e}; stderr: {err.decode('utf-8', 'replace')[:300]}"
    problems = [f"{'/'.join(map(str, e.absolute_path))}: {e.message}"[:300]
                for e in jsonschema.Draft202012Validator(closed(schema)).iter_errors(report)]
    if report.get("status") != status:
        problems.append(f"status {report.get('status')} in the report, {status} from the program")
    return "; ".join(problems[:5]) or None


def check_golden(paths, schema_path):
    """What the cases of the command line expect, which their own test holds against the program."""
    with open(schema_path, encoding="utf-8") as f:
        validator = jsonschema.Draft202012Validator(closed(json.load(f)))
    files = sorted(glob.glob(paths))
    problems = [] if files else [f"{paths}: no such file"]
    for path in files:
        with open(path, encoding="utf-8") as f:
            report = json.load(f)
        problems += [f"{path}: {'/'.join(map(str, e.absolute_path))}: {e.message}"[:300]
                     for e in validator.iter_errors(report)]
    return problems


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build/meshctl")
    args = p.parse_args()
    with open(SCHEMA, encoding="utf-8") as f:
        schema = json.load(f)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(closed(schema))
    own = []
    for command, path in OWN:
        with open(path, encoding="utf-8") as f:
            own.append((command, json.load(f)))
            jsonschema.Draft202012Validator.check_schema(own[-1][1])
    wrong = [problem for paths, schema_path in GOLDEN for problem in check_golden(paths, schema_path)]
    for problem in wrong:
        print(f"not ok {problem}")
    trees = sorted(glob.glob("testdata/rules/*/*")) + sorted(glob.glob("testdata/repos/*"))
    runs = failed = seen = 0
    for path in trees:
        with Sandbox(args.binary) as box:
            tree = os.path.join(path, "tree")
            box.fill(tree if os.path.isdir(tree) else path)
            if os.path.exists(os.path.join(path, "setup.sh")):
                box.setup(os.path.join(path, "setup.sh"))
            for command in ["analyze --json --all-rules", "cycles --json", "cycles --json --weigh symbols"] + (FAILING if path == trees[0] else []):
                status, out, err = box.run("meshctl " + command)
                problem = check(path, validator, command, status, out, err)
                runs += 1
                failed += bool(problem)
                seen += len(json.loads(out)["findings"]) if not problem else 0
                if problem:
                    print(f"not ok {path}: meshctl {command}: {problem}")
            for command, own_schema in own:
                problem = check_own(own_schema, *box.run("meshctl " + command))
                runs += 1
                failed += bool(problem)
                if problem:
                    print(f"not ok {path}: meshctl {command}: {problem}")
    print(f"{'not ok' if failed else 'ok'} {runs} reports, {seen} findings against {SCHEMA}, {failed} failed")
    return 1 if failed or wrong or not seen else 0


if __name__ == "__main__":
    sys.exit(main())
