/* SPDX-License-Identifier: MIT */
/*
 * check.js FOLDER AXE - opens the pages that page.py wrote into FOLDER as a person does, and prints
 * `ok` or `not ok` for each thing that a page promises.  AXE: axe.js, or nothing.
 */
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { Browser, findBrowser } = require("./browser.js");

const [folder, axe] = process.argv.slice(2);
const file = name => path.join(folder, name + ".html");
const expected = name => JSON.parse(fs.readFileSync(path.join(folder, name + ".json"), "utf8"));
let browser, failed = 0;

async function test(name, body) {
	try {
		await body();
		console.log("ok page: " + name);
	} catch (error) {
		failed++;
		console.log("not ok page: " + name + "\n  " + String(error.stack || error).split("\n").slice(0, 6).join("\n  "));
	}
}

function same(have, want, what) {
	const [a, b] = [JSON.stringify(have), JSON.stringify(want)];

	if (a !== b)
		throw new Error(`${what}: ${a.slice(0, 700)} instead of ${b.slice(0, 700)}`);
}

function that(holds, what) {
	if (!holds)
		throw new Error(what);
}

/* Nothing but the file was asked for, and nothing was complained about. */
function silent() {
	same(browser.errors, [], "errors");
	same(browser.requests, [browser.url], "requests");
}

/* Drawing waits for nothing, but observers come a frame later. */
const settle = () => browser.eval("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(null))))");
const all = (selector, what = "textContent") => browser.eval(`[...document.querySelectorAll(${JSON.stringify(selector)})].map(e => e.${what})`);
const one = async (selector, what) => (await all(selector, what))[0];
const size = async selector => (await all(selector, "tagName")).length;
const set = (selector, value) => browser.eval(`(() => { const e = document.querySelector(${JSON.stringify(selector)}); e.value = ${JSON.stringify(value)};
	e.dispatchEvent(new Event("change", { bubbles: true })); e.dispatchEvent(new Event("input", { bubbles: true })); })()`);
const FOCUS = "document.activeElement.dataset.key || document.activeElement.tagName";

async function search() {
	await browser.open(file("shop"));
	await browser.key("/");
	same(await browser.eval("document.activeElement.type"), "search", "the focus after /");
	await browser.type("service order");
	const hits = await all("#hits li");
	that(hits.length > 0 && hits.every(h => h.includes("service") && h.includes("order")), "hits: " + hits);
	await browser.key("ArrowDown");
	await browser.key("Enter");
	same(await one(".details h3"), hits[0], "what is chosen");
	same(await all(".node.chosen", "getAttribute('aria-pressed')"), ["true"], "the chosen node");
	that(await browser.eval("document.activeElement.classList.contains('chosen')"), "the focus is not on the chosen node");
	same(await all(".tree [aria-selected=true] .label"), [hits[0].split("/").pop()], "what the tree chose");
	await browser.key("Escape");
	same(await size(".node.chosen"), 0, "chosen after Escape");
	await browser.eval("document.querySelector('.toolbar input[type=search]').focus()");
	await browser.type("no such package");
	same(await size("#hits li"), 0, "hits of what is not there");
	silent();
}

async function clickAndHighlight() {
	await browser.open(file("shop"));
	await browser.click(".node.group .face");
	const key = await one(".node.chosen", "dataset.key"), name = key.split("|")[1];
	const graph = expected("shop-dir2"), level = await one(".toolbar select", "value");
	same(level, "dir:2", "the level that is drawn");
	/* Only those in circles are drawn. */
	const drawn = new Set((await all(".node", "dataset.key")).map(k => k.split("|")[1] || "."));
	const id = n => n || ".";
	same(await size(".edge.out"), graph.edges.filter(e => id(e.from) === name && drawn.has(id(e.to))).length, "edges that leave " + name);
	same(await size(".edge.in"), graph.edges.filter(e => id(e.to) === name && drawn.has(id(e.from))).length, "edges that come to " + name);
	that(!await browser.eval("document.querySelector('.details').hidden"), "nothing is told of the chosen node");
	await browser.click(".details .shut");
	same(await size(".edge.out") + await size(".node.chosen"), 0, "lit after closing");
	silent();
}

