#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""formats.py [--binary FILE] - what `meshctl graph` draws, read by the tools that it is for: DOT by dot, SVG by
xmllint, GraphML by networkx, PNG by a decoder.  All say the same graph, also where names are quotes, markup, controls
or 10,000 characters long.  A Graphviz that hangs, crashes, stops halfway or is not there (libraries that are made
here) is an error with a cause and status 3, and the file of before stays as it is."""
import argparse
import collections
import json
import os
import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as xml
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "cli"))
from sandbox import Sandbox

try:
    import networkx
except ImportError:
    # Debian's module belongs to Debian's Python, which need not be the first one.
    if os.path.realpath(sys.executable).startswith("/usr/bin/"):
        raise
    os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])

NAMES = ['quote"d', "single'", "back\\N\\slash\\", "</script><script>alert(1)", "<b>html</b>", "<!--", "]]>", "&lt;&#10;&bogus;",
         "new\nline\ttab", "esc\033[31m", "bidi\u202eabc\u2066d", "zero\u200bwidth", b"bad\xff\xc0utf", "\ufffe\uffff", "\u8ba2\u5355",
         "-.", "node", "graph", "0", "%s%n", "\\N\\G\\E", "a:b", "a->b", "{a|b}", "javascript:alert(1)", "x" * 10000, '"\\<&' * 2500]
# Controls, and marks that change how a text looks.
HOSTILE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
SVG = "{http://www.w3.org/2000/svg}"
failed = 0


def need(holds, *words):
    if not holds:
        raise AssertionError(" ".join(str(w) for w in words)[:1500])


def result(name, test, *args):
    global failed
    try:
        test(*args)
    except AssertionError as e:
        failed = 1
        print(f"not ok {name}\n  " + str(e).replace("\n", "\n  "), flush=True)
    else:
        print(f"ok {name}", flush=True)


def tool(words, data):
    run = subprocess.run(words, input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    need(run.returncode == 0 and not run.stderr, f"{words[0]}: status {run.returncode}:", run.stderr.decode("utf-8", "replace"))
    return run.stdout


def hostile(box):
    """A commit, because no disk holds all of these names."""
    def file(path, text):
        quoted = re.sub(rb'[\x00-\x1f"\\\x7f-\xff]', lambda m: b"\\%03o" % m[0][0], path)
        return b'M 100644 inline "%s"\ndata %d\n%s\n' % (quoted, len(text), text)
    stream = (b"commit refs/heads/main\ncommitter A <a@example.com> 1767225600 +0000\ndata 0\n" + file(b"go.mod", b"module m\n\ngo 1.21\n") +
              file(b"ok/ok.go", b"package ok\n"))
    for name in NAMES:
        path = name if isinstance(name, bytes) else name.encode()
        stream += file(path + b"/p.go", b'package p\n\nimport _ "m/ok"\n')
    subprocess.run("git init -q .", shell=True, cwd=box.dir, env=box.env, check=True)
    subprocess.run(["git", "fast-import", "--quiet"], input=stream, cwd=box.dir, env=box.env, check=True)
    return "--rev HEAD"


def shop(box):
    box.fill("testdata/repos/shop")
    status, out, err = box.run("git init -q . && meshctl init -q && git add -A && git commit -qm one")
    need(status == 0, (out + err).decode())
    return "--level dir:2 --highlight cut --hide pkg --hide cmd --hide test --hide tools --hide third_party"


def drawn(box, options, form):
    status, out, err = box.run(f"meshctl graph -q {options} --format {form}")
    need(status == 0, f"{form}: status {status}:", err.decode("utf-8", "replace"))
    return out


def of_json(box, options):
    graph = json.loads(drawn(box, options, "json"))
    return len(graph["nodes"]), len(graph["edges"])


def of_dot(text):
    tool(["dot", "-Tcanon"], text)
    graph = json.loads(tool(["dot", "-Tdot_json"], text))
    nodes = [o["name"] for o in graph["objects"] if "nodes" not in o and "subgraphs" not in o]
    return nodes, [(graph["objects"][e["tail"]]["name"], graph["objects"][e["head"]]["name"]) for e in graph.get("edges", [])]


def same_graph(box, options):
    """The same nodes and edges in DOT and GraphML, as many as in JSON."""
    count = of_json(box, options)
    nodes, edges = of_dot(drawn(box, options, "dot"))
    text = drawn(box, options, "graphml")
    tool(["xmllint", "--noout", "--nonet", "--huge", "-"], text)
    graph = networkx.parse_graphml(text.decode())
    need((len(graph.nodes), len(graph.edges)) == count, f"networkx reads {len(graph.nodes)} and {len(graph.edges)}, not {count}")
    need(not HOSTILE.search(text.decode()), "GraphML holds", HOSTILE.findall(text.decode()))
    need(all("label" in n for _, n in graph.nodes(data=True)), "a node without a label")
    need(all(isinstance(e["weight"], int) and e["weight"] > 0 for _, _, e in graph.edges(data=True)), "an edge without a weight")
    need(set(graph.nodes) <= set(nodes), "nodes of GraphML that DOT has not:", sorted(set(graph.nodes) - set(nodes)))
    have = collections.Counter(edges)
    need(all(have[e] for e in graph.edges), "edges of GraphML that DOT has not:", [e for e in graph.edges if not have[e]])


def good_svg(box, options, theme=""):
    text = drawn(box, f"{options} {theme}", "svg")
    tool(["xmllint", "--noout", "--nonet", "--huge", "-"], text)
    top = xml.fromstring(text)
    need(top.tag == SVG + "svg", f"it is {top.tag}")
    nodes = edges = 0
    for e in top.iter():
        need(e.tag.removeprefix(SVG) not in ("script", "foreignObject", "image", "style"), f"it has {e.tag}")
        for key, value in e.attrib.items():
            need(not key.startswith("on"), f"it has {key}")
            need(not key.endswith("href") or value.startswith("https://"), f"it links to {value[:99]!r}")
        nodes += e.tag == SVG + "g" and "node" in e.get("class", "").split()
        edges += e.tag == SVG + "g" and "edge" in e.get("class", "").split()
    words = "".join(top.itertext())
    need(not HOSTILE.search(words), "its text holds", HOSTILE.findall(words))
    count = of_json(box, options)
    need(nodes >= count[0] and edges >= count[1], f"{nodes} nodes and {edges} edges, not {count}")
    need(drawn(box, f"{options} {theme}", "svg") == text, "the same graph has other bytes")


def pixels(data):
    """Width, height and the colours of a PNG with their counts; every check sum holds."""
    need(data[:8] == b"\x89PNG\r\n\x1a\n", "it is no PNG")
    at, packed, kind = 8, b"", b""
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        need(zlib.crc32(kind + body) == struct.unpack(">I", data[at + 8 + size:at + 12 + size])[0], f"{kind} has a wrong sum")
        if kind == b"IHDR":
            width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", body)
            need(depth == 8 and colour in (2, 6) and not interlaced, f"depth {depth}, colour type {colour}")
        packed += body if kind == b"IDAT" else b""
        at += 12 + size
    need(kind == b"IEND" and at == len(data), "its end is not there")
    raw, bpp = zlib.decompress(packed), 3 if colour == 2 else 4
    need(len(raw) == height * (1 + width * bpp), f"{len(raw)} bytes for {width} x {height}")
    filters = collections.Counter(raw[::1 + width * bpp])
    need(set(filters) <= {0, 1, 2, 3, 4}, f"filters {filters}")
    return width, height, raw, bpp


def unfiltered(width, height, raw, bpp):
    """Lines as they are seen, one after the other."""
    before = bytearray(width * bpp)
    for y in range(height):
        kind, line = raw[y * (width * bpp + 1)], bytearray(raw[y * (width * bpp + 1) + 1:(y + 1) * (width * bpp + 1)])
        for i in range(len(line)) if kind else ():
            a, b, c = line[i - bpp] if i >= bpp else 0, before[i], before[i - bpp] if i >= bpp else 0
            near = min((abs(b - c), 0, a), (abs(a - c), 1, b), (abs(a + b - 2 * c), 2, c))[2]
            line[i] = (line[i] + (0, a, b, (a + b) // 2, near)[kind]) & 255
        yield line
        before = line


def good_png(box, options):
    width, height, raw, bpp = pixels(drawn(box, options, "png"))
    need(width > 100 and height > 100, f"{width} x {height}")
    seen = collections.Counter()
    for line in unfiltered(width, min(height, 400), raw, bpp):
        seen.update(zip(*(line[i::bpp] for i in range(3))))
    whole = sum(seen.values())
    most = seen.most_common(1)[0][1]
    need(len(seen) > 20 and most < 0.999 * whole, f"{len(seen)} colours, {most} of {whole} points are of one")


REST = """
#include <stdio.h>
void *gvContext(void) { static int x; return &x; }
void *agmemread(const char *t) { static int x; (void)t; return &x; }
void attach_attrs(void *g) { (void)g; }
char *agget(void *o, char *n) { (void)o; (void)n; return "0,0,99,99"; }
void *agattr(void *g, int k, char *n, const char *v) { (void)g; (void)k; (void)n; return (void *)v; }
"""
LAYOUT = "int gvLayout(void *c, void *g, const char *e) { (void)c; (void)g; (void)e; %s }\n"
RENDER = "int gvRender(void *c, void *g, const char *f, FILE *o) { (void)c; (void)g; (void)f; fputs(\"<svg\", o); fflush(o); %s }\n"
HANG, CRASH = "for (;;) pause(); return 0;", "abort(); return 0;"
# A minute of the parent's clock passes in a second.
CLOCK = """
#include <dlfcn.h>
#include <time.h>
int clock_gettime(clockid_t id, struct timespec *t) {
    int (*real)(clockid_t, struct timespec *) = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int r = real(id, t);
    long long ns = (t->tv_sec * 1000000000LL + t->tv_nsec) %% 1000000000000LL * 60;
    if (id == CLOCK_MONOTONIC) { t->tv_sec = ns / 1000000000; t->tv_nsec = ns %% 1000000000; }
    return r;
}
""".replace("%%", "%")
# As if no such file were anywhere.
ABSENT = """
#include <dlfcn.h>
#include <string.h>
void *dlopen(const char *name, int how) {
    void *(*real)(const char *, int) = (void *(*)(const char *, int))dlsym(RTLD_NEXT, "dlopen");
    return real(name && strstr(name, "libgvc") ? "libnot-there.so.6" : name, how);
}
"""
FINE = LAYOUT % "return 0;"
# Name, the library, what is preloaded, what the message says.
FAKES = [
    ("hangs in the layout", REST + LAYOUT % HANG + RENDER % "return 0;", CLOCK, "not ready after 60 seconds"),
    ("hangs in the picture", REST + FINE + RENDER % HANG, CLOCK, "not ready after 60 seconds"),
    ("crashes in the layout", REST + LAYOUT % CRASH + RENDER % "return 0;", None, "crashed with signal 6"),
    ("crashes in the picture", REST + FINE + RENDER % 'raise(SIGSEGV); return 0;', None, "crashed with signal 11"),
    ("fails in the layout", REST + LAYOUT % 'fputs("too \\033[31mlarge\\n", stderr); return 1;' + RENDER % "return 0;", None,
     "too \\x1b[31mlarge"),
    ("fails in the picture", REST + FINE + RENDER % "return 1;", None, "no picture"),
    ("lacks a function", REST, None, "lacks a function"),
    ("is not there", None, ABSENT, "Debian: libgvc6; Fedora: graphviz-libs; Homebrew: graphviz"),
]


def compiled(box, folder, name, text):
    os.makedirs(os.path.join(box.top, folder), exist_ok=True)
    out = os.path.join(box.top, folder, name)
    text = "#include <signal.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <unistd.h>\n" + text
    subprocess.run(["cc", "-w", "-D_GNU_SOURCE", "-shared", "-fPIC", "-x", "c", "-", "-o", out, "-ldl"], input=text.encode(), check=True)
    return out


def fake(box, library, preload, says):
    env = {"LD_LIBRARY_PATH": "", "LD_PRELOAD": ""}
    if library:
        env["LD_LIBRARY_PATH"] = os.path.dirname(compiled(box, "fake", "libgvc.so.6", library))
    if preload:
        env["LD_PRELOAD"] = compiled(box, "preload", "preload.so", preload)
    words = " ".join(f"{k}={v}" for k, v in env.items() if v)
    with open(os.path.join(box.dir, "old.svg"), "w", encoding="utf-8") as f:
        f.write("as before")
    before = sorted(os.listdir(box.dir))
    for form in ("svg", "png"):
        for where in ("", " -o old.svg", " -o new.svg"):
            if form == "png" and where:
                continue
            status, out, err = box.run(f"{words} meshctl graph -q --level dir:2 --format {form}{where}", timeout=30)
            text = err.decode("utf-8", "replace")
            need(status == 3 and not out, f"{form}{where}: status {status}, {len(out)} bytes: {text}")
            need(says in text and text.count("\n") == 1, f"{form}{where}: says {text!r}")
    need(sorted(os.listdir(box.dir)) == before, "it left", os.listdir(box.dir))
    with open(os.path.join(box.dir, "old.svg"), encoding="utf-8") as f:
        need(f.read() == "as before", "the file of before is another one")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build/meshctl")
    args = p.parse_args()
    for name, tree in (("shop", shop), ("hostile names", hostile)):
        with Sandbox(args.binary) as box:
            options = tree(box)
            result(f"{name}: dot and networkx read the same graph", same_graph, box, options)
            for theme in ("light", "dark", "print") if tree is shop else ("light",):
                result(f"{name}: SVG, {theme}", good_svg, box, options, f"--theme {theme}")
            result(f"{name}: PNG", good_png, box, options)
    with Sandbox(args.binary) as box:
        shop(box)
        for name, library, preload, says in FAKES:
            result(f"Graphviz {name}", fake, box, library, preload, says)
    return failed


if __name__ == "__main__":
    sys.exit(main())
