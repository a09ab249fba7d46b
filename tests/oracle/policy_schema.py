#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""policy_schema.py [--binary FILE] - `meshctl policy schema` against the reader.

Policies are written as JSON, which is YAML.  One with every key is taken by both; then each place
in it gets an unknown key, a value of another kind, or loses a key that is required: the two must
agree each time.  Every starter, merged, must fit the schema, and what `policy print --defaults`
prints must be a policy.
"""
import argparse
import copy
import json
import os
import subprocess
import sys
import tempfile

import jsonschema

FULL = {
    "version": 1,
    "go": {"platforms": ["linux/amd64"], "tags": ["a"], "tests": "separate", "exclude": ["x/**"]},
    "layers": {
        "domain": {"in": ["internal/{context}/domain/**"], "uses": [], "external": {"allow": ["x.org/a"], "deny": ["x.org/b"],
                                                                                   "warn": ["x.org/c"]},
                   "std": {"deny": ["net/http"]}, "struct_tags": {"deny": ["gorm"], "warn": ["db"]}, "closed": True,
                   "independent": True},
        "main": {"in": ["cmd/**"], "uses": "any"},
    },
    "contexts": {"{context}": {"published": ["internal/{context}/contract/**"], "uses": "any", "expose": "interfaces"},
                 "order": {"in": ["o/**"], "uses": ["user"], "owner": "@team", "subdomain": "core"}},
    "shared": ["pkg/**"],
    "exceptions": [{"from": "a", "to": "b", "rule": "import-cycle", "reason": "r", "owner": "o", "adr": 14,
                    "expires": "2027-03-31"}],
    "rules": {"import-cycle": {"level": "error", "at": ["context"]}, "MC110": "warning"},
    "debt": {"costs": {"long-file": {"minutes": 30, "per": 1}, "MC101": {"per": 10}}, "change_minutes": 30, "slowdown": 50,
             "weights": {"impact": 50, "risk": 25, "timeliness": 25},
             "deadlines": [{"name": "v2", "date": "2027-03-31", "contexts": ["order"]}]},
    "unmapped": "warning", "ports": True, "baseline": "b.jsonl", "fail_on": "error",
}
OTHER = [None, True, 12, "zzz zzz", ["zzz zzz"], [["x"]], {"zzz": 1}, {}, [], -1, 1.5]
# What no schema can know: names of other places, platforms, what is not there to take away.
KNOWN = ("platform ", "unknown layer", "unknown context", "no pattern of a layer", "layer 'domain' says nothing",
         "layer 'main' says nothing", "rule 'import-cycle' says nothing", "rule 'MC110' says nothing")
STARTERS = ["ddd", "ddd3", "four-tier", "hexagonal", "standard-layout", "mvc", "kratos", "go-zero"]


def places(node, path=()):
    """Every place below the top, as the keys that lead there."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        yield path + (key,)
        yield from places(value, path + (key,))


def at(tree, path):
    for key in path:
        tree = tree[key]
    return tree


class Reader:
    def __init__(self, binary):
        self.binary, self.dir = os.path.realpath(binary), tempfile.TemporaryDirectory()
        with open(os.path.join(self.dir.name, "go.mod"), "w", encoding="utf-8") as f:
            f.write("module x.org/m\n")
        with open(os.path.join(self.dir.name, "a.go"), "w", encoding="utf-8") as f:
            f.write("package a\n")

    def run(self, *words):
        return subprocess.run([self.binary, "-C", self.dir.name, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              check=False)

    def put(self, text):
        with open(os.path.join(self.dir.name, ".meshctl.yaml"), "w", encoding="utf-8") as f:
            f.write(text)

    def takes(self, policy):
        self.put(json.dumps(policy))
        r = self.run("policy", "check", "--json")
        if r.returncode not in (0, 2):
            raise RuntimeError(f"status {r.returncode}: {r.stderr.decode()}")
        return r.returncode == 0, [p["message"] for p in json.loads(r.stdout)["problems"]] if r.stdout else []


def mutations():
    for path in [()] + list(places(FULL)):
        node = at(FULL, path)
        if isinstance(node, dict) and path not in (("layers",), ("contexts",)):
            tree = copy.deepcopy(FULL)
            at(tree, path)["zzz"] = 1
            yield f"unknown key in {path}", tree
        if path:
            tree = copy.deepcopy(FULL)
            parent = at(tree, path[:-1])
            if isinstance(parent, dict):
                del parent[path[-1]]
                yield f"without {path}", tree
            for value in OTHER:
                tree = copy.deepcopy(FULL)
                at(tree, path[:-1])[path[-1]] = value
                yield f"{value!r} at {path}", tree


def plain(node):
    """The values of `policy print --json`, without their places."""
    if isinstance(node, list):
        return [plain(n) for n in node]
    if set(node) == {"value", "from", "line"}:
        return node["value"]
    return {k: plain(v) for k, v in node.items()}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build/meshctl")
    args = p.parse_args()
    reader = Reader(args.binary)
    schema = json.loads(reader.run("policy", "schema").stdout)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    wrong, counts = [], [0, 0, 0]
    for name, tree in [("the whole policy", FULL)] + list(mutations()):
        fits = validator.is_valid(tree)
        taken, messages = reader.takes(tree)
        # What the schema lets through and the reader does not: names that lead nowhere.
        more = fits and not taken and all(m.startswith(KNOWN) for m in messages)
        counts[0 if fits and taken else 1 if not fits and not taken else 2] += 1
        if fits != taken and not more:
            wrong.append(f"{name}: the schema {'takes' if fits else 'refuses'} it, the reader does not: {messages[:2]}")
    print(f"{'not ok' if wrong or not counts[0] or not counts[1] else 'ok'} policy schema: {counts[0]} policies taken by both, "
          f"{counts[1]} refused by both, {counts[2]} refused by the reader alone")
    for line in wrong[:20]:
        print("  " + line)
    for starter in STARTERS:
        reader.put(f"extends: {starter}\n")
        tree = plain(json.loads(reader.run("policy", "print", "--json").stdout)["policy"])
        errors = [f"{'/'.join(map(str, e.absolute_path))}: {e.message}"[:200] for e in validator.iter_errors(tree)]
        # Printed as YAML it is the same policy again.
        printed = reader.run("policy", "print").stdout
        reader.put(printed.decode())
        again = plain(json.loads(reader.run("policy", "print", "--json").stdout)["policy"])
        tree.pop("extends")
        if again != tree:
            errors.append("printed and read again it is another policy")
        wrong += errors
        print(f"{'not ok' if errors else 'ok'} starter {starter}: fits the schema, reads back")
        for line in errors[:5]:
            print("  " + line)
    reader.put(reader.run("policy", "print", "--defaults").stdout.decode())
    r = reader.run("policy", "check")
    print(f"{'not ok' if r.returncode else 'ok'} policy print --defaults: is a policy")
    return 1 if wrong or r.returncode else 0


sys.exit(main())
