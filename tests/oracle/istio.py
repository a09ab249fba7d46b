#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""istio.py CHECKOUT [--binary FILE] [--all] - `mesh lint` against the inputs and expectations of Istio's own analyzers.

CHECKOUT is a checkout of istio/istio (pkg/config/analysis is enough; nothing of it is kept here).  Each case of
analyzers_test.go is judged alone; a message that it expects is told where a rule of the table below speaks of the same
object.  What is not told has its cause in CAUSES, or is a gap.  What those rules say of objects for which the case
expects nothing is told as well.
"""
import argparse
import collections
import json
import os
import re
import subprocess
import sys

# Which rule tells which of Istio's codes.
RULES = {
    "IST0002": ["deprecated-mesh"], "IST0101": ["manifest-reference", "selector-no-workload"],
    "IST0106": ["manifest-schema"], "IST0107": ["annotation-misused"], "IST0108": ["mesh-annotation"],
    "IST0109": ["host-twice"], "IST0110": ["workload-twice"], "IST0111": ["workload-twice"],
    "IST0112": ["port-needed"], "IST0116": ["service-ports"], "IST0118": ["port-name"], "IST0123": ["injection-labels"],
    "IST0125": ["annotation-misused"], "IST0127": ["selector-no-workload"], "IST0128": ["tls-unverified"],
    "IST0129": ["tls-unverified"], "IST0130": ["route-unreachable"], "IST0131": ["match-unused"],
    "IST0132": ["gateway-host"], "IST0134": ["service-entry-shape"], "IST0135": ["deprecated-mesh"],
    "IST0137": ["service-ports"], "IST0140": ["gateway-subset"], "IST0144": ["reserved-uid"], "IST0145": ["gateway-twice"],
    "IST0138": ["gateway-twice"], "IST0146": ["injection-ineffective"], "IST0147": ["injection-ineffective"],
    "IST0149": ["jwt-route"], "IST0150": ["port-name"], "IST0151": ["envoy-filter"], "IST0152": ["envoy-filter"],
    "IST0153": ["envoy-filter"], "IST0154": ["envoy-filter"], "IST0155": ["envoy-filter"], "IST0157": ["policy-ineffective"],
    "IST0159": ["workload-twice"], "IST0160": ["workload-twice"], "IST0161": ["gateway-credential"],
    "IST0162": ["gateway-port"], "IST0165": ["gateway-host"], "IST0166": ["policy-ineffective"],
    "IST0167": ["policy-ineffective"], "IST0173": ["subset-no-pod"], "IST0174": ["destination-host"],
    "IST0177": ["service-entry-shape"],
}
# Why a message is not told: of its code, or of one object.
CLUSTER = "needs the state of a cluster, which files do not have"
PLANE = "is about the installation of Istio itself, not about manifests of services"
CAUSES = {
    "IST0102": "a namespace without a label is a choice, not a mistake", "IST0103": CLUSTER, "IST0126": PLANE,
    "IST0136": "an alpha annotation works; telling it of each pod is noise", "IST0139": PLANE, "IST0148": PLANE,
    "IST0156": PLANE, "IST0158": CLUSTER, "IST0163": PLANE, "IST0164": PLANE, "IST0170": CLUSTER, "IST0171": CLUSTER,
    "IST0175": PLANE, "IST0176": PLANE,
}
BUILT_IN = "Istio's tool adds the ingress gateway of its installation, which is not among the files"
OBJECTS = {
    ("gatewayNoWorkload", "Gateway httpbin-gateway"): BUILT_IN, ("gatewayBadPort", "Gateway httpbin-gateway"): BUILT_IN,
    ("gatewaySecret", "Gateway customgateway-wrongnamespace"): "a namespace that is not given is filled in when it is applied",
    ("gatewaySecret", "Gateway bogusgateway"): BUILT_IN,
    ("gatewaySecretValidations", "Gateway defaultgateway-expired"): "changes with the day, and a report does not",
    ("virtualServiceConflictingMeshGatewayHostsWithExportTo", "VirtualService foo/productpage-d"): "the narrower host counts",
    ("virtualServiceConflictingMeshGatewayHostsWithExportTo", "VirtualService bar/productpage-d"): "the narrower host counts",
    ("virtualServiceGateways", "VirtualService httpbin-bogus"): "the gateway is not there, which is told",
    ("DestinationRuleSubsetsNotSelectPods", "DestinationRule default/subsets-not-select-pods"):
        "no pod of the service is among the files: its workload is somewhere else",
    ("Telemetry Lightstep", "Telemetry istio-system/mesh-default"): PLANE,
}
# Why we say more than the case expects.
MORE = {
    "manifest-reference": "another analyzer of Istio's says it of the same input",
    "service-entry-shape": "another analyzer of Istio's says it of the same input",
    "match-unused": "a prefix takes in what is exact as well",
    "mesh-annotation": "no annotation of that name is documented",
}


def codes(checkout):
    path = os.path.join(checkout, "pkg/config/analysis/msg/messages.gen.go")
    with open(path, encoding="utf-8") as f:
        return dict(re.findall(r'(\w+) = diag\.NewMessageType\(diag\.\w+, "(IST\d+)"', f.read()))


def cases(checkout):
    """(name, files, [(message, "Kind name")]) of the grid."""
    path = os.path.join(checkout, "pkg/config/analysis/analyzers/analyzers_test.go")
    with open(path, encoding="utf-8") as f:
        text = f.read()
    grid = text[text.index("var testGrid"):text.index("// regex patterns for analyzer names")]
    for part in re.split(r"\n\t\{\n", grid)[1:]:
        name = re.search(r'name:\s*"([^"]*)"', part).group(1)
        files = re.findall(r'"(testdata/[^"]+)"', re.search(r"inputFiles:\s*\[\]string\{(.*?)\}", part, re.S).group(1))
        mesh = re.search(r'meshConfigFile:\s*"([^"]+)"', part)
        expected = re.findall(r'\{msg\.(\w+), "([^"]*)"\}', part)
        yield name, files, mesh and mesh.group(1), expected


def same(label, symbol):
    """"VirtualService default/x" and "VirtualService/default/x ..."."""
    kind, _, name = label.partition(" ")
    own_kind, space, own = (symbol.split(" ")[0].split("/", 2) + ["", ""])[:3]
    space_wanted, _, base = name.rpartition("/")
    return kind == own_kind and base == own and (space_wanted == space or not space or not space_wanted or
                                                 (space_wanted == "default" and not space))


def judge(binary, folder, files):
    text = ""
    for path in files:
        with open(os.path.join(folder, path), encoding="utf-8") as f:
            text += "---\n" + f.read() + "\n"
    r = subprocess.run([binary, "mesh", "lint", "-q", "-", "--json"], input=text.encode(), stdout=subprocess.PIPE, timeout=60,
                       cwd=folder, check=False)
    return json.loads(r.stdout).get("findings", [])


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("checkout")
    p.add_argument("--binary", default="build/meshctl")
    p.add_argument("--all", action="store_true", help="print what is told as well")
    args = p.parse_args()
    binary = os.path.abspath(args.binary)
    folder = os.path.join(args.checkout, "pkg/config/analysis/analyzers")
    number, total, gaps = codes(args.checkout), collections.Counter(), 0
    for name, files, _mesh, expected in cases(args.checkout):
        found = judge(binary, folder, files)
        # One finding may say what Istio says once for each of its values.
        used, listed = set(), []
        for message, label in expected:
            code = number[message]
            rules = RULES.get(code, [])
            free = [i for i, f in enumerate(found) if f["rule"] in rules and same(label, f["symbol"])]
            pick = next((i for i in free if i not in used), free[0] if free else None)
            cause = CAUSES.get(code) or OBJECTS.get((name, label))
            if pick is not None:
                used.add(pick)
                kind = "told"
            else:
                kind = "left out" if cause else "not told"
            total[kind] += 1
            if kind != "told" or args.all:
                listed.append(f"  {kind:9}{code} {message}: {label}{': ' + cause if kind == 'left out' else ''}")
        wanted = {r for message, _ in expected for r in RULES.get(number[message], [])}
        for i, f in enumerate(found):
            if f["rule"] in wanted and i not in used and not any(same(label, f["symbol"]) for _, label in expected):
                total["more"] += 1
                listed.append(f"  more     {f['rule']}: {f['line']}: {f['message']}"
                              f" ({MORE.get(f['rule'], 'no cause is known')})")
        if listed:
            print(f"{name} ({', '.join(files)})")
            print("\n".join(listed))
        gaps += any(line.startswith("  not told") for line in listed)
    print(", ".join(f"{n} {kind}" for kind, n in sorted(total.items())) + f" of {total['told'] + total['not told'] + total['left out']} expected")
    return 1 if gaps else 0


if __name__ == "__main__":
    sys.exit(main())
