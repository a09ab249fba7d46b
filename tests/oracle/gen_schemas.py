#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""gen_schemas.py - analyzers/mesh/schemas.def from the npm packages of tests/validators/manifests.

`gen_schemas.py BUILD` compares the committed rows with the packages, `--write` writes them.  Equal subtrees are one row; texts for
people are left out; `status` is what clusters write, and taken as it is."""
import json
import os
import re
import sys

import schemas_npm

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(ROOT, "tests", "validators"))
import npm

DEF = os.path.join(ROOT, "analyzers", "mesh", "schemas.def")
CORE = [
    ("Core", "V1", "Pod Service ServiceAccount ConfigMap Secret Namespace Endpoints "
     "PersistentVolume PersistentVolumeClaim ResourceQuota LimitRange ReplicationController "
     "PodTemplate Event Node"),
    ("Apps", "V1", "Deployment StatefulSet DaemonSet ReplicaSet"), ("Batch", "V1", "Job CronJob"),
    ("Networking", "V1", "Ingress IngressClass NetworkPolicy"),
    ("Autoscaling", "V1", "HorizontalPodAutoscaler"), ("Autoscaling", "V2", "HorizontalPodAutoscaler"),
    ("Policy", "V1", "PodDisruptionBudget"), ("Discovery", "V1", "EndpointSlice"),
    ("Scheduling", "V1", "PriorityClass"), ("Storage", "V1", "StorageClass"),
    ("Rbac", "V1", "Role RoleBinding ClusterRole ClusterRoleBinding"),
]
ISTIO = [
    ("NetworkingIstioIo", v, "DestinationRule Gateway ServiceEntry Sidecar VirtualService WorkloadEntry "
     "WorkloadGroup") for v in ("V1", "V1beta1", "V1alpha3")] + [
    ("NetworkingIstioIo", "V1alpha3", "EnvoyFilter"), ("NetworkingIstioIo", "V1beta1", "ProxyConfig"),
    ("SecurityIstioIo", "V1", "AuthorizationPolicy PeerAuthentication RequestAuthentication"),
    ("SecurityIstioIo", "V1beta1", "AuthorizationPolicy PeerAuthentication RequestAuthentication"),
    ("TelemetryIstioIo", "V1", "Telemetry"), ("TelemetryIstioIo", "V1alpha1", "Telemetry"),
    ("ExtensionsIstioIo", "V1alpha1", "WasmPlugin")]
GATEWAY = [("IoK8sSigsGatewayApiApis", "V1", "GatewayClass Gateway HTTPRoute GRPCRoute BackendTLSPolicy"),
           ("IoK8sSigsGatewayApiApis", "V1beta1", "GatewayClass Gateway HTTPRoute ReferenceGrant")]
PROMETHEUS = [("ComGithubPrometheusOperatorPrometheusOperatorPkgApisMonitoring", "V1",
               "PrometheusRule ServiceMonitor PodMonitor")]
TYPES = {"string": "T_STRING", "integer": "T_INTEGER", "number": "T_NUMBER", "boolean": "T_BOOLEAN",
         "object": "T_OBJECT", "array": "T_ARRAY"}
LIMITS = {"minLength": "MIN_LENGTH", "maxLength": "MAX_LENGTH", "minItems": "MIN_ITEMS",
          "maxItems": "MAX_ITEMS", "minProperties": "MIN_PROPERTIES",
          "maxProperties": "MAX_PROPERTIES", "minimum": "MINIMUM", "maximum": "MAXIMUM"}
ANY = ((), False, (), None, None, ())


class Tables:
    """A node is (types, closed, ((name, node, required)...), items, extra, checks), once."""

    def __init__(self, reader):
        self.reader = reader
        self.ids = {ANY: 0}
        self.nodes = [ANY]
        self.memo = {}

    def intern(self, node):
        if node not in self.ids:
            self.ids[node] = len(self.nodes)
            self.nodes.append(node)
        return self.ids[node]

    def merge(self, a, b):
        """Both hold."""
        types = tuple(t for t in a[0] if t in b[0]) if a[0] and b[0] else a[0] or b[0]
        props = {n: (i, r) for n, i, r in b[2]}
        for n, i, r in a[2]:
            props[n] = (i or props.get(n, (0, 0))[0], r or props.get(n, (0, False))[1])
        return (types, a[1] or b[1], tuple(sorted((n, i, r) for n, (i, r) in props.items())),
                a[3] if a[3] is not None else b[3], a[4] if a[4] is not None else b[4],
                tuple(sorted(set(a[5]) | set(b[5]), key=repr)))

    def united(self, ids):
        """One node for several of which one must hold, where their types tell them apart."""
        types, checks = [], set()
        for i in ids:
            t, _, props, items, extra, more = self.nodes[i]
            if not t or props or items is not None or extra is not None or set(t) & set(types) or \
                    any(c[0] not in ("FORMAT", "PATTERN") for c in more):
                return None
            types += t
            checks |= set(more)
        return (tuple(sorted(types)), False, (), None, None, tuple(sorted(checks, key=repr)))

    def node(self, ref, branch):
        key = (ref, branch)
        if key in self.memo:
            if self.memo[key] is None:
                raise ValueError(f"a circle through {ref}")
            return self.memo[key]
        self.memo[key] = None
        s = self.reader.get(ref)
        required = s.get("required", [])
        names = s.get("properties", {})
        props = tuple(sorted((n, 0 if n == "status" else self.node(names[n], False) if n in names else 0,
                              n in required) for n in sorted(set(names) | set(required))))
        checks = [(LIMITS[k], s[k]) for k in LIMITS if k in s]
        if "enum" in s:
            checks.append(("ENUM", tuple(s["enum"])))
        if "pattern" in s:
            checks.append(("PATTERN", s["pattern"]))
        if "format" in s:
            checks.append(("FORMAT", s["format"]))
        out = ((s["type"],) if "type" in s else (), bool(names) and "additional" not in s and not branch,
               props, self.node(s["items"], False) if "items" in s else None,
               self.node(s["additional"], False) if "additional" in s else None,
               tuple(sorted(checks, key=repr)))
        for part in s.get("allOf", []):
            out = self.merge(out, self.nodes[self.node(part, branch)])
        for key2, name in (("anyOf", "ANY_OF"), ("oneOf", "ONE_OF"), ("not", "NONE_OF")):
            if key2 not in s:
                continue
            ids = [self.node(p, True) for p in s[key2]]
            one = self.united(ids) if name != "NONE_OF" else None
            out = self.merge(out, one or ((), False, (), None, None, ((name, tuple(ids)),)))
        self.memo[key] = self.intern(out)
        return self.memo[key]


def modules_of(build):
    return os.path.join(npm.install(os.path.join(ROOT, "tests/validators/manifests"), "manifests", build), "node_modules")


def file_of(modules, package, prefix, version, kind):
    return os.path.normpath(os.path.join(modules, package, "_schemas",
                                         f"{prefix}{version}{kind}.js"))


def roots(reader):
    for package, rows, shape in (("kubernetes-models", CORE, "IoK8sApi"), ("@kubernetes-models/istio", ISTIO, ""),
                                 ("@kubernetes-models/gateway-api", GATEWAY, ""),
                                 ("@kubernetes-models/prometheus-operator", PROMETHEUS, "")):
        for group, version, kinds in rows:
            for kind in kinds.split():
                path = file_of(reader.modules, package, shape + group, version, kind)
                root = reader.get((path, None))
                api = reader.get(root["properties"]["apiVersion"]).get("enum")
                if not api:
                    raise ValueError(f"{path} names no apiVersion")
                yield api[0], kind, (path, None)


def versions(modules):
    def package(name):
        with open(os.path.join(modules, name, "package.json"), encoding="utf-8") as f:
            return json.load(f)
    istio = package("@kubernetes-models/istio")
    tag = re.search(r"/istio/istio/([\d.]+)/manifests/charts/base/files/", json.dumps(istio)).group(1)
    return [("Kubernetes", "kubernetes-models " + package("kubernetes-models")["version"]),
            ("Istio", tag), ("Gateway API", "models " + package("@kubernetes-models/gateway-api")["version"]),
            ("Prometheus operator", "models " + package("@kubernetes-models/prometheus-operator")["version"])]


def quoted(text):
    return json.dumps(text, ensure_ascii=True)


def tables(modules):
    reader = schemas_npm.Reader(modules)
    t = Tables(reader)
    kinds = sorted((api, kind, t.node(ref, False)) for api, kind, ref in roots(reader))
    return t, kinds


def rows(t, kinds, modules):
    props, checks, words, branches, nodes = [], [], [], [], []
    for types, closed, plist, items, extra, clist in t.nodes:
        nodes.append(f"NODE({' | '.join(TYPES[x] for x in types) or '0'}, {int(closed)}, {len(props)}, "
                     f"{len(plist)}, {items if items is not None else 0}, {extra if extra is not None else 'NONE'}, "
                     f"{len(checks)}, {len(clist)})")
        props += [f"PROP({quoted(n)}, {i}, {int(r)})" for n, i, r in plist]
        for name, value in clist:
            if name == "ENUM":
                checks.append(f'CHECK(ENUM, 0, "", {len(words)}, {len(value)})')
                words += [f"WORD({quoted(w)})" for w in value]
            elif name in ("ANY_OF", "ONE_OF", "NONE_OF"):
                checks.append(f'CHECK({name}, 0, "", {len(branches)}, {len(value)})')
                branches += [f"BRANCH({i})" for i in value]
            elif name in ("PATTERN", "FORMAT"):
                checks.append(f"CHECK({name}, 0, {quoted(value)}, 0, 0)")
            else:
                checks.append(f'CHECK({name}, {value}, "", 0, 0)')
    out = ["/*", " * schemas.def - what the fields of manifests may be: rows for analyzers/mesh/schema.c.",
           " * Written by tests/oracle/gen_schemas.py --write from the packages of tests/validators/manifests.", " */"]
    out += [f"VERSION({quoted(a)}, {quoted(b)})" for a, b in versions(modules)]
    out += [f"KIND({quoted(a)}, {quoted(k)}, {n})" for a, k, n in kinds]
    return "\n".join(out + nodes + props + checks + words + branches) + "\n"


def main():
    words = [w for w in sys.argv[1:] if not w.startswith("-")]
    modules = modules_of(words[0] if words else os.path.join(ROOT, "build"))
    t, kinds = tables(modules)
    text = rows(t, kinds, modules)
    if "--write" in sys.argv:
        with open(DEF, "w", encoding="utf-8") as f:
            f.write(text)
        return
    with open(DEF, encoding="utf-8") as f:
        if f.read() != text:
            sys.exit("analyzers/mesh/schemas.def is not what the packages say: "
                     "tests/oracle/gen_schemas.py --write, and read the diff")
    print(f"schemas: {len(kinds)} kinds, {len(t.nodes)} nodes as committed")


if __name__ == "__main__":
    main()
