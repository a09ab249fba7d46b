# SPDX-License-Identifier: MIT
"""policytree.py - writes a repository with a policy: packages in every layer of every bounded
context, six imports each, of which a few are against the policy.  Equal arguments, equal bytes."""
import os

PUBLISHED = 0       # the layer that other contexts may import
KNOWN = 10          # contexts that one may use


def write(top, packages, layers, contexts):
    state = 88172645463325252

    def below(n):
        nonlocal state
        state ^= state << 13 & 2 ** 64 - 1
        state ^= state >> 7
        state ^= state << 17 & 2 ** 64 - 1
        return state % n

    def place(context, layer, copy):
        return f"internal/c{context:03}/l{layer:02}/p{copy}"

    copies = packages // (layers * contexts)
    spare = packages - copies * layers * contexts       # the first so many places have one more

    def some(context, layer):
        """A package of this place."""
        return place(context, layer, below(copies + (context * layers + layer < spare)))

    def imports(context, layer):
        found = []
        for i in range(6 if layer else 0):
            kind = below(100)
            other = (context + 1 + below(KNOWN)) % contexts
            if i < 4 and kind < 98:
                found.append(some(context, below(layer)))
            elif kind < 98:
                found.append(some(other, PUBLISHED))
            else:
                found.append(some(below(contexts), below(layer)))   # past what it publishes, or of a stranger
        return sorted(set(found))

    for index in range(layers * contexts):
        context, layer = divmod(index, layers)
        for copy in range(copies + (index < spare)):
            folder = os.path.join(top, place(context, layer, copy))
            os.makedirs(folder)
            lines = "".join(f'\t_ "example.com/bench/{i}"\n' for i in imports(context, layer))
            with open(os.path.join(folder, "p.go"), "w", encoding="utf-8") as f:
                f.write(f'package p\n\nimport (\n\t_ "fmt"\n{lines})\n\nfunc F{index}() int {{\n\treturn {index}\n}}\n')
    with open(os.path.join(top, "go.mod"), "w", encoding="utf-8") as f:
        f.write("module example.com/bench\n\ngo 1.21\n")
    with open(os.path.join(top, ".meshctl.yaml"), "w", encoding="utf-8") as f:
        f.write("version: 1\nlayers:\n")
        for layer in range(layers):
            # One layer in ten it may not use.
            uses = ", ".join(f"l{u:02}" for u in range(layer) if (u + layer) % 10 or u == PUBLISHED)
            f.write(f'  l{layer:02}:\n    in: ["internal/{{context}}/l{layer:02}/**"]\n    uses: [{uses}]\n'
                    '    std: {deny: ["net/http", "database/sql"]}\n    external: {deny: ["gorm.io"]}\n')
        f.write(f'contexts:\n  "{{context}}":\n    published: ["internal/{{context}}/l{PUBLISHED:02}/**"]\n')
        for context in range(contexts):
            uses = ", ".join(f"c{(context + 1 + k) % contexts:03}" for k in range(KNOWN))
            f.write(f"  c{context:03}: {{uses: [{uses}]}}\n")
