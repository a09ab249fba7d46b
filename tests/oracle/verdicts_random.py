# SPDX-License-Identifier: MIT
"""verdicts_random.py - small random trees with a random policy in another tool's format.  A seed is
the same tree in every version of Python: the verdicts of most seeds are recorded."""
import json
import os

MODULE = "example.com/m"
NAMES = ["domain", "app", "infra", "interfaces", "store", "user", "order", "core", "util", "adapters", "users", "api2"]
# Modules outside of the tree, and their packages.
OUTSIDE = {"github.com/acme/orm": ["", "/dialect", "/dialect/pg"], "github.com/acme/ormlite": [""],
           "gopkg.in/conf.v3": [""], "golang.org/x/syncs": ["/errs"], "acme.test/kit": ["/app/log", "/domain"]}
STD = ["fmt", "os", "os/exec", "net", "net/http", "database/sql", "encoding/json", "strings"]


class Random:
    """A generator of its own: Python does not promise that random gives the same choices for ever."""

    def __init__(self, seed):
        self.state = seed * 2654435761 + 12345

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        return (self.state >> 33) % n

    def chance(self, percent):
        return self.below(100) < percent

    def one(self, items):
        return items[self.below(len(items))]

    def some(self, items, most):
        """Up to `most` different ones, in the order of items."""
        chosen = {self.below(len(items)) for _ in range(self.below(most + 1))} if items else set()
        return [items[i] for i in sorted(chosen)]


def outside_paths():
    return [m + below for m in sorted(OUTSIDE) for below in OUTSIDE[m]]


