#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""graph.py --binary FILE - every node, edge and configuration of `meshctl graph --tests --json` on
Go's standard library and commands is held against what `go list` prints for three platforms, and
the document against its JSON Schema, closed, so that what is printed is documented.  What --focus
and --reaches leave is held against walks over that whole graph."""
import argparse
import json
import os
import subprocess
import sys

import jsonschema

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import gotree

PLATFORMS = ["linux/amd64", "darwin/arm64", "windows/amd64"]
SHOWN = 20
SCHEMA = "cmd/report/graph.schema.json"


def ask_go(go, src, patterns):
    """{platform: packages}, their folders relative to src."""
    out = {}
    for platform in PLATFORMS:
        config = (*platform.split("/"), True)
        packages = go.list(src, "graph " + go.version, patterns, config)
        for p in packages:
            p["Id"] = os.path.relpath(p["Dir"], os.path.realpath(src))
        out[platform] = packages
    return out


def expected(by_platform):
    """({node: platforms}, {(from, to): (platforms of imports, platforms of test imports)})"""
    nodes, edges = {}, {}
    for platform, packages in by_platform.items():
        ids = {p["ImportPath"]: p["Id"] for p in packages}
        for p in packages:
            own, xtest = p["Id"], p["Id"] + "_test"
            if p["GoFiles"] or p["CgoFiles"] or p["TestGoFiles"]:
                nodes.setdefault(own, set()).add(platform)
            if p["XTestGoFiles"]:
                nodes.setdefault(xtest, set()).add(platform)
            # Test imports are printed as written, the others as resolved in vendor.
            vendor = "cmd/vendor/" if p["ImportPath"].split("/")[0] == "cmd" else "vendor/"
            for start, key, test in ((own, "Imports", 0), (own, "TestImports", 1), (xtest, "XTestImports", 1)):
                for path in p[key]:
                    to = ids.get(vendor + path) or ids.get(path)
                    if to and to != start:
                        edges.setdefault((start, to), (set(), set()))[test].add(platform)
    return nodes, {k: v for k, v in edges.items() if k[1] in nodes}


def differences(kind, want, got):
    return [f"{kind} {key}: go list {want.get(key)}, meshctl {got.get(key)}"
            for key in sorted(set(want) | set(got), key=str) if want.get(key) != got.get(key)]


def schema_problems(documents):
    with open(SCHEMA, encoding="utf-8") as f:
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
    validator = jsonschema.Draft202012Validator(schema)
    return [f"{e.json_path}: {e.message}"[:300] for d in documents for e in validator.iter_errors(d)]


def walk(start, next_of):
    seen, todo = {start}, [start]
    while todo:
        for node in next_of.get(todo.pop(), ()):
            if node not in seen:
                seen.add(node)
                todo.append(node)
    return seen


def picked(graph, node):
    """The weakly connected part of a node, and what leads to it in some configuration."""
    around, leading = {}, {}
    for e in graph["edges"]:
        around.setdefault(e["from"], set()).add(e["to"])
        around.setdefault(e["to"], set()).add(e["from"])
        for c in set(e["configs"]) | set(e["tests"]):
            leading.setdefault(c, {}).setdefault(e["to"], set()).add(e["from"])
    return walk(node, around), set().union({node}, *(walk(node, next_of) for next_of in leading.values()))


def pick_problems(binary, src, graph, go):
    """How many were tried, and what differs."""
    names = [n["id"] for n in graph["nodes"]][::97]
    wrong = []
    for name in names:
        for options, want in zip((["--focus", name, "--depth", "100000"], ["--reaches", name]), picked(graph, name)):
            out = subprocess.run([binary, "graph", "--tests", "--json", "--go", go.minor, "--quiet", *options],
                                 cwd=src, stdout=subprocess.PIPE, check=True).stdout
            part = json.loads(out)
            edges = [e for e in graph["edges"] if e["from"] in want and e["to"] in want]
            if {n["id"] for n in part["nodes"]} != want or part["edges"] != edges:
                wrong.append(f"{' '.join(options)}: {len(want)} nodes wanted, {len(part['nodes'])} shown")
    return len(names), wrong


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", required=True)
    p.add_argument("--cache", default="build/cache/oracle")
    args = p.parse_args()
    binary = os.path.abspath(args.binary)
    go = gotree.Go(os.path.abspath(args.cache))
    src = os.path.join(go.root, "src")
    run = subprocess.run([binary, "graph", "--tests", "--json", "--go", go.minor, "--quiet"], cwd=src,
                         stdout=subprocess.PIPE)
    if run.returncode:
        print(f"not ok graph: meshctl graph exits {run.returncode}")
        return 1
    graph = json.loads(run.stdout)
    nodes = {n["id"]: set(n["configs"]) for n in graph["nodes"]}
    edges = {(e["from"], e["to"]): (set(e["configs"]), set(e["tests"])) for e in graph["edges"]}

    # std and cmd leave some folders out, builtin for one: those are asked for by name.
    patterns = ["std", "cmd"]
    known = {p["Id"] for packages in ask_go(go, src, patterns).values() for p in packages}
    extra = sorted({n["import_path"] for n in graph["nodes"] if n["dir"] not in known and not n["test"]})
    want_nodes, want_edges = expected(ask_go(go, src, patterns + extra))
    wrong = differences("node", want_nodes, nodes) + differences("edge", want_edges, edges)
    verdict = "not ok" if wrong or not edges else "ok"
    print(f"{verdict} graph of {go.version}: {len(want_nodes)} nodes and {len(want_edges)} edges on "
          f"{len(PLATFORMS)} platforms compared, {len(wrong)} differences")
    for line in wrong[:SHOWN]:
        print("  " + line)
    folders = subprocess.run([binary, "graph", "--json", "--level", "dir:2"], cwd=src,
                             stdout=subprocess.PIPE).stdout
    cut = subprocess.run([binary, "graph", "--json", "--level", "dir:1", "--highlight", "cut",
                          "--std", "--external"], cwd=src,
                         stdout=subprocess.PIPE).stdout
    collapsed = subprocess.run([binary, "graph", "--json", "--collapse", "dir:1", "--focus", "net/http"], cwd=src,
                               stdout=subprocess.PIPE).stdout
    invalid = schema_problems([graph] + [json.loads(d) for d in (folders, cut, collapsed)])
    print(f"{'not ok' if invalid else 'ok'} graph against {SCHEMA}: {len(invalid)} problems")
    for line in invalid[:SHOWN]:
        print("  " + line)
    tried, unlike = pick_problems(binary, src, graph, go)
    print(f"{'not ok' if unlike or not tried else 'ok'} graph --focus and --reaches of {tried} nodes: "
          f"{len(unlike)} unlike a walk over the whole graph")
    for line in unlike[:SHOWN]:
        print("  " + line)
    return 1 if verdict != "ok" or invalid or unlike or not tried else 0


if __name__ == "__main__":
    sys.exit(main())
