#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""schema_mutations.py BUILD - `mesh lint` against the validators of the packages that its schemas come
from, on manifests changed at random: who refuses the one has to refuse the other.  Unknown keys are
planted apart: meshctl alone must refuse each of them."""
import copy
import json
import os
import random
import subprocess
import sys
import tempfile

import gen_schemas

SEED, ROUNDS = 20260101, 1500
FILES = {
    "apps/v1 Deployment": "kubernetes-models/_schemas/IoK8sApiAppsV1Deployment.js",
    "v1 Service": "kubernetes-models/_schemas/IoK8sApiCoreV1Service.js",
    "networking.istio.io/v1 VirtualService": "@kubernetes-models/istio/_schemas/NetworkingIstioIoV1VirtualService.js",
    "networking.istio.io/v1 DestinationRule": "@kubernetes-models/istio/_schemas/NetworkingIstioIoV1DestinationRule.js",
    "security.istio.io/v1 PeerAuthentication":
        "@kubernetes-models/istio/_schemas/SecurityIstioIoV1PeerAuthentication.js",
    "gateway.networking.k8s.io/v1 HTTPRoute":
        "@kubernetes-models/gateway-api/_schemas/IoK8sSigsGatewayApiApisV1HTTPRoute.js",
}
META = {"name": "orders", "labels": {"app": "orders"}}
SEEDS = [
    {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": META, "spec": {
        "replicas": 2, "selector": {"matchLabels": {"app": "orders"}}, "template": {
            "metadata": {"labels": {"app": "orders"}}, "spec": {"terminationGracePeriodSeconds": 40, "containers": [{
                "name": "orders", "image": "orders:1", "ports": [{"name": "http", "containerPort": 8080}],
                "env": [{"name": "A", "value": "b"}],
                "resources": {"limits": {"cpu": "100m", "memory": "1Gi"}, "requests": {"cpu": 1}},
                "readinessProbe": {"httpGet": {"path": "/healthz", "port": "http"}, "periodSeconds": 5}}]}}}},
    {"apiVersion": "v1", "kind": "Service", "metadata": META, "spec": {
        "selector": {"app": "orders"}, "type": "ClusterIP",
        "ports": [{"name": "http", "port": 80, "targetPort": "http", "protocol": "TCP"}]}},
    {"apiVersion": "networking.istio.io/v1", "kind": "VirtualService", "metadata": META, "spec": {
        "hosts": ["orders"], "http": [{
            "match": [{"uri": {"prefix": "/a"}, "headers": {"x": {"exact": "y"}}}], "timeout": "3s",
            "retries": {"attempts": 2, "perTryTimeout": "1s", "retryOn": "5xx"},
            "fault": {"abort": {"httpStatus": 500, "percentage": {"value": 0.5}}},
            "route": [{"destination": {"host": "orders", "subset": "v1", "port": {"number": 80}}, "weight": 90},
                      {"destination": {"host": "orders", "subset": "v2"}, "weight": 10}]}]}},
    {"apiVersion": "networking.istio.io/v1", "kind": "DestinationRule", "metadata": META, "spec": {
        "host": "orders", "subsets": [{"name": "v1", "labels": {"version": "v1"}}], "trafficPolicy": {
            "loadBalancer": {"consistentHash": {"httpHeaderName": "x"}}, "tls": {"mode": "ISTIO_MUTUAL"},
            "connectionPool": {"tcp": {"maxConnections": 10, "connectTimeout": "1s"}, "http": {"maxRetries": 3}},
            "outlierDetection": {"consecutive5xxErrors": 5, "baseEjectionTime": "30s"}}}},
    {"apiVersion": "security.istio.io/v1", "kind": "PeerAuthentication", "metadata": META, "spec": {
        "selector": {"matchLabels": {"app": "orders"}}, "mtls": {"mode": "STRICT"}}},
    {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": META, "spec": {
        "parentRefs": [{"group": "", "kind": "Service", "name": "orders", "port": 80}], "hostnames": ["a.example.com"],
        "rules": [{"matches": [{"path": {"type": "PathPrefix", "value": "/a"}}],
                   "backendRefs": [{"name": "orders", "port": 80, "weight": 90}]}]}},
]
VALUES = ["", "text", "v1", "0", "5s", "100m", "*", -1, 0, 1, 7, 100, 65536, 5000000000, 0.5, True, False, [], {},
          ["a"], {"a": "b"}, [1], "PERMISSIVE", "ROUND_ROBIN", "x" * 300]


def nodes(d, where=()):
    """Every place below the first level, but for apiVersion, kind and name."""
    items = d.items() if isinstance(d, dict) else enumerate(d) if isinstance(d, list) else ()
    for k, v in items:
        if where or k == "spec":
            yield where + (k,)
        if where or k in ("spec", "metadata"):
            yield from nodes(v, where + (k,)) if k != "metadata" or where else ()


def parent(d, where):
    for k in where[:-1]:
        d = d[k]
    return d


def mutate(rng, d):
    where = rng.choice(list(nodes(d)))
    at, key = parent(d, where), where[-1]
    what = rng.randrange(4)
    if what == 0:
        del at[key]
    elif what == 1 and isinstance(at, list):
        at.append(copy.deepcopy(at[key]))
    else:
        at[key] = copy.deepcopy(rng.choice(VALUES))


def lint(binary, documents):
    """Which of the documents meshctl finds something in."""
    with tempfile.TemporaryDirectory() as tmp:
        os.mkdir(f"{tmp}/deploy")
        for name, text in (("go.mod", "module x\n"), ("x.go", "package x\n")):
            with open(f"{tmp}/{name}", "w", encoding="utf-8") as f:
                f.write(text)
        for i, d in enumerate(documents):
            with open(f"{tmp}/deploy/{i:05}.json", "w", encoding="utf-8") as f:
                json.dump(d, f)
        done = subprocess.run([binary, "-q", "-C", tmp, "mesh", "lint", "deploy", "--rule", "manifest-schema", "--json"],
                              capture_output=True, text=True, timeout=120, check=False)
        bad = {}
        for f in json.loads(done.stdout)["findings"]:
            bad.setdefault(int(os.path.basename(f["path"])[:5]), f["message"])
        return bad


def main():
    build = sys.argv[1]
    modules = gen_schemas.modules_of(build)
    rng = random.Random(SEED)
    documents = copy.deepcopy(SEEDS)
    for _ in range(ROUNDS):
        d = copy.deepcopy(rng.choice(SEEDS))
        for _ in range(rng.choice((1, 1, 1, 2, 3))):
            if list(nodes(d)):
                mutate(rng, d)
        documents.append(d)
    rows = [f"{k}={v}" for k, v in FILES.items()]
    out = subprocess.run(["node", "tests/oracle/schema_mutations.mjs", modules] + rows,
                         input="\n".join(json.dumps(d) for d in documents), capture_output=True, text=True,
                         timeout=120, check=True).stdout.split()
    bad = lint(f"{build}/meshctl", documents)
    # What they let pass and meshctl does not has to be a key that their schemas do not name.
    wrong = [(i, v, bad.get(i)) for i, v in enumerate(out)
             if (v == "0") != (i in bad) and not (v == "1" and "no such field" in bad.get(i, ""))]
    for i, v, message in wrong[:10]:
        print(f"they say {v}, meshctl: {message}: {json.dumps(documents[i])[:600]}")
    planted = []
    for _ in range(200):
        d = copy.deepcopy(rng.choice(SEEDS))
        maps = [w for w in nodes(d) if isinstance(parent(d, w + (0,)), dict) and parent(d, w + (0,)) and
                not {"matchLabels", "labels", "selector", "headers", "limits", "requests"} & set(w[-1:])]
        parent(d, rng.choice(maps) + (0,))["nobodyKnowsThis"] = "x"
        planted.append(d)
    missed = set(range(len(planted))) - set(lint(f"{build}/meshctl", planted))
    for i in sorted(missed)[:5]:
        print(f"an unknown key passes: {json.dumps(planted[i])[:600]}")
    print(f"schemas: {len(documents)} documents, {out.count('0')} refused, {len(wrong)} judged otherwise; "
          f"{len(planted)} unknown keys, {len(missed)} missed")
    sys.exit(bool(wrong or missed))


if __name__ == "__main__":
    main()
