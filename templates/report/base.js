/* SPDX-License-Identifier: MIT */
/*
 * base.js - what every panel uses.  A panel is one file that calls
 *	panel("id", (host, data, page) => { host.append(...); return { count, note }; });
 * data is what cmd/panel_<id>.c wrote; page.data has those of the others by id.  count stands in
 * the navigation, note below the panel's title.  All text goes through el(), never as markup.
 */
const panelTable = new Map();

function panel(id, draw) {
	panelTable.set(id, draw);
}

/* Marks that nobody sees, or that turn text around, are shown as what they are. */
const UNSEEN = new RegExp("[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e" +
	"\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff9-\\ufffb\\u{e0000}-\\u{e01ef}]", "gu");

function visible(text) {
	return text.replace(UNSEEN, c => c === "\n" ? "\\n" : "\\u{" + c.codePointAt(0).toString(16) + "}");
}

function readData(id) {
	const block = document.getElementById("data-" + id);
	return block && JSON.parse(block.textContent, (key, value) => typeof value === "string" ? visible(value) : value);
}

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
	for (const [name, value] of Object.entries(attributes || {})) {
		if (name.startsWith("on"))
			node.addEventListener(name.slice(2), value);
		else if (value === true)
			node.setAttribute(name, "");
		else if (value !== null && value !== undefined && value !== false)
			node.setAttribute(name, value);
	}
	node.append(...children.flat(Infinity).filter(c => c !== null && c !== undefined && c !== false));
	return node;
}

/* el("p", { class: "x", onclick: f }, "text", node, [more]) */
function el(tag, attributes, ...children) {
	return fill(document.createElement(tag), attributes, children);
}

function svg(tag, attributes, ...children) {
	return fill(document.createElementNS(SVG, tag), attributes, children);
}

const grouped = new Intl.NumberFormat("en-US");

function number(n) {
	return grouped.format(n);
}

function count(n, one, many) {
	return number(n) + " " + (n === 1 ? one : many || one + "s");
}

function rough(n) {
	if (n < 10000)
		return number(n);
	return n < 1e6 ? Math.round(n / 1000) + "k" : (n / 1e6).toFixed(1) + "M";
}

function percent(part, whole) {
	return whole ? Math.floor(part * 100 / whole) : 100;
}

/* "internal/…/order": the end of a name tells most. */
function shorten(text, most) {
	if (text.length <= most)
		return text;
	return "…" + text.slice(text.length - most + 1);
}

/* Sentences of the program's own tables: `code` in backquotes. */
function prose(text) {
	return text.split("`").map((part, i) => i % 2 ? el("code", null, part) : part);
}

/* What stands in single quotes is a name. */
function message(text) {
	return text.split(/'([^']*)'/).map((part, i) => i % 2 ? el("code", null, shorten(part, 120)) : shorten(part, 600));
}

const LEVELS = ["error", "warning", "info"];
const LEVEL_SIGN = { error: "✕", warning: "!", info: "i" };

/* Form and letter tell the level, not colour alone. */
function badge(level) {
	return el("span", { class: "badge " + level }, el("span", { class: "sign", "aria-hidden": "true" }, LEVEL_SIGN[level]), level);
}

function place(path, line) {
	return el("code", { class: "place" }, shorten(path, 90) + (line ? ":" + line : ""));
}

function command(text) {
	return el("code", { class: "command" }, text);
}

function option(value, label) {
	return el("option", { value }, label);
}

/* Moves the focus among items by arrow keys; one of them is in the tab order. */
function rove(items, next) {
	for (const item of items)
		item.setAttribute("tabindex", item === next ? "0" : "-1");
}

/* One list with an heading for what is empty. */
function empty(title, ...text) {
	return el("div", { class: "empty" }, el("p", { class: "lead" }, title), text.length ? el("p", null, text) : null);
}
