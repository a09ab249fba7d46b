#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""mesh_files.py [--build DIR] --binary FILE - what `meshctl mesh generate` and `plan` write is what others take.

Every target and stage of every fixture, and a release: the schemas and types of npm kubernetes-models, our own
`mesh lint`, nginx -t, promtool, shapes of Consul's files and of the collector's; the same again changes nothing; what a
person wrote stays.
"""
import argparse
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "validators"))
import npm

OWN = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(OWN)
FIXTURES = {"bookshop": "testdata/mesh/bookshop", "depot": "testdata/mesh/depot", "shop": "testdata/repos/shop"}
# Before the mesh no target differs from another.
ALL = (("istio", "mono"), ("istio", "split"), ("istio", "mesh"), ("gateway-api", "mesh"), ("consul", "mesh"), ("nginx", "mesh"))
# What the documentation of Consul lists, for what we write of it.
CONSUL = {
    "service": {"id", "name", "port", "tags", "meta", "checks", "connect"},
    "check": {"id", "name", "http", "grpc", "tcp", "interval", "timeout"},
    "service-defaults": {"Kind", "Name", "Protocol"},
    "service-resolver": {"Kind", "Name", "DefaultSubset", "Subsets"},
    "service-splitter": {"Kind", "Name", "Splits"},
    "service-router": {"Kind", "Name", "Routes"},
    "service-intentions": {"Kind", "Name", "Sources"},
}


class Failed(Exception):
    pass


def need(holds, words):
    if not holds:
        raise Failed(words)


def run(args, **kw):
    return subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, text=True, **kw)


class Box:
    """Copies of the fixtures, each a repository of its own, with everything generated."""

    def __init__(self, binary, top):
        self.binary, self.top = binary, top
        self.trees = {}
        for name, path in FIXTURES.items():
            tree = os.path.join(top, name)
            shutil.copytree(os.path.join(ROOT, path), tree)
            run(["git", "init", "-q", tree])
            self.trees[name] = tree

    def mesh(self, name, *args):
        env = {**os.environ, "SOURCE_DATE_EPOCH": "1767225600"}
        return run([self.binary, "-C", self.trees[name], "mesh", *args], env=env)

    def out(self, name, target, stage):
        return os.path.join(self.top, "out", name, target, stage)

    def generate(self):
        for name in self.trees:
            for target, stage in ALL:
                r = self.mesh(name, "generate", "--target", target, "--stage", stage, "-o", self.out(name, target, stage))
                need(r.returncode == 0, f"{name} {target} {stage}: status {r.returncode}\n{r.stdout}")
        r = self.mesh("bookshop", "plan", "orders", "--zone", "eu-1", "-o", os.path.join(self.top, "out/plan"))
        need(r.returncode == 0, f"plan: status {r.returncode}\n{r.stdout}")

    def files(self, suffix):
        return sorted(p for p in glob.glob(os.path.join(self.top, "out", "**"), recursive=True) if p.endswith(suffix))


def documents(path):
    with open(path, encoding="utf-8") as f:
        return [d for d in yaml.safe_load_all(f) if d]


def schemas(box, build):
    folder = npm.install(os.path.join(OWN, "validators/manifests"), "manifests", build)
    shutil.copy(os.path.join(OWN, "validators/manifests/check.mjs"), folder)
    files = box.files(".yaml")
    # Wrong in two ways, which the judge has to see both.
    bad = os.path.join(box.top, "bad.yaml")
    with open(bad, "w", encoding="utf-8") as f:
        f.write("apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {ports: [{port: many}]}\n---\n"
                "apiVersion: v1\nkind: Service\nmetadata: {name: y}\nspec: {selektor: {a: b}}\n")
    # The same file of another stage need not be judged again.
    once = {}
    for path in files:
        with open(path, encoding="utf-8") as f:
            once.setdefault(f.read(), path)
    r = subprocess.run(["node", "check.mjs"], cwd=folder, input=json.dumps([*once.values(), bad]), stdout=subprocess.PIPE,
                       text=True, timeout=120, check=True)
    answer = json.loads(r.stdout)
    seen = [w for w in answer["wrong"] if w.startswith(bad)]
    need(any("selektor" in w for w in seen) and any("/port " in w for w in seen), f"the judge is blind: {seen}")
    wrong = [w for w in answer["wrong"] if not w.startswith(bad)]
    need(not wrong, "\n".join(wrong[:20]))
    return f"{answer['documents'] - 2} documents of {len(files)} files"


def lint(box, _build):
    n = 0
    for name, tree in box.trees.items():
        for target, stage in ALL:
            inside = os.path.join(tree, "generated-for-lint")
            shutil.rmtree(inside, ignore_errors=True)
            shutil.copytree(box.out(name, target, stage), inside)
            r = box.mesh(name, "lint", "generated-for-lint")
            need(r.returncode == 0 and " 0 errors, 0 warnings" in r.stdout, f"{name} {target} {stage}:\n{r.stdout}")
            shutil.rmtree(inside)
            n += 1
    for step in sorted(glob.glob(os.path.join(box.top, "out/plan/[0-9]*"))):
        inside = os.path.join(box.trees["bookshop"], "generated-for-lint")
        shutil.copytree(step, inside)
        r = box.mesh("bookshop", "lint", "generated-for-lint")
        need(r.returncode == 0 and " 0 errors" in r.stdout, f"{step}:\n{r.stdout}")
        shutil.rmtree(inside)
        n += 1
    return f"{n} folders"


def nginx(box, _build):
    n = 0
    for main in box.files("nginx/nginx.conf"):
        copy = os.path.join(box.top, "nginx-test")
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(os.path.dirname(main), copy)
        # Names of a cluster are not known here; nginx looks them up when it starts.
        for path in glob.glob(os.path.join(copy, "conf.d/*.conf")):
            with open(path, encoding="utf-8") as f:
                text = re.sub(r"^( *server )[a-z0-9.-]+\.svc\.cluster\.local:", r"\g<1>127.0.0.1:", f.read(), flags=re.M)
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)
        r = run(["nginx", "-t", "-q", "-p", copy, "-g", f"pid {copy}/pid;", "-c", os.path.join(copy, "nginx.conf")])
        errors = [l for l in r.stdout.splitlines() if "[emerg]" in l or "[warn]" in l]
        need(r.returncode == 0 and not errors, r.stdout)
        n += 1
    need(n == len(FIXTURES), f"{n} configurations")
    return f"{n} configurations"


def promtool(box, _build):
    n = 0
    for path in box.files(".yaml"):
        for d in documents(path):
            if d["kind"] != "PrometheusRule":
                continue
            rules = os.path.join(box.top, "rules.yaml")
            with open(rules, "w", encoding="utf-8") as f:
                yaml.safe_dump({"groups": d["spec"]["groups"]}, f)
            r = run(["promtool", "check", "rules", rules])
            need(r.returncode == 0, f"{path}: {r.stdout}")
            n += 1
    need(n >= 10, f"only {n} rules")
    return f"{n} groups of rules"


def guard(box, _build):
    """The release guard against what Istio reports of an old version that never fails, and a new one."""
    step = glob.glob(os.path.join(box.top, "out/plan/*-50-percent/release.yaml"))[0]
    groups = [d for d in documents(step) if d["kind"] == "PrometheusRule"][0]["spec"]["groups"]
    host = re.search(r'destination_service="([^"]+)"', json.dumps(groups).replace('\\"', '"')).group(1)

    def series(version, labels, more):
        words = {"reporter": "destination", "destination_service": host, "destination_version": version, **labels}
        return {"series": "istio_requests_total{" + ",".join(f'{k}="{v}"' for k, v in words.items()) + "}", "values": more}

    good, fails = {"response_code": "200"}, {"response_code": "500"}
    grpc = {"response_code": "200", "request_protocol": "grpc", "grpc_response_status": "13"}
    none = {"response_code": "200", "request_protocol": "grpc", "grpc_response_status": "5"}
    cases = (("fails", [fails], True), ("fails in gRPC", [grpc], True), ("both", [fails, good], True),
             ("is well", [good], False), ("does not find", [none], False))
    tests = []
    for name, labels, fires in cases:
        alert = {"exp_labels": {"severity": "page", "service": "orders"}, "exp_annotations":
                 {"summary": "the new version fails more often than the old one, roll back"}}
        tests.append({"name": name, "interval": "1m", "input_series":
                      [series("v1", good, "0+60x30"), *(series("v2", l, "0+60x30") for l in labels)],
                      "alert_rule_test": [{"eval_time": "20m", "alertname": "MeshReleaseFails",
                                           "exp_alerts": [alert] if fires else []}]})
    for name, what in (("rules.yaml", {"groups": groups}), ("rules-test.yaml", {"rule_files": ["rules.yaml"], "tests": tests})):
        with open(os.path.join(box.top, name), "w", encoding="utf-8") as f:
            yaml.safe_dump(what, f)
    r = run(["promtool", "test", "rules", os.path.join(box.top, "rules-test.yaml")])
    need(r.returncode == 0, r.stdout)
    return f"{len(tests)} states of a release"


def collector(box, _build):
    n = 0
    for path in box.files("otel-collector.yaml"):
        config = yaml.safe_load(documents(path)[0]["data"]["collector.yaml"])
        for name, pipeline in config["service"]["pipelines"].items():
            for kind in ("receivers", "processors", "exporters"):
                need(pipeline[kind], f"{path}: {name} has no {kind}")
                missing = [c for c in pipeline[kind] if c not in config[kind]]
                need(not missing, f"{path}: {name} names {missing}")
            need(pipeline["processors"][0] == "memory_limiter" and pipeline["processors"][-1] == "batch", f"{path}: order")
        unused = [k for kind in ("receivers", "processors", "exporters") for k in config[kind]
                  if not any(k in p[kind] for p in config["service"]["pipelines"].values())]
        need(not unused, f"{path}: nothing uses {unused}")
        need(all(e in config["extensions"] for e in config["service"]["extensions"]), f"{path}: extensions")
        n += 1
    return f"{n} configurations"


def hcl(text):
    """As much of HCL as Consul's files need: members, objects, lists, strings, numbers, comments."""
    tokens = re.findall(r'"(?:[^"\\$]|\\.)*"|[A-Za-z_][\w-]*|\d+|[{}\[\]=,]|(?:#[^\n]*)|\n|[ \t]+|.', text)
    tokens = [t for t in tokens if t.strip() and not t.startswith("#")]
    at = 0

    def value():
        nonlocal at
        t = tokens[at]
        at += 1
        if t == "{":
            return members("}")
        if t == "[":
            items = []
            while tokens[at] != "]":
                items.append(value())
                if tokens[at] == ",":
                    at += 1
                else:
                    need(tokens[at] == "]", f"no comma before {tokens[at]}")
            at += 1
            return items
        if t.startswith('"'):
            return json.loads(t)
        need(t.isdigit(), f"no value: {t}")
        return int(t)

    def members(end):
        nonlocal at
        found = {}
        while at < len(tokens) and tokens[at] != end:
            key = tokens[at].strip('"')
            need(re.fullmatch(r"[\w-]+", key) and key not in found, f"no key: {key}")
            at += 1
            if tokens[at] == "=":
                at += 1
            else:
                need(tokens[at] == "{", f"no value for {key}")
            found[key] = value()
        need(end is None or at < len(tokens), "not closed")
        at += 1
        return found

    return members(None)


