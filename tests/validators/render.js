// SPDX-License-Identifier: MIT
// render.js FILE... - each Markdown file as HTML, the way GitHub sees it: tables, raw HTML, links
// made of bare addresses.  One JSON string a line.
const fs = require('fs');
const markdown = require('markdown-it')({ html: true, linkify: true });
for (const name of process.argv.slice(2))
	console.log(JSON.stringify(markdown.render(fs.readFileSync(name, 'utf8'))));
