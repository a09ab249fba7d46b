# SPDX-License-Identifier: MIT
"""verdicts_real.py - copies of other people's repositories, changed so that the tools run on them
without their dependencies, and so that a clean tree has something to judge."""
import os
import re

from verdicts_tools import Tree

STUBBED = ("arch-go", "import-restrictions")     # tools that give up where a dependency is not there


MOST = 30000                            # imports that are added, about


def prepare(top, name):
    if name == "go-arch-lint":
        # Imports only: no types of dependencies that are not there, no components of yesterday.
        path = os.path.join(top, ".go-arch-lint.yml")
        with open(path, encoding="utf-8") as f:
            text = re.sub(r"^ *deepScan:.*\n", "", f.read(), flags=re.M)
        flags = "  deepScan: false\n  ignoreNotFoundComponents: true\n"
        text, n = re.subn(r"^allow:[ \t]*\n", "allow:\n" + flags, text, flags=re.M)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text if n else text + "\nallow:\n" + flags)
    if name in STUBBED:
        stub(top)


def stub(top):
    """Empty packages for all that the tree imports from elsewhere."""
    tree = Tree(top)
    with open(os.path.join(top, "go.mod"), encoding="utf-8") as f:
        text = f.read()
    required = re.findall(r"^(?:require)?\s*([\w.~/-]+\.[\w.~/-]+) (v\S+)", text, re.M)
    paths = {p for folder, p in tree.sites if tree.folder_of(p) is None and "." in p.split("/")[0]}
    lines, outside = [f"module {tree.modules['']}", "", "go 1.21", ""], os.path.join(os.path.dirname(top), "outside")
    for i, (module, version) in enumerate(sorted(set(required))):
        mine = sorted(p for p in paths if p == module or p.startswith(module + "/"))
        mine = [p for p in mine if not any(len(m) > len(module) and (p == m or p.startswith(m + "/")) for m, _ in required)]
        at = os.path.join(outside, str(i))
        os.makedirs(at, exist_ok=True)
        with open(os.path.join(at, "go.mod"), "w", encoding="utf-8") as f:
            f.write(f"module {module}\n\ngo 1.21\n")
        for path in mine:
            folder = at + path[len(module):]
            os.makedirs(folder, exist_ok=True)
            with open(os.path.join(folder, "stub.go"), "w", encoding="utf-8") as f:
                f.write("package stub\n")
        lines += [f"require {module} {version}", "", f"replace {module} => {at}", ""]
    with open(os.path.join(top, "go.mod"), "w", encoding="utf-8") as f:
        f.write("\n".join(lines))


def ordered(tree, folders):
    """The packages, each behind what it imports; None in a circle."""
    after, done, order = {f: set() for f in folders}, set(), []
    for (folder, path), sites in tree.sites.items():
        target = tree.folder_of(path)
        if folder in after and target in after and target != folder and any(not s.test for s in sites):
            after[folder].add(target)
    while len(order) < len(folders):
        ready = [f for f in folders if f not in done and after[f] <= done]
        if not ready:
            return None
        done.update(ready)
        order += ready
    return order


def importable(target, importer):
    """Does Go let it, by the folder `internal`?"""
    parts = target.split("/")
    if "internal" not in parts:
        return True
    above = "/".join(parts[:len(parts) - 1 - parts[::-1].index("internal")])
    return not above or importer == above or importer.startswith(above + "/")


def probe(top, build):
    """Lets every package import every other, and all that any of them imports from elsewhere; nested
    modules do not take part.  build: only as far as the go command takes it, and without tests,
    which would make circles.  Of large trees some.  Returns how many imports that is."""
    for folder, _, names in os.walk(top) if build else ():
        for name in (n for n in names if n.endswith("_test.go")):
            os.unlink(os.path.join(folder, name))
    tree, clauses, count = Tree(top), {}, 0
    for folder in sorted(tree.folders):
        names = [n for n in sorted(os.listdir(os.path.join(top, folder))) if n.endswith(".go") and not n.endswith("_test.go")]
        for name in names if "" not in tree.modules or not tree.module_of(folder) else ():
            with open(os.path.join(top, folder, name), encoding="utf-8", errors="replace") as f:
                text = f.read()
            clause = re.search(r"^package\s+(\w+)", text, re.M)
            if clause and not re.search(r"^//go:build", text.split("\npackage ")[0], re.M):
                clauses[folder] = clause[1]
                break
    outside = sorted({p for folder, p in tree.sites if tree.folder_of(p) is None and p != "C" and not build
                      and any(not s.walked and not s.test for s in tree.sites[folder, p])})
    folders = sorted(clauses)
    order = (ordered(tree, folders) if build else folders) or folders
    for i, folder in enumerate(order):
        here = [f for f in (order[:i] if build else order) if f != folder]
        if build:
            here = [f for f in here if clauses[f] != "main" and importable(f, folder)]
        step = 1 + len(order) ** 2 // MOST
        paths = [tree.import_path(f) for f in here[i % step::step]] + outside
        count += len(paths)
        with open(os.path.join(top, folder, "zz_probe.go"), "w", encoding="utf-8") as f:
            f.write(f"package {clauses[folder]}\n\nimport (\n" + "".join(f'\t_ "{p}"\n' for p in paths) + ")\n")
    return count
