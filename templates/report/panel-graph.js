/* SPDX-License-Identifier: MIT */
/* panel-graph.js - the graph, the tree beside it, the search, and what is known of the chosen node. */
const NODES_MOST = 200, NODES_CALM = 40, LIST_MOST = 12;

/* "service/order": all of a group's name below the root. */
function pathOf(group) {
	const names = [];

	for (let at = group; at && at.parent; at = at.parent)
		names.unshift(at.name);
	return names.join("/");
}

class GraphPanel {
	constructor(host, page) {
		this.page = page;
		this.model = page.model;
		this.rows = groupings(this.model, page.data.cycles);
		this.tests = false;
		this.focused = null;
		this.depth = 1;
		this.chosen = null;
		this.view = new GraphView({
			choose: group => this.choose(group.key === this.chosen ? null : group.key),
			open: group => this.toggle(group), close: group => this.toggle(group),
			focus: group => this.focusOn(group), leave: () => this.leave(),
		});
		this.tree = new GroupTree({ toggle: group => this.toggle(group), choose: group => this.fromTree(group) });
		this.marks = this.countFindings();
		host.append(this.toolbar(), this.status = el("p", { class: "status", role: "status" }),
			el("div", { class: "graph-area" },
				el("div", { class: "side" }, el("div", { class: "holder" }, this.tree.list),
					this.details = el("div", { class: "details", role: "region", "aria-label": "chosen node", tabindex: "0", hidden: true })),
				el("div", { class: "canvas" }, this.view.root, this.zoomButtons())),
			this.legend());
		this.group(this.firstRow());
		new ResizeObserver(() => this.view.fit()).observe(this.view.root);
	}

	/* The worst circles first, where nobody said what the layers are. */
	firstRow() {
		const cycles = this.page.data.cycles, shown = cycles && cycles.levels.find(l => l.shown && l.knots);
		const find = id => this.rows.find(r => r.id === id);

		return find("layer") || (shown && shown.groups <= 90 && find(shown.level)) || this.rows[0];
	}

	countFindings() {
		const marks = new Map();

		for (const f of this.page.data.findings.items) {
			const p = !f.state && f.level !== "info" && this.page.packageOf(f);
			if (p)
				marks.set(p.number, (marks.get(p.number) || 0) + 1);
		}
		return marks;
	}

	toolbar() {
		const select = (label, options, change) => el("label", { class: "field" }, label,
			el("select", { onchange: event => change(event.target.value) }, options));
		this.by = select("Group by", this.rows.map(r => option(r.id, r.label)),
			id => this.group(this.rows.find(r => r.id === id)));
		this.around = select("Depth", [1, 2, 3].map(n => option(n, String(n))), n => {
			this.depth = Number(n);
			this.draw();
		});
		this.around.hidden = true;
		this.unfocus = el("button", { type: "button", class: "chip", hidden: true, onclick: () => this.focusOn(null) });
		return el("div", { class: "toolbar" }, this.search(), this.by,
			el("div", { class: "buttons" },
				el("button", { type: "button", onclick: () => this.openAll() }, "Expand all"),
				el("button", { type: "button", onclick: () => this.closeAll() }, "Collapse all")),
			el("label", { class: "check" }, el("input", { type: "checkbox", onchange: event => {
				this.tests = event.target.checked;
				this.draw();
			} }), "imports of tests"),
			this.only = el("label", { class: "check" }, el("input", { type: "checkbox", onchange: () => this.draw() }), "circles only"),
			this.unfocus, this.around);
	}