async function expandAndCollapse() {
	await browser.open(file("shop"));
	const before = await size(".node"), key = await one(".node.group", "dataset.key");
	const row = `.tree [data-key="${key}"]`;
	await browser.click(".node.group .face", 2);
	that(await size(".node") > before, "a double click did not open the group");
	same(await one(row, "getAttribute('aria-expanded')"), "true", "the tree's state");
	same(await size(".box"), 1, "boxes around open groups");
	await browser.eval(`document.querySelector('${row}').focus()`);
	await browser.key("ArrowLeft");
	same(await size(".node"), before, "nodes after closing in the tree");
	same(await browser.eval(FOCUS), key, "the focus after closing");
	await browser.key("ArrowRight");
	await browser.key("ArrowRight");
	same(await browser.eval("document.activeElement.getAttribute('aria-level')"), "2", "one level down");
	await set(".toolbar select", "folder");
	await browser.eval("[...document.querySelectorAll('.toolbar button')].find(b => b.textContent === 'Expand all').click()");
	same(await size(".node"), expected("shop-test").nodes.length, "nodes with all open");
	await browser.eval("[...document.querySelectorAll('.toolbar button')].find(b => b.textContent === 'Collapse all').click()");
	that(await size(".node") < 20, "collapsing left too much");
	silent();
}

async function keysInTheGraph() {
	await browser.open(file("shop"));
	same(await size(".node[tabindex='0']"), 1, "nodes in the tab order");
	await browser.eval("document.querySelector('.node[tabindex=\"0\"]').focus()");
	const first = await browser.eval(FOCUS);
	await browser.key("ArrowRight");
	const second = await browser.eval(FOCUS);
	that(second !== first, "an arrow key did not move the focus");
	same(await all(".node[tabindex='0']", "dataset.key"), [second], "the node in the tab order");
	await browser.key("Enter");
	same(await all(".node.chosen", "dataset.key"), [second], "chosen by Enter");
	const before = await size(".node");
	await browser.key("f");
	that(await size(".node") < before && !await browser.eval("document.querySelector('.chip').hidden"), "f did not focus");
	await browser.key("Escape");
	await browser.key("Escape");
	same(await size(".node"), before, "nodes after leaving the focus");
	await browser.eval("document.querySelector('.node[tabindex=\"0\"]').focus()");
	await browser.key("0");
	const scene = () => one(".scene", "getAttribute('transform')"), fit = await scene();
	await browser.key("+");
	that(await scene() !== fit, "+ did not zoom");
	await browser.key("0");
	same(await scene(), fit, "the view after 0");
	silent();
}

async function filters() {
	const findings = expected("policy-analyze").findings.filter(f => f.state === "new");
	const shown = () => all(".findings > li .id"), open = "document.querySelector('.findings details').open = true";
	await browser.open(file("policy"));
	const total = await one("#findings .status");
	that(total.startsWith(String(findings.length)), "the count: " + total);
	const filter = key => `select[data-filter=${key}]`;
	await set(filter("level"), "error");
	const errors = findings.filter(f => f.level === "error");
	same((await shown()).sort(), errors.slice(0, 25).map(f => "#" + f.id).sort(), "errors");
	await set(filter("rule"), errors[0].rule);
	same((await shown()).length, Math.min(25, errors.filter(f => f.rule === errors[0].rule).length), "errors of one rule");
	await set(filter("level"), "");
	await set(filter("rule"), "");
	await set(filter("owner"), "@acme/trade");
	that((await shown()).length > 0, "nothing of one owner");
	const owners = new Set(findings.filter(f => f.owner === "@acme/trade").map(f => "#" + f.id));
	that((await shown()).every(id => owners.has(id)), "findings of other owners");
	await set(filter("owner"), "");
	await set(filter("context"), "order");
	const order = await shown();
	that(order.length > 0 && order.length < 25, "findings of one context: " + order.length);
	await set(filter("context"), "");
	await set("#findings input[type=search]", errors[0].id + " " + errors[0].rule);
	same(await shown(), ["#" + errors[0].id], "found by words");
	await browser.eval(open);
	await settle();
	that((await one(".findings .frame .own")).includes(String(errors[0].line)), "the code frame");
	that((await one(".findings .frame .caret")).includes("^"), "the caret");
	await set("#findings input[type=search]", "no such words at all");
	same(await shown(), [], "found by words that are nowhere");
	silent();
}

