/* SPDX-License-Identifier: MIT */
/* panel-cycles.js - circles at every level; of each knot its members, a way round, and the cut in order. */
const MEMBERS_SHOWN = 40, CUT_SHOWN = 12, KNOTS_SHOWN = 12;

/* A list of which the rest can be asked for; printed, it is there. */
function expandable(items, most, make, what) {
	const rows = items.map(make), rest = rows.slice(most);

	if (rest.length < 2)
		return rows;
	rest.forEach(r => r.classList.add("rest"));
	const button = el("button", { type: "button", class: "link", onclick: event => {
		rest.forEach(r => r.classList.remove("rest"));
		event.target.closest("li, tr").remove();
	} }, `${number(rest.length)} more ${what}`);
	const holder = rows[0].tagName === "TR" ? el("tr", { class: "show-rest" }, el("td", { colspan: rows[0].children.length }, button)) :
		el("li", { class: "show-rest" }, button);
	return [...rows.slice(0, most), holder, ...rest];
}

function levelsTable(levels) {
	const meaning = l => l.level === "package" ? (l.in_circles ? "Go refuses to build these" : "as in all Go that compiles") :
		l.level === "test" ? "packages with their tests" : l.guessed ? "guessed, no policy" : l.shown ? "the worst" : "";

	return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "levels" }, el("table", { class: "plain" },
		el("thead", null, el("tr", null, ["Level", "Groups", "In circles", "Largest knot", ""].map((h, i) =>
			el("th", { scope: "col", class: i && i < 4 ? "n" : null }, h || el("span", { class: "unseen" }, "Remark"))))),
		el("tbody", null, levels.map(l => el("tr", { class: l.shown ? "shown" : null }, el("th", { scope: "row" }, l.level),
			el("td", { class: "n" }, number(l.groups)), el("td", { class: "n" + (l.in_circles ? " bad" : "") }, number(l.in_circles)),
			el("td", { class: "n" }, number(l.largest)), el("td", { class: "quiet" }, meaning(l)))))));
}

function cutTable(knot) {
	const { cut } = knot, name = n => el("code", null, shorten(n || ".", 46));
	const row = (e, i) => el("tr", null, el("td", { class: "n" }, String(i + 1)),
		el("td", null, name(e.from), " → ", name(e.to), e.imports.length ? el("div", { class: "quiet" },
			shorten(e.imports[0].path, 60) + ":" + e.imports[0].line + (e.imports.length > 1 ? ` and ${number(e.imports.length - 1)} more` : "")) : null),
		el("td", { class: "n" }, number(e.weight)), el("td", { class: "n" }, `${number(e.tied_before)} → ${number(e.tied_after)}`),
		el("td", null, e.try || ""));

	return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "cut" }, el("table", { class: "plain cut" },
		el("thead", null, el("tr", null, ["#", "Remove", cut.unit === "symbols" ? "Symbols" : "Lines", "Still tied", "Try"].map((h, i) =>
			el("th", { scope: "col", class: i === 0 || i === 2 || i === 3 ? "n" : null }, h)))),
		el("tbody", null, expandable(cut.edges, CUT_SHOWN, row, "edges"))));
}

function knotBlock(knot, page) {
	const { cut } = knot, graph = page.graph;
	const canShow = graph && graph.rows.some(r => r.id === knot.level);

	return el("article", { class: "knot" }, el("header", null,
		el("h3", null, `${number(knot.members.length)} at ${knot.level}`, knot.id ? el("code", { class: "id" }, "#" + knot.id) : null),
		el("p", { class: "quiet" }, `${count(knot.import_lines, "import line")} inside, on ${knot.platforms.join(", ")}`),
		canShow ? el("button", { type: "button", onclick: () => graph.showKnot(knot) }, "Show in the graph") : null),
		el("ul", { class: "chips", "aria-label": "members" }, expandable(knot.members, MEMBERS_SHOWN, m => el("li", null, shorten(m || ".", 60)), "members")),
		el("p", null, el("b", null, `Cut ${count(cut.edges.length, "edge")}, ${count(cut.weight, cut.unit === "symbols" ? "symbol" : "import line")}`),
			cut.optimal ? ", proven to be the smallest." : `; no cut is smaller than ${number(cut.lower_bound)}.`, " Best first:"),
		cutTable(knot),
		el("details", { class: "plain" }, el("summary", null, `A shortest way round, ${count(knot.circle.length, "hop")}`),
			el("ol", { class: "round" }, knot.circle.map(h => el("li", null, el("code", null, shorten(h.from || ".", 60)), " → ",
				el("code", null, shorten(h.to || ".", 60)), " ", place(h.path, h.line))))));
}

panel("cycles", (host, data, page) => {
	const tied = data.levels.filter(l => l.knots);
	const rank = k => data.levels.findIndex(l => l.level === k.level && l.shown) >= 0 ? 0 : 1;
	const knots = data.knots.slice().sort((a, b) => rank(a) - rank(b));

	host.append(levelsTable(data.levels));
	if (data.levels_skipped)
		host.append(el("p", { class: "quiet" }, `${count(data.levels_skipped, "deeper level")} not looked at.`));
	if (!tied.length)
		host.append(empty("No circles at any level", "Every group can move out alone."));
	host.append(...knots.slice(0, KNOTS_SHOWN).map(k => knotBlock(k, page)));
	if (knots.length > KNOTS_SHOWN)
		host.append(el("details", { class: "plain" }, el("summary", null, `${number(knots.length - KNOTS_SHOWN)} more knots`),
			knots.slice(KNOTS_SHOWN).map(k => knotBlock(k, page))));
	return { count: knots.length, note: "Who imports each other in circles cannot move out alone. The cut says what to remove, in order." };
});
