/* SPDX-License-Identifier: MIT */
/* panel-policy.js - what the policy covers, who may not import whom, and what nobody judges. */
function coverage(label, part, whole, note) {
	const share = percent(part, whole);
	const bar = el("span", { class: "bar", "aria-hidden": "true" }, el("span", null));

	bar.firstChild.style.width = share + "%";
	return el("div", { class: "coverage" }, el("p", null, el("b", null, share + " %"), " " + label, el("span", { class: "quiet" }, note)), bar);
}

function judgedTable(title, matrix) {
	const cells = new Map(matrix.cells.map(([from, to, lines, forbidden]) => [from + " " + to, { lines, forbidden }]));
	const busy = (key) => matrix.groups.map((g, i) => i).filter(i => matrix.groups[i].kind === "named" && matrix.groups[i].packages ||
		matrix.cells.some(c => c[key] === i));
	const rows = busy(0), columns = busy(1), loose = i => matrix.groups[i].kind === "unmapped";
	const cell = (from, to) => {
		const c = cells.get(from + " " + to);
		if (!c)
			return el("td", { class: from === to ? "self" : null });
		const look = c.forbidden ? "bad back" : loose(from) || loose(to) ? "loose" : "flow";
		return el("td", { class: look, title: `${matrix.groups[from].name} imports ${matrix.groups[to].name}: ${count(c.lines, "line")}` +
			(c.forbidden ? `, ${number(c.forbidden)} forbidden` : look === "loose" ? ", not judged" : "") },
			number(c.lines) + (c.forbidden ? "!" : look === "loose" ? "?" : ""));
	};

	return [el("h3", null, title), el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title }, el("table", { class: "matrix words" },
		el("thead", null, el("tr", null, el("th", { scope: "col" }, "imports"), columns.map(i => el("th", { scope: "col" }, shorten(matrix.groups[i].name, 24))))),
		el("tbody", null, rows.map(from => el("tr", null, el("th", { scope: "row" }, shorten(matrix.groups[from].name, 32),
			el("span", { class: "count" }, number(matrix.groups[from].packages))), columns.map(to => cell(from, to)))))))];
}

panel("policy", (host, data, page) => {
	if (!data.found) {
		host.append(empty("No policy", "Nobody has written down which layer may import which, so layers and contexts are not judged. ",
			command("meshctl init"), " proposes a policy from the folders that are there, with a baseline: green from today."));
		return { note: "Which layers and contexts there are, and who may import whom." };
	}
	host.append(
		el("p", null, el("code", null, data.path), data.extends ? [" extends the starter ", el("code", null, data.extends)] : null),
		el("div", { class: "coverages" },
			coverage("of imports judged", data.judged, data.imports, ` ${number(data.judged)} of ${number(data.imports)}`),
			coverage("of packages mapped", data.mapped + data.shared, data.packages, ` ${number(data.mapped + data.shared)} of ${number(data.packages)}`)));
	if (data.layers.groups.some(g => g.kind === "named"))
		host.append(...judgedTable("Layers, innermost first", data.layers));
	if (data.contexts.groups.some(g => g.kind === "named"))
		host.append(...judgedTable("Contexts", data.contexts), el("p", { class: "quiet" },
			`${count(data.crossings, "import line")} from context to context, ${number(data.published)} through what is published.`));
	host.append(el("p", { class: "legend" }, el("span", { class: "key" }, el("span", { class: "swatch flow" }), "allowed"),
		el("span", { class: "key" }, el("span", { class: "swatch back" }), "! forbidden"),
		el("span", { class: "key" }, el("span", { class: "swatch loose" }), "? not judged: one end is unmapped")));
	if (data.unmapped.length)
		host.append(el("h3", null, `${count(data.unmapped.length, "package")} in no layer`),
			el("p", { class: "quiet" }, "Their imports are judged by no layer rule. A pattern in the policy, or in ", el("code", null, "shared"), ", closes the hole."),
			el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "packages in no layer" }, el("table", { class: "plain" },
				el("thead", null, el("tr", null, el("th", { scope: "col" }, "Package"), el("th", { scope: "col", class: "n" }, "Import lines"))),
				el("tbody", null, expandable(data.unmapped.slice().sort((a, b) => b.imports - a.imports), 15, u => el("tr", null,
					el("td", null, el("code", null, shorten(u.id || ".", 90))), el("td", { class: "n" }, number(u.imports))), "packages")))));
	return { count: data.unmapped.length ? `${percent(data.judged, data.imports)} %` : null, note: "Which layers and contexts there are, and who may import whom." };
});
