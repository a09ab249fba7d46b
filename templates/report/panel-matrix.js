/* SPDX-License-Identifier: MIT */
/*
 * panel-matrix.js - the design structure matrix: a row imports a column.  What is imported stands
 * before what imports it, as in `meshctl graph --format matrix`: layers as the policy has them,
 * else strongly connected components.  What is above the diagonal then leads back.
 */
const MATRIX_MOST = 100;

function matrixCell(edge, row, column, of) {
	if (row === column)
		return el("td", { class: "self" });
	if (!edge)
		return el("td", null);
	const back = edge.back, circle = of.get(edge.from) === of.get(edge.to);
	const words = `${edge.from.name} imports ${edge.to.name}: ${count(edge.lines, "line")}` +
		(edge.level ? `, ${count(edge.bad, "import")} with findings` : "") + (back ? ", backwards" : "");

	return el("td", { class: (edge.level ? "bad " : "") + (back ? "back" : circle ? "circle" : "flow"), title: words },
		number(edge.lines) + (edge.level ? "!" : ""));
}

panel("matrix", (host, data, page) => {
	const rows = groupings(page.model, page.data.cycles).concat([{ id: "package", label: "packages" }]);
	const status = el("p", { class: "status", role: "status" }), area = el("div", { class: "scroll", tabindex: "0", role: "region",
		"aria-label": "matrix of imports" });
	const draw = id => {
		const row = rows.find(r => r.id === id);
		const root = groupTree(page.model, id === "package" ? rows[0] : row);
		const open = id === "package" ? openUpTo(root, MATRIX_MOST) : id === "folder" ? openUpTo(root, 30) : new Set();
		const { nodes } = openNodes(root, open);
		const edges = sumEdges(page.model, nodes, false), { order: down, of, parts } = partition(nodes, edges, id === "layer");
		const order = down.slice().reverse();
		const shown = order.slice(0, MATRIX_MOST), at = new Map(order.map((n, i) => [n, i]));
		const cell = new Map(edges.map(e => [e.from.key + "\0" + e.to.key, e]));

		for (const e of edges)
			e.back = at.get(e.from) < at.get(e.to);
		const back = edges.filter(e => e.back), circles = parts.filter(p => p.length > 1);
		status.textContent = [count(order.length, "row"),
			back.length ? `${count(back.length, "cell")} above the diagonal: imports that lead back` : "nothing leads back",
			circles.length ? `${number(circles.reduce((n, p) => n + p.length, 0))} of them import each other in circles, all builds taken together` : "no circle"]
			.concat(shown.length < order.length ? [`the first ${MATRIX_MOST} are shown`] : [],
				id === "package" && nodes.some(n => n.kind === "group") ? [`more than ${MATRIX_MOST} packages: groups stand for some`] : []).join(". ") + ".";
		area.replaceChildren(el("table", { class: "matrix" },
			el("thead", null, el("tr", null, el("th", { scope: "col" }, "imports"), shown.map((n, i) =>
				el("th", { scope: "col", title: n.name, "aria-label": shorten(n.name, 80) }, String(i + 1))))),
			el("tbody", null, shown.map((from, i) => el("tr", null,
				el("th", { scope: "row", title: from.name }, el("span", { class: "nr" }, String(i + 1)), shorten(from.name, 36)),
				shown.map(to => matrixCell(cell.get(from.key + "\0" + to.key), from, to, of)))))));
	};
	const select = el("select", { onchange: () => draw(select.value) }, rows.map(r => option(r.id, r.label)));

	if (!page.model.packages.length) {
		host.append(empty("No packages", "There is nothing to compare."));
		return {};
	}
	select.value = rows.some(r => r.id === data.by) ? data.by : "folder";
	host.append(el("div", { class: "toolbar" }, el("label", { class: "field" }, "Rows are", select)), status, area,
		el("p", { class: "legend" }, el("span", { class: "key" }, el("span", { class: "swatch flow" }), "imports"),
			el("span", { class: "key" }, el("span", { class: "swatch circle" }), "inside a circle"),
			el("span", { class: "key" }, el("span", { class: "swatch back" }), "leads back"),
			el("span", { class: "key" }, el("b", null, "!"), " a finding is about it")));
	draw(select.value);
	return { note: "A row imports a column; the number counts import lines. What stands above the diagonal leads back." };
});
