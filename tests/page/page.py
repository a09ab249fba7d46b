#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""page.py [--binary FILE] [--build DIR] - `meshctl report` in a headless Chromium (check.js): pages of the shop with and
without a policy, with a past, of hostile names, of a thousand packages; besides that the scripts parse and equal input gives equal bytes.
axe comes from npm, pinned by package-lock.json and kept in DIR/cache.
"""
import argparse
import glob
import os
import random
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [os.path.join(HERE, "..", "cli"), os.path.join(HERE, "..", "validators")]
import npm
from sandbox import Sandbox

SHOP = os.path.join(ROOT, "testdata", "repos", "shop")
EVIL = ["</script><img src=x onerror=pwned=1>", "<b class=evil>", "\"quote'", "a&amp;b", "line\nbreak", "turn\u202eback", "\u2066iso\u2069",
        "-->", "<!--<script>", "${pwned=1}", "\\u003cscript", "ünï", "订单", "x" * 240, "\U000e0041tag", "__proto__", "constructor"]


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", errors="surrogateescape") as f:
        f.write(text)


def hostile(top):
    """Folders, a module, contexts, owners and lines of code that a page could take for something else."""
    write(f"{top}/go.mod", "module example.com/m\n\ngo 1.21\n")
    # A file's owner and its context may be of any length: no file system bounds them.
    write(f"{top}/CODEOWNERS", "* @a</script><script>pwned=1</script>" + "y" * 10000 + "\n")
    for i, name in enumerate(EVIL + ["bad\udcffutf8"]):
        target = "constructor" if name != "constructor" else "plain"
        write(f"{top}/{name}/a.go", f"// domain: {'z' * 9000 if i == 3 else 'd<i>' + str(i % 3)}\npackage p\n\n"
              f"import (\n\t_ \"example.com/m/{target}\"\n\t_ \"example.com/m/none\"\n)\n" + "// </script>" + "w" * 12000 + "\n")
    write(f"{top}/plain/a.go", "package plain\n\nimport _ \"example.com/m/none</script><script>pwned=1</script>\"\n")
    write(f"{top}/go/{'/'.join(['d' * 200] * 12)}/a.go", "package deep\n")


def large(top, packages=1000):
    """Packages of a size and with names as repositories have them, some in circles, a policy with findings."""
    rand = random.Random(7)
    names = [f"internal/{layer}/{domain}/{part}" for layer in ("controller", "service", "dao", "model", "client")
             for domain in (f"domain{i:02}" for i in range(20)) for part in (f"component{i}" for i in range(10))][:packages]
    write(f"{top}/go.mod", "module github.com/acme/enterprise-platform\n\ngo 1.21\n")
    write(f"{top}/.meshctl.yaml", "version: 1\nextends: mvc\n")
    for i, name in enumerate(names):
        after = names[i + 1:]
        wanted = {rand.choice(after) for _ in range(6) if after}
        if i > 400 and i % 40 == 0:
            wanted.add(names[rand.randrange(0, 200)])
        lines = "".join(f"\t_ \"github.com/acme/enterprise-platform/{w}\"\n" for w in sorted(wanted))
        write(f"{top}/{name}/code.go", f"package {os.path.basename(name)}\n\nimport (\n{lines})\n")


def past(box):
    """Half a year of commits, by two authors; one of them repairs what the other wrote."""
    files = ["internal/service/order/service.go", "internal/dao/order/order.go", "internal/controller/order/order.go"]
    lines = ["git init -q .", "git add -A"]
    for month in range(1, 7):
        who, day = "Ada" if month % 2 else "Bob", f"2025-{month:02}-15T12:00:00Z"
        lines.append(f"GIT_AUTHOR_NAME={who} GIT_AUTHOR_EMAIL={who}@example.com GIT_AUTHOR_DATE={day} GIT_COMMITTER_DATE={day} "
                     f"git commit -qm '{'fix' if month % 2 else 'more'} {month}'")
        for f in files[:1 + month % len(files)]:
            lines.append(f"echo '// in month {month}' >>{f}")
        if month == 4:
            lines.append("mkdir -p internal/late && printf 'package late\\n\\nfunc F() {}\\n' >internal/late/late.go")
        lines.append("git add -A")
    run(box, " && ".join(lines[:-1]))
    run(box, "git checkout -q .; git reset -q --hard")


def run(box, command, status=(0,)):
    code, out, err = box.run(command)
    assert code in status, f"{command}: status {code}: {err}"
    return out


def pages(binary, folder):
    """The pages, and as JSON what other commands say of the same trees."""
    def put(box, name, options=""):
        run(box, f"meshctl report -q {options} -o page.html")
        shutil.copy(os.path.join(box.dir, "page.html"), os.path.join(folder, f"{name}.html"))
        os.unlink(os.path.join(box.dir, "page.html"))

    def tell(box, name, command, status=(0, 1)):
        with open(os.path.join(folder, f"{name}.json"), "wb") as f:
            f.write(run(box, f"meshctl {command} --json", status))

    with Sandbox(binary) as box:
        box.fill(SHOP)
        put(box, "shop")
        put(box, "again", "-j 1 --no-cache")
        tell(box, "shop-dir2", "graph -q --level dir:2")
        tell(box, "shop-test", "graph -q --level test")
        tell(box, "shop-cycles", "cycles -q")
        write(f"{box.dir}/.meshctl.yaml", "version: 1\nextends: mvc\ncontexts:\n" + "".join(
            f"  {c}: {{in: [internal/*/{c}/**]}}\n" for c in ("order", "user", "payment", "inventory", "shipping", "coupon")))
        put(box, "policy")
        tell(box, "policy-analyze", "analyze -q")
        tell(box, "policy-layers", "layers -q")
    with Sandbox(binary) as box:
        box.fill(SHOP)
        past(box)
        put(box, "past")
        for name, command in (("debt", "debt"), ("hotspots", "history hotspots"), ("owners", "history owners"),
                              ("trend", "history trend --debt --since 11m --every 1m")):
            tell(box, f"past-{name}", f"{command} -q")
    for name, fill in (("hostile", hostile), ("large", large)):
        with Sandbox(binary) as box:
            fill(box.dir)
            put(box, name)
    with Sandbox(binary) as box:
        write(f"{box.dir}/go.mod", "module example.com/none\n\ngo 1.21\n")
        write(f"{box.dir}/a_test.go", "package none\n")
        code, _, err = box.run("meshctl report -q -o page.html")
        assert code in (0, 3), err
        shutil.copy(os.path.join(box.dir, "page.html"), os.path.join(folder, "empty.html"))


def verdict(good, name, why=""):
    print(f"{'ok' if good else 'not ok'} page: {name}" + ("" if good else "\n  " + str(why)))
    return not good


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build/meshctl")
    p.add_argument("--build", default="build")
    args = p.parse_args()
    failed = 0
    for script in sorted(glob.glob(os.path.join(ROOT, "templates/report/*.js")) + glob.glob(os.path.join(HERE, "*.js"))):
        check = subprocess.run(["node", "--check", script], stderr=subprocess.PIPE, check=False)
        failed += verdict(check.returncode == 0, "parses: " + os.path.basename(script), check.stderr.decode())
    with open(os.path.join(ROOT, "cmd/panels.def"), encoding="utf-8") as f:
        panels = [line.split('"')[1] for line in f if line.startswith("PANEL(")]
    have = sorted(os.path.basename(p)[6:-3] for p in glob.glob(os.path.join(ROOT, "templates/report/panel-*.js")))
    failed += verdict(sorted(panels) == have, "each panel has its script", f"{panels} {have}")
    folder = os.path.join(args.build, "page")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    pages(args.binary, folder)
    with open(os.path.join(folder, "shop.html"), "rb") as one, open(os.path.join(folder, "again.html"), "rb") as two:
        failed += verdict(one.read() == two.read(), "the same bytes, whatever the threads and the cache")
    axe = []
    if shutil.which("npm"):
        axe = [os.path.join(npm.install(HERE, "page", os.path.abspath(args.build)), "node_modules", "axe-core", "axe.min.js")]
    status = subprocess.run(["node", os.path.join(HERE, "check.js"), folder, *axe], timeout=600, check=False).returncode
    return 1 if failed or status else 0


if __name__ == "__main__":
    sys.exit(main())