class Case:
    """A tree: files by path below its top."""

    def __init__(self, kind, seed):
        self.kind, self.rng, self.files = kind, Random(seed * 16 + len(kind)), {}
        self.folders = [""] if self.rng.chance(20) else []
        for _ in range(6 + self.rng.below(10)):
            parent = self.rng.one(self.folders) if self.folders and self.rng.chance(60) else ""
            folder = (parent + "/" if parent else "") + self.rng.one(NAMES)
            if folder not in self.folders and folder.count("/") < 4:
                self.folders.append(folder)
        for i, folder in enumerate(self.folders):
            self.package(i, folder)
        self.files["go.mod"] = self.go_mod()
        getattr(self, "policy_" + kind.replace("-", "_"))()

    def go_mod(self):
        text = f"module {MODULE}\n\ngo 1.21\n"
        for i, module in enumerate(sorted(OUTSIDE)):
            version = "v3.0.0" if module.endswith(".v3") else "v0.0.0"
            text += f"\nrequire {module} {version}\n\nreplace {module} => ../outside/{i}\n"
        return text

    def source(self, name, imports, constraint=""):
        lines = [f"//go:build {constraint}", ""] if constraint else []
        lines += [f"package {name}", ""]
        if len(imports) == 1:
            lines += [f'import _ "{imports[0]}"']
        elif imports:
            lines += ["import ("] + [f'\t_ "{i}"' for i in imports] + [")"]
        return "\n".join(lines) + "\n"

    def package(self, i, folder):
        rng, name = self.rng, folder.rsplit("/", 1)[-1] or "m"
        # Only what stands before it: the go command takes no circles, in tests neither.
        here = [MODULE + ("/" + f if f else "") for f in self.folders[:i]]
        at = folder + "/" if folder else ""

        def chosen(most):
            return rng.some(here, most) + rng.some(outside_paths(), 2) + rng.some(STD, 2)
        self.files[f"{at}{name}.go"] = self.source(name, chosen(5))
        if rng.chance(30):
            self.files[f"{at}more.go"] = self.source(name, chosen(2))
        if rng.chance(25):
            self.files[f"{at}{name}_test.go"] = self.source(name + ("_test" if rng.chance(50) else ""), chosen(2))
        if rng.chance(8):
            self.files[f"{at}other_windows.go"] = self.source(name, chosen(1))
        if rng.chance(5):
            self.files[f"{at}never.go"] = self.source("main", chosen(1), "ignore")
        # go-arch-lint counts such files to tell which component is the smaller one.
        if rng.chance(5) and self.kind != "go-arch-lint":
            self.files[f"{at}testdata/data.go"] = self.source("data", chosen(1))

    def glob(self, double="**"):
        """A pattern that is about some folder of the tree."""
        rng, parts = self.rng, (self.rng.one(self.folders) or self.rng.one(NAMES)).split("/")
        kind = rng.below(9)
        if kind < 2:
            return "/".join(parts)
        if kind < 4:
            return "/".join(parts[:1 + rng.below(len(parts))] + [double])
        if kind == 4:
            return double + "/" + parts[-1]
        if kind == 5:
            return "/".join(parts[:-1] + ["*"])
        if kind == 6:
            return "/".join(["*"] * (len(parts) - 1) + parts[-1:])
        if kind == 7:
            return "/".join([parts[0], double, parts[-1]])
        return "/".join(parts[:-1] + [parts[-1][:2] + "*"])

    def policy_go_arch_lint(self):
        rng = self.rng
        names = [f"c{i}" for i in range(2 + rng.below(6))]
        globs = {n: [self.glob() for _ in range(1 + rng.below(2))] for n in names}
        vendors = {f"v{i}": rng.some(outside_paths() + ["github.com/acme/**", "github.com/*/orm", "acme.test/kit/*/*",
                                                        "github.com/acme/orm/*", "golang.org/**"], 3) for i in range(3)}
        vendors = {v: paths or ["nobody.test/x"] for v, paths in vendors.items()}
        deps = {}
        for n in names:
            if rng.chance(80):
                rule = {"mayDependOn": rng.some(names, 4), "canUse": rng.some(sorted(vendors), 2)}
                rule["anyVendorDeps"] = rng.chance(10)
                if rng.chance(8):
                    rule["mayDependOn"], rule["anyProjectDeps"] = [], True
                deps[n] = {k: v for k, v in rule.items() if v} or {"anyVendorDeps": True}
        policy = {"version": 3, "workdir": ".",
                  "allow": {"depOnAnyVendor": rng.chance(30), "deepScan": False, "ignoreNotFoundComponents": True},
                  "components": {n: {"in": g[0] if len(g) == 1 else g} for n, g in globs.items()},
                  "vendors": {v: {"in": p} for v, p in vendors.items()}, "deps": deps}
        if rng.chance(30):
            policy["commonComponents"] = [rng.one(names)]
        if rng.chance(30):
            policy["commonVendors"] = [rng.one(sorted(vendors))]
        if rng.chance(60):
            policy["excludeFiles"] = [rng.one(["^.*_test\\.go$", "_test\\.go$", ".*/more\\.go$", "/users?/"])]
        if rng.chance(20):
            policy["exclude"] = [rng.one(self.folders) or "none"]
        self.files[".go-arch-lint.yml"] = json.dumps(policy, indent=1) + "\n"

    def dotted(self, loose):
        """A pattern of arch-go; versions 1 and 2 read it alike unless loose."""
        rng, parts = self.rng, (self.rng.one(self.folders) or self.rng.one(NAMES)).split("/")
        tail = ".".join(parts[-1 - rng.below(2):])
        kind = rng.below(8 if loose else 5)
        if kind < 3:
            return f"**.{tail}.**"
        if kind == 3:
            return f"**.{tail}.*"
        if kind == 4:
            return rng.one([tail.replace(".", "/"), f"{MODULE}/{'/'.join(parts)}", "**.m.**"])
        return [f"**.{tail}", f"**.m.*.{parts[-1]}", f"**.{tail[:3]}*"][kind - 5]

    def policy_arch_go(self, loose=False):
        rng, rules = self.rng, []
        for _ in range(1 + rng.below(5)):
            lists = {}
            if rng.chance(80):
                lists["internal"] = [self.dotted(loose) for _ in range(1 + rng.below(3))]
            if rng.chance(30):
                lists["external"] = rng.some(outside_paths() + ["github.com.acme.**", "**.orm.**", "gopkg.in/conf.v3"], 3)
            if rng.chance(30):
                lists["standard"] = rng.some(STD + ["net.**", "os", "golang.org/x/syncs/errs"], 3)
            lists = {k: v for k, v in lists.items() if v} or {"internal": ["**.nothing.**"]}
            rules.append({"package": self.dotted(loose),
                          rng.one(["shouldOnlyDependsOn", "shouldNotDependsOn"]): lists})
        self.files["arch-go.yml"] = json.dumps({"version": 1, "dependenciesRules": rules}, indent=1) + "\n"

    def policy_arch_go_2(self):
        self.policy_arch_go(loose=True)

    def policy_depguard(self):
        rng, rules = self.rng, {}
        prefixes = (outside_paths() + STD + [MODULE + "/" + f for f in self.folders if f] + [MODULE, "github.com/acme"]
                    + [p + "$" for p in outside_paths()[:3]] + [MODULE + "/us", MODULE + "$"])
        for i in range(1 + rng.below(4)):
            rule = {"list-mode": rng.one(["original", "strict", "lax", "Strict"])} if rng.chance(60) else {}
            files = [rng.one(["$all", "!$test", "$test"])] if rng.chance(50) else []
            if rng.chance(60):
                files += [("!" if rng.chance(25) else "") + rng.one(["**/" + self.glob() + "/*.go", "**/" + self.glob() + "/**"])
                          for _ in range(1 + rng.below(2))]
            allow = rng.some(prefixes + ["$gostd"], 5)
            deny = rng.some(prefixes, 4)
            rule.update({"files": files} if files else {})
            rule.update({"allow": allow} if allow else {})
            if deny or not allow:
                rule["deny"] = [{"pkg": p, "desc": "not here"} for p in deny or [prefixes[0]]]
            rules[f"r{i}"] = rule
        policy = {"version": "2", "linters": {"enable": ["depguard"], "settings": {"depguard": {"rules": rules}}}}
        self.files[".golangci.yml"] = json.dumps(policy, indent=1) + "\n"

    def policy_import_restrictions(self):
        rng = self.rng
        for folder in rng.some(self.folders, 5) or [self.folders[0]]:
            body = {}
            for key in ["rules"] if rng.chance(80) else ["rules", "inverseRules"]:
                body[key] = [self.restriction(key) for _ in range(1 + rng.below(3))]
            at = folder + "/" if folder else ""
            self.files[at + ".import-restrictions"] = json.dumps(body, indent=1) + "\n"

    def restriction(self, key):
        rng = self.rng
        own = [MODULE + ("/" + f if f else "") for f in self.folders]
        prefixes = own + [""] + (outside_paths() + ["github.com/acme"] + STD if key == "rules" else [])
        selectors = ["example[.]com", "example[.]com/m/us", MODULE, "", "/domain", "order$"]
        selectors += ["acme", "^net", "[.]", "^[a-z]+(/|$)"] if key == "rules" else []
        rule = {"selectorRegexp": rng.one(selectors)}
        allowed, forbidden = rng.some(prefixes, 6), rng.some(prefixes, 2)
        if allowed:
            rule["allowedPrefixes"] = allowed
        if forbidden:
            rule["forbiddenPrefixes"] = forbidden
        if rng.chance(8):
            rule["transitive"] = True
        return rule

    def policy_go_cleanarch(self):
        pass

    def write(self, top):
        """Writes the tree to top/m and what it imports beside it; returns its folder."""
        place = os.path.join(top, "m")
        files = {os.path.join(place, path): text for path, text in self.files.items()}
        for i, module in enumerate(sorted(OUTSIDE)):
            at = os.path.join(top, "outside", str(i))
            files[os.path.join(at, "go.mod")] = f"module {module}\n\ngo 1.21\n"
            for below in OUTSIDE[module]:
                files[f"{at}{below}/p.go"] = "package p\n"
        for path, text in files.items():
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)
        return place