/* What the page adds up is what other commands print. */
async function numbers() {
	await browser.open(file("shop"));
	await set("#matrix select", "dir:2");
	const cells = new Map((await all(".matrix td[title]", "title")).map(t => {
		const m = /^(.*) imports (.*): ([\d,]+) lines?/.exec(t);
		return [m[1] + " " + m[2], Number(m[3].replaceAll(",", ""))];
	}));
	const edges = new Map(expected("shop-dir2").edges.map(e => [(e.from || ".") + " " + (e.to || "."), e.imports ? e.imports.length : e.weight]));
	same([...cells].sort(), [...edges].sort(), "cells of the matrix");
	const cycles = expected("shop-cycles");
	same(await all("#cycles table:first-of-type tbody tr:not(:has(td + td + td + td + td))", "children[0].textContent"),
		cycles.levels.map(l => l.level), "levels");
	same(await size(".knot"), cycles.knots.length, "knots");
	const rows = await browser.eval("[...document.querySelector('.cut tbody').rows].map(r => r.cells[1].querySelector('code').textContent)");
	const worst = cycles.knots.find(k => k.level === cycles.levels.find(l => l.shown).level);
	same(rows, worst.cut.edges.map(e => e.from), "the cut, in its order");
	await browser.open(file("policy"));
	const layers = expected("policy-layers");
	const want = layers.judged.judged.toLocaleString("en-US") + " of " + layers.judged.imports.toLocaleString("en-US");
	that((await one(".coverage")).includes(want), "coverage is not " + want);
	that((await all(".matrix.words td.bad")).length > 0, "no forbidden cell");
	/* One way to read all matrices: the layers that others stand on first, ways back above the diagonal. */
	const order = await all("#matrix .matrix tbody th", "title"), names = layers.groups.filter(g => g.kind === "named").map(g => g.name).filter(n => order.includes(n));
	same(order.filter(n => names.includes(n)), names, "rows of the matrix");
	const back = await browser.eval("[...document.querySelectorAll('#matrix td.back')].map(c => c.cellIndex - 1 - c.parentNode.rowIndex + 1)");
	that(back.length > 0 && back.every(d => d > 0), "ways back are not above the diagonal: " + back);
	const ran = /([\d,]+) rules? ran/.exec(await one("#proof .lead"));
	that(ran && (await one("#proof summary")).endsWith(": " + ran[1] + " ran"), "two numbers of rules that ran");
	silent();
}

async function debt() {
	const want = expected("past-debt"), cells = want.heat_map.filter(c => c.entries);
	const listed = () => all(".debts > li .id"), first = want.entries.slice(0, 10).map(e => "#" + e.id);
	await browser.open(file("past"));
	same(await listed(), first, "what to do first");
	same(await all(".debt-rows tbody th"), [...want.rows.slice(0, want.rows.length).map(r => r.rest ? "elsewhere" : r.name), "all"], "rows");
	same((await all(".heat button span:not(.unseen)")).map(t => parseInt(t, 10)).sort(), cells.map(c => c.entries).sort(), "entries in the cells");
	const cell = cells.reduce((a, b) => a.entries < b.entries ? a : b), share = x => Math.round(x * 5);
	const inside = want.entries.filter(e => Math.min(4, Math.floor(e.risk * 5)) === share(cell.risk_from) && Math.min(4, Math.floor(e.impact * 5)) === share(cell.impact_from));
	const button = `.heat button[data-cell="${share(cell.risk_from)} ${share(cell.impact_from)}"]`;
	await browser.click(button);
	same([await listed(), await one(button, "getAttribute('aria-pressed')")], [inside.slice(0, 10).map(e => "#" + e.id), "true"], "what a cell filters");
	await browser.click(".panel-debt .chip");
	same(await listed(), first, "without the filter");
	await browser.click(".debts summary");
	const text = await one(".debts details[open] .advice");
	that(text.includes(want.entries[0].priority.toFixed(1) + " = 100 ×") && text.includes(String(want.entries[0].findings[0].source)), "the formula: " + text);
	silent();
}

