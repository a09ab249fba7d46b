// SPDX-License-Identifier: MIT
// schema_mutations.mjs - JSON documents on stdin, one a line: what the packages' validators, which
// ajv compiled, say of each.  One line each: "1" valid, "0" not.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [modules, ...rows] = process.argv.slice(2);
const kinds = {};
for (const row of rows) {
    const [kind, file] = row.split("=");
    kinds[kind] = (await import(pathToFileURL(path.join(modules, file)))).validate;
}
const out = [];
for (const line of fs.readFileSync(0, "utf8").split("\n")) {
    if (!line)
        continue;
    const d = JSON.parse(line);
    out.push(kinds[`${d.apiVersion} ${d.kind}`](d) ? "1" : "0");
}
console.log(out.join("\n"));
