// SPDX-License-Identifier: MIT
// check.mjs FILE... - judges manifests: the validators that ajv compiled from the schemas of each
// kind, and, as those let unknown members pass, the types of each kind, which do not.
// One JSON object: how many documents, and what is wrong with which.
import fs from "node:fs";
import yaml from "js-yaml";
import ts from "typescript";

const GROUPS = {
    "v1": "kubernetes-models/v1",
    "apps/v1": "kubernetes-models/apps/v1",
    "networking.istio.io/v1": "@kubernetes-models/istio/networking.istio.io/v1",
    "security.istio.io/v1": "@kubernetes-models/istio/security.istio.io/v1",
    "gateway.networking.k8s.io/v1": "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1",
    "monitoring.coreos.com/v1": "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1",
};
const wrong = [];
const owners = [];
let source = "";

for (const file of JSON.parse(fs.readFileSync(0, "utf8"))) {
    let documents;
    try {
        documents = yaml.loadAll(fs.readFileSync(file, "utf8")).filter((d) => d !== null);
    } catch (e) {
        wrong.push(`${file}: ${e.message}`);
        continue;
    }
    for (const d of documents) {
        const group = GROUPS[d.apiVersion];
        const name = `${file}: ${d.kind} ${d.metadata?.name}`;
        if (!group) {
            wrong.push(`${name}: no schema for ${d.apiVersion}`);
            continue;
        }
        const Kind = (await import(`${group}/${d.kind}`))[d.kind];
        try {
            new Kind(d).validate();
        } catch (e) {
            wrong.push(`${name}: ${e.message}`);
        }
        const n = owners.push(name) - 1;
        source += `import type { I${d.kind} as T${n} } from "${group}/${d.kind}"; export const v${n}: T${n} = ${JSON.stringify(d)};\n`;
    }
}
fs.writeFileSync("all.ts", source);
const program = ts.createProgram(["all.ts"], {
    noEmit: true, strict: true, skipLibCheck: true, types: [], lib: ["lib.es2022.d.ts"],
    module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler,
});
for (const d of ts.getPreEmitDiagnostics(program)) {
    const line = d.file ? d.file.getLineAndCharacterOfPosition(d.start).line : -1;
    wrong.push(`${owners[line] ?? "types"}: ${ts.flattenDiagnosticMessageText(d.messageText, " ").slice(0, 400)}`);
}
console.log(JSON.stringify({ documents: owners.length, wrong }));