	search() {
		const list = el("ul", { class: "hits", role: "listbox", id: "hits", "aria-label": "packages found", hidden: true });
		const input = el("input", { type: "search", role: "combobox", "aria-expanded": "false", "aria-controls": "hits",
			"aria-autocomplete": "list", "aria-label": "search packages", placeholder: "Search packages  ( / )",
			autocomplete: "off", spellcheck: "false", class: "search" });
		let hits = [], at = -1;
		const mark = next => {
			at = next;
			[...list.children].forEach((li, i) => {
				li.setAttribute("aria-selected", String(i === at));
				if (i === at) {
					input.setAttribute("aria-activedescendant", li.id);
					li.scrollIntoView({ block: "nearest" });
				}
			});
		};
		const show = () => {
			const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
			hits = !words.length ? [] : this.model.packages
				.filter(p => words.every(w => p.name.toLowerCase().includes(w) || p.path.toLowerCase().includes(w)))
				.sort((a, b) => a.name.length - b.name.length || (a.name < b.name ? -1 : 1)).slice(0, LIST_MOST);
			list.replaceChildren(...hits.map((p, i) => el("li", { role: "option", id: "hit-" + i, "aria-selected": "false",
				onpointerdown: event => { event.preventDefault(); take(i); } }, shorten(p.name, 80))));
			list.hidden = !hits.length;
			input.setAttribute("aria-expanded", String(hits.length > 0));
			input.removeAttribute("aria-activedescendant");
			input.classList.toggle("nothing", words.length > 0 && !hits.length);
			at = -1;
		};
		const hide = () => {
			list.hidden = true;
			input.setAttribute("aria-expanded", "false");
			input.removeAttribute("aria-activedescendant");
		};
		const take = i => {
			hide();
			this.showPackage(hits[i]);
			this.view.focusNode(this.chosen);
		};
		input.addEventListener("input", show);
		input.addEventListener("blur", hide);
		input.addEventListener("focus", show);
		input.addEventListener("keydown", event => {
			if (event.key === "ArrowDown" && hits.length)
				mark((at + 1) % hits.length);
			else if (event.key === "ArrowUp" && hits.length)
				mark((at + hits.length - 1) % hits.length);
			else if (event.key === "Enter" && hits.length)
				take(Math.max(at, 0));
			else if (event.key === "Escape" && (input.value || !list.hidden)) {
				input.value = "";
				show();
			} else
				return;
			event.preventDefault();
			event.stopPropagation();
		});
		this.input = input;
		return el("div", { class: "searchbox" }, input, list);
	}

	zoomButtons() {
		const button = (label, text, act) => el("button", { type: "button", "aria-label": label, title: label, onclick: act }, text);

		return el("div", { class: "zoom" }, button("zoom in", "+", () => this.view.scale(1.25)),
			button("zoom out", "−", () => this.view.scale(0.8)), button("fit the graph into the view", "⤢", () => this.view.fit()));
	}

	legend() {
		const sample = (look, text) => el("span", { class: "key" }, svg("svg", { width: 34, height: 10, "aria-hidden": "true" },
			svg("path", { class: "edge " + look, d: "M1 5H33", "stroke-width": 2 })), text);

		return el("p", { class: "legend" }, sample("plain", "imports"), sample("bad", "a finding is about it"),
			sample("circle", "in a circle"), sample("cut", "cut it here"), sample("test", "by tests only"),
			el("span", { class: "key hint" }, "Click: what it imports, who imports it. Double click: open, close. " +
				"Ctrl and wheel: zoom. Drag: move."));
	}

	group(row) {
		this.row = row;
		this.by.querySelector("select").value = row.id;
		this.root = groupTree(this.model, row);
		this.byKey = new Map();
		const stack = [this.root];
		while (stack.length) {
			const group = stack.pop();
			this.byKey.set(group.key, group);
			group.mark = group.packages.reduce((sum, p) => sum + (this.marks.get(p.number) || 0), 0);
			stack.push(...group.children);
		}
		const all = this.model.packages.length;
		const level = this.knots().length > 0;
		this.open = level ? new Set() : openUpTo(this.root, all <= 60 ? 60 : NODES_CALM);
		this.only.hidden = !level;
		this.only.firstChild.checked = level && this.root.children.length > NODES_CALM;
		this.refused = null;
		this.chosen = null;
		this.focused = null;
		this.draw();
	}

	/* The knots of the level that is drawn: their members are the outermost groups. */
	knots() {
		const cycles = this.page.data.cycles;

		return cycles ? cycles.knots.filter(k => k.level === this.row.id) : [];
	}

	/* As the level counts them: what only tests have is none. */
	groupsThere() {
		const level = this.page.data.cycles.levels.find(l => l.level === this.row.id);

		return level ? level.groups : this.root.children.length;
	}

