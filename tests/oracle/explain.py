#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""explain.py --binary FILE - `explain PACKAGE` and `explain FROM TO` against what `analyze` finds.

Every rule case with a policy, and the shop with the one that `init` writes: what explain says of
each import must be what the analyses found about it, forbidden or not, with the same rules.  Then
imports that nobody has written: explain foretells, the import is written into a file of FROM, and
analyze must find what was foretold.  Documents are held against their JSON Schema, closed.
"""
import argparse
import glob
import itertools
import json
import os
import random
import sys

import jsonschema

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from sandbox import Sandbox

SCHEMA = "cmd/report/explain.schema.json"
# Of these explain speaks; others are about what is inside of files.
RULES = {"layer-violation", "closed-layer", "context-boundary", "context-pair", "context-internal",
         "shared-uses-context", "denied-import", "main-import", "internal-import"}
CASE_PAIRS, SHOP_PAIRS, SHOP_PACKAGES = 6, 10, 40


def closed(schema):
    todo = [schema]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            if node.get("type") == "object" and "properties" in node:
                node["additionalProperties"] = False
            todo += node.values()
        elif isinstance(node, list):
            todo += node
    return schema


class Tree:
    def __init__(self, box, validator, name):
        self.box, self.validator, self.name, self.wrong, self.documents = box, validator, name, [], 0

    def say(self, text):
        self.wrong.append(f"{self.name}: {text}")

    def json(self, words, check=True):
        day = "" if words.startswith("graph") else " --now 2026-01-01"
        status, out, err = self.box.run(f"meshctl {words} -q --json{day}")
        try:
            document = json.loads(out)
        except ValueError:
            self.say(f"meshctl {words}: status {status}, {(out + err).decode('utf-8', 'replace')[-300:]}")
            return None
        if check:
            self.documents += 1
            for e in itertools.islice(self.validator.iter_errors(document), 3):
                self.say(f"meshctl {words}: {'/'.join(map(str, e.absolute_path))}: {e.message}"[:400])
            if document.get("status", status) != status:
                self.say(f"meshctl {words}: status {document['status']} in the document, {status} from the program")
        return document

    def findings(self):
        """{(from, to): rules} of single imports, held back or not, whatever their level."""
        found = {}
        report = self.json("analyze --rule " + ",".join(sorted(RULES)), check=False)
        for f in report["findings"] if report else []:
            if f["rule"] in RULES and f["symbol"] != "through":
                found.setdefault((f["from"], f["to"]), set()).add(f["rule"])
        return found

    def edges(self):
        out = self.box.run("meshctl graph -q --tests")[1].decode()
        return {tuple(line.split("\t")[:2]) for line in out.splitlines()}

    def packages(self):
        report = self.json("graph --tests", check=False)
        return [n["id"] for n in report["nodes"]] if report else []


def said(lines):
    return {l["rule"] for l in lines if l["says"] in ("forbidden", "warned of") and l["about"] != "through"
            and l["rule"] in RULES and not l["off"]}


def compare_package(tree, package, found):
    document = tree.json(f"explain './{package}'")
    if not document:
        return 0
    for key in ("imports", "importers"):
        for n in document[key]:
            pair = (package, n["package"]) if key == "imports" else (n["package"], package)
            if said(n["lines"]) != found.get(pair, set()):
                tree.say(f"explain {package}, {key}: {pair[0]} -> {pair[1]}: {sorted(said(n['lines']))}, "
                         f"analyze found {sorted(found.get(pair, set()))}")
            if (n["verdict"] == "forbidden") and not any(l["says"] == "forbidden" for l in n["lines"]):
                tree.say(f"explain {package}: forbidden by nobody")
    for o in document["outside"]:
        denied = {"denied-import"} if o["verdict"] in ("forbidden", "warned of") else set()
        if denied != found.get((package, o["import"]), set()) & {"denied-import"}:
            tree.say(f"explain {package}: outside {o['import']}: {o['verdict']}, analyze found "
                     f"{sorted(found.get((package, o['import']), set()))}")
    return 1


def ordinary_file(box, package):
    for path in sorted(glob.glob(os.path.join(box.dir, package, "*.go"))):
        with open(path, encoding="utf-8", errors="replace") as f:
            text = f.read()
        if not path.endswith("_test.go") and "\npackage " in "\n" + text and "//go:build" not in text:
            return path, text
    return None, None


def write_import(text, path):
    lines, seen = [], False
    for line in text.split("\n"):
        lines.append(line)
        if not seen and line.startswith("package "):
            lines.append(f'import _ "{path}"')
            seen = True
    return "\n".join(lines)


def foretell(tree, start, target):
    """What explain says of an import that is not there, and what analyze finds once it is."""
    before = tree.json(f"explain './{start}' './{target}'")
    path, text = ordinary_file(tree.box, start)
    if not before or not path or before["exists"]:
        return 0, 0
    with open(path, "w", encoding="utf-8") as f:
        f.write(write_import(text, before["to"]["import_path"]))
    after = tree.json(f"explain './{start}' './{target}'")
    found = tree.findings().get((start, target), set())
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    expected = said(before["lines"])
    if expected != found:
        tree.say(f"explain {start} {target}: foretold {sorted(expected)}, analyze found {sorted(found)}")
    if after and (not after["exists"] or not after["imports"]):
        tree.say(f"explain {start} {target}: the import is not seen")
    if after and after["verdict"] != before["verdict"] and not any(l["rule"] == "package-cycle" for l in before["lines"]):
        tree.say(f"explain {start} {target}: {before['verdict']} before, {after['verdict']} after")
    return 1, bool(expected)


def run(binary, validator, name, fill, pairs, packages):
    chosen = random.Random(name)
    with Sandbox(binary) as box:
        fill(box)
        tree = Tree(box, validator, name)
        found, edges, all_packages = tree.findings(), tree.edges(), tree.packages()
        done = sum(compare_package(tree, p, found) for p in chosen.sample(all_packages, min(packages, len(all_packages))))
        own = [p for p in all_packages if not p.endswith("_test")]
        open_pairs = [p for p in itertools.permutations(own, 2) if p not in edges]
        told = [foretell(tree, *p) for p in chosen.sample(open_pairs, min(pairs, len(open_pairs)))]
        return tree.wrong, done, sum(t for t, _ in told), sum(bad for _, bad in told), tree.documents


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build/meshctl")
    args = p.parse_args()
    with open(SCHEMA, encoding="utf-8") as f:
        schema = json.load(f)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(closed(schema))

    def case(path):
        def fill(box):
            if os.path.isdir(os.path.join(path, "tree")):
                box.fill(os.path.join(path, "tree"))
            if os.path.exists(os.path.join(path, "setup.sh")):
                box.setup(os.path.join(path, "setup.sh"))
        return fill

    def shop(box):
        box.fill("testdata/repos/shop")
        box.run("git init -q && git add -A && git commit -qm x && meshctl init -q")

    works = [(path, case(path), CASE_PAIRS, 99) for path in
             sorted(glob.glob("testdata/rules/*/*")) + ["testdata/cli/explain/place", "testdata/cli/contexts/monolith"]
             if os.path.exists(os.path.join(path, "tree", ".meshctl.yaml"))]
    works.append(("shop with a policy", shop, SHOP_PAIRS, SHOP_PACKAGES))
    packages = pairs = forbidden = documents = failed = 0
    for work in works:
        wrong, done, told, bad, count = run(args.binary, validator, *work)
        packages, pairs, forbidden, documents = packages + done, pairs + told, forbidden + bad, documents + count
        failed += bool(wrong)
        for line in wrong[:8]:
            print(f"not ok {line}")
    with Sandbox(args.binary) as box:
        box.fill("testdata/cli/explain/place/tree")
        tree = Tree(box, validator, "things")
        some = tree.json("analyze", check=False)["findings"][0]["id"]
        for words in ("explain", "explain import-cycle", "explain NCCD", "explain move-type", f"explain '#{some}'"):
            tree.json(words)
        documents += tree.documents
        failed += bool(tree.wrong)
        for line in tree.wrong:
            print(f"not ok {line}")
    print(f"{'not ok' if failed else 'ok'} {packages} packages and {pairs} imports that nobody wrote, {forbidden} of them wrong, as analyze "
          f"finds them; "
          f"{documents} documents against {SCHEMA}, {failed} trees failed")
    return 1 if failed or not packages or not forbidden or forbidden == pairs else 0


sys.exit(main())