def consul(box, _build):
    n = 0
    for path in box.files(".hcl"):
        with open(path, encoding="utf-8") as f:
            d = hcl(f.read())
        if "service" in d:
            s = d["service"]
            need(set(d) == {"service"} and set(s) <= CONSUL["service"], f"{path}: {sorted(s)}")
            for check in s.get("checks", []):
                need(set(check) <= CONSUL["check"] and "interval" in check, f"{path}: {check}")
                need(sum(k in check for k in ("http", "grpc", "tcp")) == 1, f"{path}: {check}")
            up = s["connect"]["sidecar_service"]["proxy"]["upstreams"]
            need(len({u["local_bind_port"] for u in up}) == len(up), f"{path}: ports of upstreams")
        else:
            need(d["Kind"] in CONSUL and set(d) == CONSUL[d["Kind"]], f"{path}: {sorted(d)}")
            need(sum(s["Weight"] for s in d.get("Splits", [])) in (0, 100), f"{path}: weights")
            need(d["Name"] + "." + d["Kind"] + ".hcl" == os.path.basename(path), f"{path}: name")
        n += 1
    need(n > 10, f"only {n} files")
    return f"{n} files"


def facts(box, _build):
    """What the code of the book shop says is in its manifests."""
    out = box.out("bookshop", "istio", "mesh")

    def one(path, kind):
        return next(d for d in documents(os.path.join(out, path)) if d["kind"] == kind)

    web = one("bookshop-web/deployment.yaml", "Deployment")["spec"]["template"]["spec"]["containers"][0]
    need(web["env"] == [{"name": "ORDERS_URL", "value": "http://orders:8081"}], web["env"])
    need(web["readinessProbe"]["httpGet"] == {"path": "/healthz", "port": 8080}, web["readinessProbe"])
    orders = one("orders/deployment.yaml", "Deployment")["spec"]["template"]["spec"]
    box_ = orders["containers"][0]
    need(box_["livenessProbe"]["httpGet"]["path"] == "/healthz/live", box_["livenessProbe"])
    need(box_["readinessProbe"]["httpGet"]["path"] == "/healthz/ready", box_["readinessProbe"])
    need(box_["lifecycle"]["preStop"]["sleep"]["seconds"] < orders["terminationGracePeriodSeconds"], "preStop")
    need(":latest" not in box_["image"] and ":" in box_["image"], box_["image"])
    users = one("users/deployment.yaml", "Deployment")["spec"]["template"]["spec"]["containers"][0]
    need(users["readinessProbe"]["grpc"] == {"port": 9090}, users["readinessProbe"])
    policy = one("users/authorizationpolicy.yaml", "AuthorizationPolicy")["spec"]["rules"][0]
    need(policy["from"][0]["source"]["principals"] == ["cluster.local/ns/default/sa/orders"], policy)
    route = one("orders/virtualservice.yaml", "VirtualService")["spec"]["http"][0]
    need(route["timeout"] == "3s" and route["retries"]["attempts"] == 0, route)
    rule = one("orders/destinationrule.yaml", "DestinationRule")["spec"]["trafficPolicy"]
    need(rule["outlierDetection"]["baseEjectionTime"] == "5s" and "timeout" not in json.dumps(rule).lower(), rule)
    entry = one("external/default.api.stripe.com/serviceentry.yaml", "ServiceEntry")["spec"]
    need(entry["hosts"] == ["api.stripe.com"], entry)
    depot = box.out("depot", "istio", "mono")
    both = [documents(os.path.join(depot, f"{name}/service.yaml"))[0]["spec"] for name in ("parcels", "stock")]
    one_ = documents(os.path.join(depot, "depot/deployment.yaml"))[0]["spec"]["template"]["spec"]["containers"][0]
    need(both[0] == both[1] and both[0]["selector"] == {"app": "depot"}, both)
    need(both[0]["ports"][0]["targetPort"] == one_["ports"][0]["name"], (both, one_["ports"]))
    need(one_["image"] == "registry.example/depot:2024.1", one_["image"])
    need(not os.path.exists(os.path.join(depot, "carrier")), "a service whose code is not here is generated")
    mtls = documents(os.path.join(box.out("depot", "istio", "mesh"), "parcels/peerauthentication.yaml"))[0]["spec"]["mtls"]
    need(mtls["mode"] == "PERMISSIVE", "STRICT while a caller is outside")
    for path in box.files(".yaml"):
        with open(path, encoding="utf-8") as f:
            text = f.read()
        need(text.startswith("# meshctl:generated "), path)
        need("/gateway-api/" not in path or "istio.io/" not in text, f"{path}: two routing APIs")