	openAll() {
		const open = openUpTo(this.root, NODES_MOST), all = this.model.packages.length;

		this.refused = all > NODES_MOST ? `A picture of more than ${NODES_MOST} nodes is not readable: ` +
			`${count(all, "package")} stay in groups. Search, focus, or open a group.` : null;
		this.open = open;
		this.draw();
	}

	closeAll() {
		this.open = new Set();
		this.refused = null;
		this.draw();
	}

	toggle(group) {
		if (group.kind !== "group")
			return;
		const { nodes } = openNodes(this.root, this.open);
		this.refused = null;
		if (this.open.has(group.key))
			this.open.delete(group.key);
		else if (nodes.length + group.children.length - 1 > NODES_MOST && !this.focused)
			this.refused = `'${shorten(group.name, 60)}' is not opened: more than ${NODES_MOST} nodes are not readable. ` +
				"Close another group first, or focus.";
		else
			this.open.add(group.key);
		const held = this.view.root.contains(document.activeElement);
		this.draw();
		if (held) {
			const key = this.view.items.has(group.key) ? group.key : group.children[0].key;
			this.view.focusNode(this.view.items.has(key) ? key : [...this.view.items.keys()][0]);
		}
	}

	focusOn(group) {
		const held = this.view.root.contains(document.activeElement), key = group ? group.key : this.focused;

		this.focused = group && group.key;
		this.draw();
		if (group)
			this.choose(group.key);
		if (held)
			this.view.focusNode(key);
	}

	leave() {
		if (this.chosen !== null)
			this.choose(null);
		else if (this.focused)
			this.focusOn(null);
	}

	fromTree(group) {
		if (!this.view.items.has(group.key))
			this.only.firstChild.checked = false;
		for (let at = group.parent; at && at.parent; at = at.parent)
			this.open.add(at.key);
		if (!this.view.items.has(group.key) && !this.open.has(group.key))
			this.draw();
		this.choose(group.key);
		this.view.reveal(group.key);
	}

	/* Opens what hides the package, as far as that is readable. */
	showPackage(p) {
		this.only.firstChild.checked = false;
		let group = [...this.byKey.values()].find(g => g.kind === "package" && g.package === p);
		const hidden = [];

		for (let at = group.parent; at && at.parent; at = at.parent)
			if (!this.open.has(at.key))
				hidden.push(at);
		this.focused = null;
		for (const at of hidden.reverse()) {
			if (openNodes(this.root, this.open).nodes.length + at.children.length - 1 > NODES_MOST) {
				this.open.add(at.key);
				this.focused = group.key;
			}
			this.open.add(at.key);
		}
		this.draw();
		this.choose(group.key);
		this.view.reveal(group.key);
	}

	/* A knot of the panel of cycles. */
	showKnot(knot) {
		const row = this.rows.find(r => r.id === knot.level);

		if (!row)
			return false;
		this.group(row);
		this.page.go("graph");
		return true;
	}

	around1(nodes, edges) {
		const near = new Set([this.focused]);

		for (let step = 0; step < this.depth; step++)
			for (const { from, to } of edges.filter(e => near.has(e.from.key) || near.has(e.to.key)))
				near.add(from.key).add(to.key);
		return nodes.filter(n => near.has(n.key));
	}

	draw() {
		let { nodes, boxes } = openNodes(this.root, this.open);
		let edges = sumEdges(this.model, nodes, this.tests);

		if (!this.only.hidden && this.only.firstChild.checked && !this.focused) {
			const tied = new Set(this.knots().flatMap(k => k.members.map(m => m || ".")));
			nodes = nodes.filter(n => tied.has(topOf(n).name));
			boxes = boxes.filter(b => tied.has(topOf(b).name));
			const left = new Set(nodes);
			edges = edges.filter(e => left.has(e.from) && left.has(e.to));
		}
		if (this.focused && !nodes.some(n => n.key === this.focused))
			this.focused = null;
		if (this.focused) {
			nodes = this.around1(nodes, edges);
			const left = new Set(nodes);
			edges = edges.filter(e => left.has(e.from) && left.has(e.to));
			const held = new Set(nodes.flatMap(n => { const up = []; for (let at = n.parent; at; at = at.parent) up.push(at); return up; }));
			boxes = boxes.filter(b => held.has(b));
		}
		/* Without boxes a name must say where it is. */
		this.plain = isDense(nodes, edges);
		this.dress(nodes, boxes, edges);
		this.drawn = edges;
		this.view.draw(nodes, boxes, edges);
		this.tree.draw(this.root, this.open, this.chosen);
		this.say(nodes, edges);
		this.choose(this.chosen !== null && this.view.items.has(this.chosen) ? this.chosen : null);
	}

