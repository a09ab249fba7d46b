#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""why.py --binary FILE - `why` and `metrics` against plain Python over the edges that `meshctl graph`
prints, platform by platform: on Go's standard library and commands the distances of --reverse, the
ways and the cuts, every row and total; on the shop, who leads to libraries.  Places are looked up in
the files, documents are held against their JSON Schemas, closed."""
import argparse
import collections
import json
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile

import jsonschema

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import gotree

PLATFORMS = ["linux/amd64", "darwin/arm64", "windows/amd64"]
TARGETS = 14        # of --reverse in std and cmd: each gives the distances of all packages
PAIRS = 40
LIBRARIES = ["gorm.io/gorm", "github.com/gin-gonic/gin", "database/sql/driver", "net/http", "C"]
SHOWN = 20


class Meshctl:
    def __init__(self, binary, folder, more=()):
        self.binary, self.folder, self.more = binary, folder, list(more)
        self.edges = {p: self.read_edges("--platform", p) for p in PLATFORMS}
        self.all = self.read_edges()

    def run(self, *words):
        p = subprocess.run([self.binary, *words, *self.more, "--quiet"], cwd=self.folder, stdout=subprocess.PIPE)
        return p.returncode, p.stdout.decode()

    def json(self, *words):
        status, out = self.run(*words, "--json")
        document = json.loads(out)
        assert document["status"] == status, f"{words}: status {status}, {document['status']} in the document"
        return document

    def read_edges(self, *words):
        graph = collections.defaultdict(set)
        for line in self.run("graph", "--format", "edges", *words)[1].splitlines():
            a, b = line.split("\t")[:2]
            graph[a].add(b)
        return graph


def turned(graph):
    back = collections.defaultdict(set)
    for a, targets in graph.items():
        for b in targets:
            back[b].add(a)
    return back


def distances(graph, *starts):
    dist, queue = {s: 0 for s in starts}, collections.deque(starts)
    while queue:
        p = queue.popleft()
        for q in graph.get(p, ()):
            if q not in dist:
                dist[q] = dist[p] + 1
                queue.append(q)
    return dist


def max_flow(graph, start, end):
    """L. Ford and D. Fulkerson, each edge of capacity 1."""
    back, used, flow = turned(graph), set(), 0
    while True:
        via, todo = {start: None}, [start]
        while todo and end not in via:
            p = todo.pop()
            for q in [q for q in graph.get(p, ()) if (p, q) not in used] + [q for q in back.get(p, ()) if (q, p) in used]:
                if q not in via:
                    via[q] = p
                    todo.append(q)
        if end not in via:
            return flow
        q = end
        while via[q] is not None:
            p = via[q]
            used ^= {(q, p)} if (q, p) in used else {(p, q)}
            q = p
        flow += 1


class Check:
    def __init__(self):
        self.counts, self.wrong, self.documents = collections.Counter(), [], []

    def equal(self, what, want, got):
        self.counts[what.split(":")[0]] += 1
        if want != got:
            self.wrong.append(f"{what}: expected {str(want)[:300]}, printed {str(got)[:300]}")


def check_places(check, m, edge):
    """Each import of an edge stands where it says."""
    for i in edge["imports"]:
        with open(os.path.join(m.folder, i["path"]), encoding="utf-8") as f:
            line = f.read().split("\n")[i["line"] - 1]
        said = f"{i['name']} " if i["name"] else ""
        at = line.encode()[i["column"] - 1:].decode()
        check.equal(f"places: {i['path']}:{i['line']}", True, at.startswith(said) and f'"{i["import"]}"' in at or f"`{i['import']}`" in at)


def check_reverse(check, m, to, name, seeds):
    """seeds: platform -> nodes at distance 0 (a node) or 1 (importers of what is outside)."""
    document = m.json("why", "--reverse", name)
    check.documents.append(("why", document))
    want = {}
    for p in PLATFORMS:
        first = 0 if to else 1
        for node, d in distances(turned(m.edges[p]), *seeds[p]).items():
            if node != to and d + first < want.get(node, (math.inf,))[0]:
                want[node] = (d + first, p)
    got = {i["name"]: (i["distance"], i["platform"]) for i in document["importers"]}
    for node in sorted(set(want) | set(got)):
        check.equal(f"distances: {node} to {name}", want.get(node), got.get(node))
    for i in document["importers"]:
        check.equal(f"first imports: {i['name']} to {name}", i["name"], i["edge"]["from"])
        check_places(check, m, {"imports": i["edge"]["imports"][:1]})


def check_pair(check, m, a, b):
    document = m.json("why", a, b)
    check.documents.append(("why", document))
    lengths = {p: distances(m.edges[p], a).get(b) for p in PLATFORMS}
    best = min((d for d in lengths.values() if d), default=None)
    shortest = document["shortest"]
    check.equal(f"lengths: {a} to {b}", best, len(shortest["edges"]) if shortest else None)
    if not best:
        return
    platform = next(p for p in PLATFORMS if lengths[p] == best)
    graph = m.edges[platform]
    check.equal(f"platforms: {a} to {b}", platform, document["platform"])
    check.equal(f"ways: {a} to {b}", max_flow(graph, a, b), len(document["ways"]))
    used = []
    for way in [shortest] + document["ways"]:
        steps = [(e["from"], e["to"]) for e in way["edges"]]
        ends = [a] + [t for _, t in steps]
        check.equal(f"chains: {a} to {b}", (b, True), (ends[-1], all(f == p for (f, _), p in zip(steps, ends))))
        check.equal(f"way platforms: {a} to {b}", [p for p in PLATFORMS if all(t in m.edges[p].get(f, ()) for f, t in steps)],
                    way["platforms"])
        used += steps if way is not shortest else []
        for e in way["edges"]:
            check_places(check, m, e)
    check.equal(f"edges used twice: {a} to {b}", len(used), len(set(used)))
    cut = {(e["from"], e["to"]) for e in document["cut"]}
    rest = {f: {t for t in targets if (f, t) not in cut} for f, targets in graph.items()}
    check.equal(f"cuts: {a} to {b}", (len(document["ways"]), False), (len(cut), b in distances(rest, a)))


def components(graph, nodes):
    """node -> representative, and the representatives from sinks to sources."""
    order, seen = [], set()
    for root in nodes:
        if root in seen:
            continue
        seen.add(root)
        stack = [(root, iter(sorted(graph.get(root, ()))))]
        while stack:
            q = next((q for q in stack[-1][1] if q not in seen), None)
            if q is None:
                order.append(stack.pop()[0])
            else:
                seen.add(q)
                stack.append((q, iter(sorted(graph.get(q, ())))))
    back, of, found = turned(graph), {}, []
    for root in reversed(order):
        if root in of:
            continue
        found.append(root)
        todo = [root]
        of[root] = root
        while todo:
            for q in back.get(todo.pop(), ()):
                if q not in of:
                    of[q] = root
                    todo.append(q)
    return of, found[::-1]


def check_metrics(check, m):
    document = m.json("metrics", "packages")
    check.documents.append(("metrics", document))
    rows = {r["name"]: r for r in document["rows"]}
    nodes, back = sorted(rows), turned(m.all)
    of, order = components(m.all, nodes)
    members = collections.defaultdict(set)
    for node, root in of.items():
        members[root].add(node)
    reach, depth = {}, {}
    for root in order:
        after = {of[q] for p in members[root] for q in m.all.get(p, ())} - {root}
        reach[root] = members[root].union(*(reach[q] for q in after))
        depth[root] = 1 + max((depth[q] for q in after), default=0)
    for node in nodes:
        ca, ce = len(back.get(node, ())), len(m.all.get(node, ()))
        want = {"Ca": ca, "Ce": ce, "reach": len(reach[of[node]]), "depth": depth[of[node]]}
        check.equal(f"rows: {node}", want, {k: rows[node][k] for k in want})
        i = rows[node]["I"]
        check.equal(f"instability: {node}", True, i is None if not ca + ce else abs(i - ce / (ca + ce)) < 1e-12)
    n, total, ccd = len(nodes), document["totals"], sum(len(reach[of[p]]) for p in nodes)
    want = {"nodes": n, "edges": sum(map(len, m.all.values())), "CCD": ccd, "depth": max(depth.values())}
    check.equal("totals: counts", want, {k: total[k] for k in want})
    for key, value in (("ACD", ccd / n), ("NCCD", ccd / ((n + 1) * math.log2(n + 1) - n)), ("PC", ccd / n / n)):
        check.equal(f"totals: {key}", True, abs(total[key] - value) < 1e-9 * max(1, value))
    chain = [c["name"] for c in total["chain"]]
    check.equal("chain: length", total["depth"], len(chain))
    for a, b in zip(chain, chain[1:]):
        check.equal(f"chain: {a} to {b}", True, any(of[q] == of[b] for p in members[of[a]] for q in m.all.get(p, ())))
    check.equal("order: by Ca", sorted(nodes, key=lambda p: (-rows[p]["Ca"], p.encode())), [r["name"] for r in document["rows"]])


def check_libraries(check, binary):
    """Who leads to packages from outside of the shop; direct importers as `list` prints them."""
    with tempfile.TemporaryDirectory() as top:
        folder = os.path.join(os.path.realpath(top), "shop")
        shutil.copytree("testdata/repos/shop", folder)
        m = Meshctl(binary, folder)
        direct = {name: {p: [] for p in PLATFORMS} for name in LIBRARIES}
        for platform in PLATFORMS:
            out, decoder = m.run("list", "--json", "--platform", platform)[1], json.JSONDecoder()
            while out.strip():
                package, end = decoder.raw_decode(out.lstrip())
                out = out.lstrip()[end:]
                for name in LIBRARIES:
                    if name in package.get("Imports", ()):
                        direct[name][platform].append(os.path.relpath(package["Dir"], folder))
        for name in LIBRARIES:
            check.equal(f"libraries: {name} is imported", True, any(direct[name].values()))
            check_reverse(check, m, None, name, direct[name])


def check_schemas(check):
    for kind in ("why", "metrics"):
        with open(f"cmd/report/{kind}.schema.json", encoding="utf-8") as f:
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
        for k, document in check.documents:
            if k == kind:
                errors = [f"{e.json_path}: {e.message}"[:200] for e in validator.iter_errors(document)]
                check.equal(f"documents: {kind}", [], errors)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", required=True)
    p.add_argument("--cache", default="build/cache/oracle")
    args = p.parse_args()
    binary, go = os.path.abspath(args.binary), gotree.Go(os.path.abspath(args.cache))
    check = Check()
    m = Meshctl(binary, os.path.realpath(os.path.join(go.root, "src")), ["--go", go.minor])
    nodes = sorted({a for a in m.all} | {b for bs in m.all.values() for b in bs})
    dice = random.Random(20261122)
    for to in ["net/http", "unsafe", "internal/goos"] + dice.sample(nodes, TARGETS - 3):
        check_reverse(check, m, to, "./" + to, {p: [to] for p in PLATFORMS})
    # Most pairs with a way, half of those from where many ways begin; some from anywhere to anywhere.
    busy = sorted(nodes, key=lambda n: (-len(m.all.get(n, ())), n))[:80]
    for i in range(PAIRS):
        a = dice.choice(busy if i % 2 else nodes)
        there = sorted(n for n, d in distances(m.edges[PLATFORMS[i % 3]], a).items() if d > 1) if i % 4 else nodes
        check_pair(check, m, a, dice.choice([n for n in there if n != a] or [n for n in nodes if n != a]))
    check_metrics(check, m)
    check_libraries(check, binary)
    check_schemas(check)
    verdict = "not ok" if check.wrong or len(check.counts) < 15 else "ok"
    counts = ", ".join(f"{n} {what}" for what, n in check.counts.items())
    print(f"{verdict} why and metrics on {go.version} and the shop: {counts}; {len(check.wrong)} differences")
    for line in check.wrong[:SHOWN]:
        print("  " + line)
    return verdict != "ok"


if __name__ == "__main__":
    sys.exit(main())