async function past() {
	await browser.open(file("past"));
	for (const topic of ["hotspots", "owners"]) {
		const { rows } = expected("past-" + topic), name = topic === "owners" ? "name" : "path";
		that(rows.length > 1, "no rows of " + topic);
		same(await all(`#${topic} tbody tr:not(.show-rest) td:first-child`), rows.map(r => r[name]), topic);
	}
	const { metrics, points } = expected("past-trend"), known = metrics.filter(m => points.some(p => p.values[m.id] !== null));
	same(await size("#trend .multiple"), known.length, "plots");
	same(await all("#trend .multiple:first-child circle title"), points.filter(p => p.values.packages !== null)
		.map(p => `${p.at}: ${p.values.packages}`), "points of the first plot");
	that(new Set(points.map(p => p.values.packages)).size > 1, "a trend that does not move");
	const debts = points.map(p => p.values.debt).filter(v => v !== null);
	same((await all(`#trend .multiple:nth-child(${known.findIndex(m => m.id === "debt") + 1}) circle title`)).map(t => Number(t.split(": ")[1])), debts, "points of the debt");
	silent();
	await browser.open(file("shop"));
	for (const id of ["hotspots", "owners", "trend"])
		that((await one("#" + id)).includes("No history"), id + " does not say that there is no history");
	that((await one("#debt")).includes("No history"), "debt does not say that there is no history");
	silent();
}

async function accessible(name, options) {
	await browser.open(file(name), options);
	await browser.eval(`document.querySelectorAll(".node")[0].dispatchEvent(new MouseEvent("click", { bubbles: true }));
		[...document.querySelectorAll("details")].slice(0, 8).forEach(d => { d.open = true; })`);
	await settle();
	await browser.eval(fs.readFileSync(axe, "utf8") + "\n;null");
	const bad = await browser.eval(`axe.run(document, { resultTypes: ["violations"] }).then(r => r.violations
		.filter(v => ["serious", "critical"].includes(v.impact))
		.map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.target + " " + n.failureSummary).join("; ")))`);
	same(bad, [], "what axe found");
}

async function narrow(name) {
	await browser.open(file(name), { width: 390, height: 844 });
	await settle();
	const wide = await browser.eval(`[document.documentElement.scrollWidth, [...document.querySelectorAll("body *")]
		.filter(e => e.getBoundingClientRect().right > 391 && !e.closest(".scroll, .frame, nav, svg, .side, .hits")).map(e => e.className || e.tagName).slice(0, 5)]`);
	same(wide, [390, []], "what is wider than the screen");
	silent();
}

async function print() {
	await browser.open(file("policy"));
	await browser.send("Emulation.setEmulatedMedia", { media: "print" });
	await browser.eval("dispatchEvent(new Event('beforeprint'))");
	await settle();
	const closed = await size("details:not([open])"), hidden = await browser.eval(
		"[...document.querySelectorAll('section')].filter(s => s.getBoundingClientRect().height < 40).map(s => s.id)");
	same([closed, hidden], [0, []], "closed or hidden on paper");
	same(await size(".findings details"), expected("policy-analyze").findings.filter(f => f.state === "new").length, "findings on paper");
	same(await browser.eval("[...document.querySelectorAll('button')].filter(b => b.offsetParent && !b.closest('.first')).length"), 0, "buttons on paper");
	await browser.eval("dispatchEvent(new Event('afterprint'))");
	that(await size("details:not([open])") > 20, "nothing was closed again");
	await browser.send("Emulation.setEmulatedMedia", { media: "" });
	silent();
}