	/* Of a layer: the outermost is 0, what is in none -1. */
	rank(group) {
		return this.row.order ? this.row.order.indexOf(topOf(group).name) : -1;
	}

	/* Words and looks of what is drawn. */
	dress(nodes, boxes, edges) {
		const into = new Map(), out = new Map(), tied = new Map(), cut = new Set();

		this.knots().forEach((knot, i) => {
			knot.members.forEach(name => tied.set(name || ".", i));
			knot.cut.edges.forEach(e => cut.add((e.from || ".") + "\0" + (e.to || ".")));
		});
		for (const edge of edges) {
			const from = edge.from.name, to = edge.to.name;
			const top = edge.from.parent === this.root && edge.to.parent === this.root;
			into.set(edge.to, (into.get(edge.to) || 0) + 1);
			out.set(edge.from, (out.get(edge.from) || 0) + 1);
			edge.look = "plain";
			edge.back = (this.rank(edge.to) >= 0 && this.rank(edge.from) > this.rank(edge.to)) || (top && cut.has(from + "\0" + to));
			if (top && cut.has(from + "\0" + to))
				edge.look = "cut";
			else if (edge.level)
				edge.look = "bad";
			else if (top && tied.has(from) && tied.get(from) === tied.get(to))
				edge.look = "circle";
			if (!edge.code)
				edge.look += " test";
			edge.arrow = edge.look.startsWith("bad") ? "bad" : edge.look.startsWith("cut") ? "cut" : "plain";
			edge.says = `${edge.from.name} imports ${edge.to.name}: ${count(edge.lines, "line")}` +
				(edge.bad ? `, ${count(edge.bad, "import")} with findings` : "");
		}
		for (const node of [...nodes, ...boxes]) {
			const p = node.package, lines = node.packages.reduce((sum, q) => sum + q.lines, 0);
			node.label = this.plain && p ? p.name : this.plain ? pathOf(node) : node.name;
			node.detail = p ? rough(lines) + (lines === 1 ? " line" : " lines") + (p.flags & MAIN ? ", program" : p.flags & ONLY_TESTS ? ", tests" : "") :
				count(node.packages.length, "package") + ", " + rough(lines) + (lines === 1 ? " line" : " lines");
			node.look = (p && p.flags & ASIDE ? "aside " : "") + (tied.has(node.name) && node.parent === this.root ? "tied" : "");
			node.says = `${p ? p.name : pathOf(node)}: imports ${out.get(node) || 0}, imported by ${into.get(node) || 0}` +
				(node.mark ? `, ${count(node.mark, "finding")}` : "") + (node.kind === "group" ? ", closed group" : "");
		}
	}

	say(nodes, edges) {
		const all = this.model.packages.length, drawn = nodes.filter(n => n.kind === "package").length;
		const parts = [`${count(nodes.length, "node")}, ${count(edges.length, "edge")}`];
		const focused = this.focused && this.byKey.get(this.focused);

		if (!focused && !this.only.hidden && this.only.firstChild.checked)
			parts.push(`Of ${count(this.groupsThere(), "group")} at ${this.row.id} only those in circles are drawn`);
		else if (!focused && drawn < all)
			parts.push(all > NODES_MOST ? `${count(all, "package")} are more than ${NODES_MOST}: groups are drawn instead` :
				`${count(all - drawn, "package is", "packages are")} inside closed groups`);
		if (this.refused)
			parts.push(this.refused);
		this.status.textContent = parts.join(". ") + ".";
		this.unfocus.hidden = !focused;
		this.around.hidden = !focused;
		if (focused)
			this.unfocus.textContent = `focus: ${shorten(focused.name, 40)}  ✕`;
	}

