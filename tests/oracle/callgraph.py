#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""callgraph.py [--binary FILE] CHECKOUT - who calls whom, by the code and by the manifests' environment.

CHECKOUT is a repository of several services with Kubernetes manifests, such as Google's
microservices-demo.  For every workload whose program is Go each `*_ADDR`, `*_URL`, `*_HOST` of its
environment must be the address of a call that `mesh model` finds, with that host as its target
where the host is a Go service too.  Keys that only the code has are told with their cause, and are
no failure: the manifests may leave an optional service out.
"""
import argparse
import glob
import json
import os
import re
import subprocess
import sys

KEY = re.compile(r"_(ADDR|ADDRESS|URL|URI|HOST|ENDPOINT|TARGET)$")
ENV = re.compile(r"- name: *\"?(\w+)\"?\s*\n\s*value: *\"?([^\"\n{]+)\"?")
NAME = re.compile(r"^metadata:\n(?:  .*\n)*?  name: *(\S+)", re.M)


def host_of(address):
    return re.sub(r"^\w+://", "", address.strip()).split("/")[0].split(":")[0].split(".")[0]


def manifests(top):
    """{workload: {(key, host)}} of the Deployments and StatefulSets that no template has to fill."""
    out, files = {}, 0
    for path in sorted(glob.glob(os.path.join(top, "**", "*.yaml"), recursive=True)):
        with open(path, encoding="utf-8", errors="replace") as f:
            text = f.read()
        if "{{" in text:
            continue
        for document in re.split(r"^---.*$", text, flags=re.M):
            name = NAME.search(document)
            if not name or not re.search(r"^kind: *(Deployment|StatefulSet) *$", document, re.M):
                continue
            if " containers:" not in document:
                continue
            files += 1
            keys = out.setdefault(name.group(1), set())
            keys.update((k, host_of(v)) for k, v in ENV.findall(document) if KEY.search(k))
    return out, files


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build/meshctl")
    p.add_argument("checkout")
    args = p.parse_args()
    wanted, documents = manifests(args.checkout)
    model = json.loads(subprocess.run([os.path.abspath(args.binary), "-C", args.checkout, "mesh", "model", "-q"],
                                      check=True, stdout=subprocess.PIPE).stdout)
    services = {s["name"]: s for s in model["services"]}
    equal = failed = told = compared = 0
    for name in sorted(services):
        if name not in wanted:
            print(f"# {name}: no workload of the manifests is called so")
            continue
        compared += 1
        calls = {}
        for c in services[name]["calls"]:
            if c["env"]:
                calls.setdefault(c["env"], []).append(c)
        read = {e["key"]: f'{e["path"]}:{e["line"]}' for e in services[name]["env"]}
        for key, host in sorted(wanted[name]):
            edge = f"{name} -> {host} ({key})"
            targets = {c["to"] for c in calls.get(key, [])}
            if not targets:
                failed += 1
                print(f"not ok {edge}: " + (f"read at {read[key]}, but no call is seen" if key in read else
                                            "nothing in the code reads the key"))
            elif host in services and targets != {host}:
                failed += 1
                print(f"not ok {edge}: the code says {sorted(map(str, targets))}")
            elif host not in services and targets != {None}:
                failed += 1
                print(f"not ok {edge}: no Go program is called so, and the code says {sorted(map(str, targets))}")
            else:
                equal += 1
                c = calls[key][0]
                print(f'# = {edge}: {c["path"]}:{c["line"]}' + ("" if host in services else ", not a Go program"))
        for key in sorted(set(calls) - {k for k, _ in wanted[name]}):
            told += 1
            print(f'# + {name} ({key}), {calls[key][0]["path"]}:{calls[key][0]["line"]}: the manifests do not set it')
    if not compared:
        print("not ok callgraph: no service of the code is a workload of the manifests")
        return 1
    print(f"{'not ok' if failed else 'ok'} callgraph: {equal} edges of {compared} Go services equal, {failed} different, "
          f"{told} only in the code; {documents} workloads, {len(wanted)} names")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