def again(box, _build):
    """The same again writes nothing; a hand's work stays."""
    out = box.out("bookshop", "istio", "mesh")

    def generate():
        return box.mesh("bookshop", "generate", "-o", out)

    r = generate()
    need(r.returncode == 0 and re.fullmatch(r"(?s).*files +\d+ unchanged\n.*", r.stdout) and "new  " not in r.stdout, r.stdout)
    path = os.path.join(out, "orders/deployment.yaml")
    with open(path, encoding="utf-8") as f:
        before = f.read()
    with open(path, "w", encoding="utf-8") as f:
        f.write(before.replace("replicas: 2", "replicas: 5"))
    r = generate()
    need(r.returncode == 0 and "1 edited" in r.stdout, r.stdout)
    main = os.path.join(box.trees["bookshop"], "cmd/orders/main.go")
    with open(main, encoding="utf-8") as f:
        code = f.read()
    with open(main, "w", encoding="utf-8") as f:
        f.write(code.replace("/healthz/ready", "/readyz"))
    r = generate()
    need(r.returncode == 1 and "1 conflict" in r.stdout, r.stdout)
    with open(path, encoding="utf-8") as f:
        need("replicas: 5" in f.read(), "a person's change is lost")
    with open(path + ".generated", encoding="utf-8") as f:
        need("/readyz" in f.read(), "the new text is not beside it")
    with open(main, "w", encoding="utf-8") as f:
        f.write(code)
    os.unlink(path)
    r = generate()
    need(r.returncode == 0 and not os.path.exists(path + ".generated"), r.stdout)
    with open(path, encoding="utf-8") as f:
        need(f.read() == before, "not as before")