/* Names that would be markup, code, or turn text around. */
async function hostile() {
	await browser.open(file("hostile"));
	await settle();
	await browser.eval("[...document.querySelectorAll('.toolbar button')].find(b => b.textContent === 'Expand all').click()");
	await browser.eval("dispatchEvent(new Event('beforeprint'))");
	await settle();
	same(await browser.eval("typeof globalThis.pwned"), "undefined", "foreign code");
	same(await browser.eval("document.querySelectorAll('img, iframe, b.evil, object, embed, link, script[src]').length"), 0, "foreign elements");
	same(await browser.eval("document.querySelectorAll('script').length"), 2 + (await size("script[id^=data-]")), "scripts");
	const text = await browser.eval("document.body.innerText + document.title");
	that(!/[\u0000-\u0008\u200e\u200f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u.test(text), "marks that turn text around");
	that(text.includes("\\u{202e}") && text.includes("</script>"), "names are not told as they are");
	for (const width of [1360, 390]) {
		await browser.send("Emulation.setDeviceMetricsOverride", { width, height: 844, deviceScaleFactor: 1, mobile: false });
		await settle();
		same(await browser.eval("document.documentElement.scrollWidth"), width, "the width with long names");
	}
	silent();
}

async function large() {
	const start = Date.now();
	await browser.open(file("large"));
	await settle();
	const took = Date.now() - start;
	that(fs.statSync(file("large")).size < 5e6, "more than 5 MB");
	that(await size(".node") <= 200, "more than 200 nodes");
	that((await one("#graph .status")).includes("more than 200"), "it does not say that it collapsed: " + await one("#graph .status"));
	await browser.eval("[...document.querySelectorAll('.toolbar button')].find(b => b.textContent === 'Expand all').click()");
	await settle();
	const nodes = await size(".node");
	that(nodes > 20 && nodes <= 200, "nodes after 'Expand all': " + nodes);
	console.log(`# ${fs.statSync(file("large")).size} bytes, opened in ${took} ms, ${Date.now() - start - took} ms for all of ${nodes} nodes`);
	silent();
}

async function nothing() {
	await browser.open(file("empty"));
	that((await one("#graph")).includes("No packages") || await size(".node") > 0, "an empty repository");
	silent();
}

/* The policy of the page holds, and a page that somebody changed does not run. */
async function policy() {
	await browser.open(file("shop"));
	await browser.eval(`(() => { const s = document.createElement("script"); s.textContent = "globalThis.pwned = 1"; document.body.append(s);
		const i = document.createElement("img"); i.src = "http://127.0.0.1:9/x.png"; document.body.append(i);
		const d = document.createElement("div"); d.innerHTML = "<i onclick='globalThis.pwned = 2'>x</i>"; document.body.append(d); d.firstChild.click(); })()`);
	await settle();
	same(await browser.eval("typeof globalThis.pwned"), "undefined", "foreign code");
	that(browser.errors.length >= 3 && browser.errors.every(e => /Content Security Policy/.test(e)), "what was refused: " + browser.errors.join("; "));
	same(browser.requests.filter(u => !browser.refused.includes(u)), [browser.url], "requests that were not refused");
	const changed = fs.readFileSync(file("shop"), "utf8").replace("new Page().start", "globalThis.pwned = 3; new Page().start");
	fs.writeFileSync(file("changed"), changed);
	await browser.open(file("changed"));
	same([await browser.eval("typeof globalThis.pwned"), await size("main")], ["undefined", 0], "a changed page");
}

async function main() {
	browser = await new Browser().start(findBrowser());
	await test("search", search);
	await test("a click lights up what goes in and out", clickAndHighlight);
	await test("expand and collapse, in the graph and in the tree", expandAndCollapse);
	await test("keys", keysInTheGraph);
	await test("filters of findings", filters);
	await test("numbers are those of other commands", numbers);
	await test("debt, its heat map and its formulas", debt);
	await test("hotspots, owners and trend", past);
	for (const name of ["shop", "policy", "past", "hostile", "empty"])
		await test("no wider than 390 pixels: " + name, () => narrow(name));
	await test("print", print);
	await test("hostile names", hostile);
	await test("1,000 packages", large);
	await test("an empty repository", nothing);
	await test("content security policy", policy);
	if (axe) {
		await test("axe, light", () => accessible("policy", {}));
		await test("axe, dark", () => accessible("policy", { dark: true }));
		await test("axe, without a policy", () => accessible("shop", {}));
		await test("axe, with a past", () => accessible("past", { dark: true }));
		await test("axe, narrow", () => accessible("policy", { width: 390, height: 844 }));
	} else {
		console.log("ok page: axe # SKIP npm is not there");
	}
	await browser.stop();
	process.exit(failed ? 1 : 0);
}

main().catch(error => {
	console.log("not ok page: the browser\n  " + String(error.stack || error).replaceAll("\n", "\n  "));
	process.exit(1);
});