	choose(key) {
		this.chosen = key;
		this.view.light(this.view.items.has(key) ? key : null);
		this.tree.choose(key);
		const group = key === null ? null : this.byKey.get(key);
		this.details.replaceChildren(...(group ? this.describe(group) : []));
		this.details.hidden = group === null;
	}

	describe(group) {
		const p = group.package, lines = group.packages.reduce((sum, q) => sum + q.lines, 0);
		const fact = (name, value) => value ? [el("dt", null, name), el("dd", null, value)] : [];
		const is = group.kind === "group";
		const findings = this.page.data.findings.items.filter(f => !f.state && group.packages.includes(this.page.packageOf(f)));

		return [
			el("button", { type: "button", class: "shut", "aria-label": "close", onclick: () => this.choose(null) }, "✕"),
			el("h3", null, shorten(p ? p.name : group.name, 120)),
			p ? el("p", { class: "quiet" }, el("code", null, shorten(p.path, 160))) : null,
			el("div", { class: "buttons" },
				el("button", { type: "button", onclick: () => this.focusOn(this.focused === group.key ? null : group) },
					this.focused === group.key ? "Show all" : "Focus"),
				is ? el("button", { type: "button", onclick: () => this.toggle(group) }, this.open.has(group.key) ? "Close" : "Open") : null,
				findings.length ? el("button", { type: "button", onclick: () => this.page.filterFindings(p ? p.id : group.packages[0].id, group) },
					count(findings.length, "finding")) : null),
			el("dl", null, fact("layer", p && p.layer), fact("context", p && p.context), fact("module", p && p.module && p.module.path),
				fact("packages", is && number(group.packages.length)), fact("lines", number(lines)),
				fact("files", number(group.packages.reduce((sum, q) => sum + q.files, 0)))),
			this.neighbours(group, "Imports", "out"), this.neighbours(group, "Imported by", "in"),
		].flat(Infinity).filter(Boolean);
	}

	/* Between packages, whatever is drawn. */
	neighbours(group, title, way) {
		const inside = new Set(group.packages.map(p => p.number)), found = new Map();

		for (const p of group.packages)
			for (const edge of p[way]) {
				const other = way === "out" ? edge.to : edge.from, lines = edge.lines + (this.tests ? edge.tests : 0);
				if (inside.has(other) || !lines)
					continue;
				const row = found.get(other) || { p: this.model.packages[other], lines: 0, at: null, level: null };
				row.lines += lines;
				row.at = row.at || (this.model.packages[edge.from].id ? this.model.packages[edge.from].id + "/" : "") + edge.at;
				row.level = row.level || edge.level;
				found.set(other, row);
			}
		const rows = [...found.values()].sort((a, b) => b.lines - a.lines || (a.p.name < b.p.name ? -1 : 1));
		const line = row => el("li", null, el("button", { type: "button", class: "link", title: row.at, onclick: () => this.showPackage(row.p) },
			shorten(row.p.name, 44)), row.level ? el("span", { class: "sign " + row.level, title: row.level }, LEVEL_SIGN[row.level]) : null,
			el("span", { class: "count" }, number(row.lines)));
		return [el("h4", { class: way }, title, el("span", { class: "count" }, number(rows.length))),
			rows.length ? el("ul", { class: "near" }, rows.slice(0, 100).map(line),
				rows.length > 100 ? el("li", { class: "quiet" }, `and ${number(rows.length - 100)} more`) : null) :
				el("p", { class: "quiet" }, "nothing in the tree")];
	}
}

panel("graph", (host, data, page) => {
	if (!page.model.packages.length) {
		host.append(empty("No packages", "There is nothing to draw."));
		return { count: 0 };
	}
	page.graph = new GraphPanel(host, page);
	document.addEventListener("keydown", event => {
		if (event.key === "/" && !event.target.closest("input, select, textarea")) {
			event.preventDefault();
			page.go("graph");
			page.graph.input.focus();
		}
	});
	return { note: "Who imports whom. What is drawn together is chosen in the tree." };
});