def outside(box, _build):
    """Nothing is written outside of the folder."""
    out = os.path.join(box.top, "linked")
    elsewhere = os.path.join(box.top, "elsewhere")
    os.makedirs(out)
    os.makedirs(elsewhere)
    os.symlink(elsewhere, os.path.join(out, "orders"))
    r = box.mesh("bookshop", "generate", "-o", out)
    need(r.returncode != 0 and "symbolic link" in r.stdout and not os.listdir(elsewhere), r.stdout)
    for steps in ("5,1,100", "1,5", "0,100", "1,,100", "x"):
        r = box.mesh("bookshop", "plan", "orders", "--steps", steps, "-o", elsewhere)
        need(r.returncode == 2 and not os.listdir(elsewhere), f"{steps}: {r.stdout}")
    r = box.mesh("bookshop", "generate", "../evil", "-o", elsewhere)
    need(r.returncode == 2 and not os.listdir(elsewhere), r.stdout)
    r = box.mesh("bookshop", "generate", "--print", "-o", elsewhere)
    need(r.returncode == 0 and not os.listdir(elsewhere), r.stdout)
    r = box.mesh("bookshop", "generate", "users")
    need(r.returncode == 0 and list(yaml.safe_load_all(r.stdout)), r.stdout)


def plan(box, _build):
    """Every script of a plan is one that a shell reads."""
    scripts = sorted(glob.glob(os.path.join(box.top, "out/plan/*/rollback.sh")))
    need(len(scripts) == 10, scripts)
    for path in scripts:
        r = run(["sh", "-n", path])
        need(r.returncode == 0 and os.access(path, os.X_OK), f"{path}: {r.stdout}")
        with open(path, encoding="utf-8") as f:
            target = re.search(r'\$here/\.\./([^"]*)"', f.read())[1]
        need(os.path.exists(os.path.join(box.top, "out/plan", target)), f"{path} applies {target}")
    with open(os.path.join(box.top, "out/plan/RUNBOOK.md"), encoding="utf-8") as f:
        book = f.read()
    for step in glob.glob(os.path.join(box.top, "out/plan/[0-9]*")):
        need(f"`{os.path.basename(step)}`" in book, f"{step} is not in the runbook")


CASES = (schemas, lint, nginx, promtool, guard, collector, consul, facts, plan, outside, again)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", required=True)
    p.add_argument("--build", default="build")
    args = p.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory() as top:
        box = Box(os.path.abspath(args.binary), top)
        try:
            box.generate()
        except Failed as e:
            print(f"not ok generate\n{e}")
            return 1
        for case in CASES:
            try:
                said = case(box, args.build)
                print(f"ok {case.__name__}" + (f": {said}" if said else ""))
            except (Failed, OSError, subprocess.SubprocessError, KeyError, StopIteration, yaml.YAMLError) as e:
                bad += 1
                print(f"not ok {case.__name__}\n{e}")
    return 1 if bad else 0


sys.exit(main())
