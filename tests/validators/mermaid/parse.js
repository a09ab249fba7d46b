// SPDX-License-Identifier: MIT
// parse.js FILE... - "ok" or why Mermaid cannot read it, one JSON string a file.
const fs = require('fs');
const { JSDOM } = require('jsdom');
const { window } = new JSDOM('<!DOCTYPE html><body></body>');
globalThis.window = window;
globalThis.document = window.document;

(async () => {
	const mermaid = (await import('mermaid')).default;
	mermaid.initialize({ startOnLoad: false });
	for (const name of process.argv.slice(2)) {
		try {
			const said = await mermaid.parse(fs.readFileSync(name, 'utf8'));
			console.log(JSON.stringify(said && said.diagramType === 'flowchart-v2' ? 'ok' : `it is ${JSON.stringify(said)}`));
		} catch (e) {
			console.log(JSON.stringify(String(e.message || e)));
		}
	}
})();
