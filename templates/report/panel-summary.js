/* SPDX-License-Identifier: MIT */
/* panel-summary.js - the verdict, in one sentence, and what it rests on. */
const LEVEL_WORDS = { error: "errors count, warnings do not", warning: "errors and warnings count", info: "every finding counts", off: "nothing counts" };

function verdictOf(data) {
	const { error, warning, info } = data.findings;
	const parts = [[error, "error"], [warning, "warning"]].filter(([n]) => n).map(([n, word]) => count(n, word));

	if (data.incomplete)
		return { look: "unsure", sign: "?", title: "Incomplete", text: data.incomplete };
	if (data.status === 1)
		return { look: "fails", sign: "✕", title: parts.join(", ") || count(info, "finding"), text: `Fails: ${LEVEL_WORDS[data.fail_on]}.` };
	if (error + warning)
		return { look: "passes", sign: "!", title: parts.join(", "), text: `Passes: ${LEVEL_WORDS[data.fail_on]}.` };
	return { look: "passes", sign: "✓", title: "Nothing wrong found", text: info ? `${count(info, "remark")} for information.` : "Every rule that ran is satisfied." };
}

function tile(value, label, note, target, page) {
	const inside = [el("span", { class: "value" }, value), el("span", { class: "what" }, label), note ? el("span", { class: "note" }, note) : null];

	return el("li", null, el("a", { class: "tile", href: "#" + target, onclick: event => { event.preventDefault(); page.go(target); } }, inside));
}

function tiles(data, page) {
	const cycles = page.data.cycles, shown = cycles && cycles.levels.find(l => l.shown);
	const policy = data.policy;

	return el("ul", { class: "tiles" },
		tile(number(data.findings.error), "errors", data.findings.warning ? count(data.findings.warning, "warning") : "no warnings", "findings", page),
		cycles && (shown && shown.in_circles ?
			tile(number(shown.in_circles), `of ${number(shown.groups)} folders in circles`, `at ${shown.level}`, "cycles", page) :
			tile("0", "circles between folders", null, "cycles", page)),
		policy ? tile(percent(policy.judged, policy.imports) + " %", "of imports judged", `${number(policy.judged)} of ${number(policy.imports)}`, "policy", page) :
			tile("none", "policy", "layers and contexts are not judged", "policy", page),
		tile(number(data.packages), data.packages === 1 ? "package" : "packages", `${number(data.files)} files, ${rough(data.lines)} lines`, "graph", page));
}

function worstFirst(page) {
	const items = page.data.findings.items.filter(f => !f.state && f.level !== "info").slice(0, 3);

	if (!items.length)
		return null;
	return el("div", { class: "first" }, el("h3", null, "Worst first"), el("ol", null, items.map(f => el("li", null,
		el("button", { type: "button", class: "row-button", onclick: () => page.showFinding(f) },
			badge(f.level), el("span", { class: "text" }, message(f.message)), place(f.path, f.line))))));
}

panel("summary", (host, data, page) => {
	const verdict = verdictOf(data);

	host.append(
		el("div", { class: "verdict " + verdict.look },
			el("span", { class: "seal", "aria-hidden": "true" }, verdict.sign),
			el("div", null, el("p", { class: "title" }, verdict.title), el("p", { class: "text" }, verdict.text))),
		tiles(data, page), worstFirst(page) || "");
	return {};
});
