/* SPDX-License-Identifier: MIT */
/* panel-findings.js - findings that can be filtered, each with its code, its reason and its repair. */
const FINDINGS_SHOWN = 25;

function codeFrame(frame, line) {
	const rows = [];

	frame.lines.forEach((text, i) => {
		const at = frame.first + i, own = at === line;
		rows.push(el("span", { class: own ? "line own" : "line" }, el("span", { class: "gutter" }, String(at).padStart(5)), " " + text + "\n"));
		if (own && frame.caret !== undefined)
			rows.push(el("span", { class: "line caret", "aria-hidden": "true" }, el("span", { class: "gutter" }, "     "),
				" " + " ".repeat(frame.caret) + "^\n"));
	});
	return el("pre", { class: "frame", tabindex: "0", role: "region", "aria-label": "code" }, el("code", null, rows));
}

function related(f) {
	if (!f.related)
		return null;
	return el("div", { class: "related" }, el("h4", null, "Where else"), el("ul", null,
		f.related.map(r => el("li", null, place(r.path, r.line), r.note ? el("span", { class: "note" }, shorten(r.note, 160)) : null)),
		f.more ? el("li", { class: "quiet" }, `and ${number(f.more)} more: meshctl explain ${f.id}`) : null));
}

function findingBody(f, rule, page) {
	const owner = page.packageOf(f);

	return el("div", { class: "body" },
		f.frame ? codeFrame(f.frame, f.line) : null,
		el("dl", { class: "advice" },
			el("dt", null, "Why"), el("dd", null, prose(f.why || rule.why)),
			el("dt", null, "Fix"), el("dd", null, prose(f.fix || rule.fix)),
			f.held ? [el("dt", null, "Held back"), el("dd", null, shorten(f.held, 200))] : null,
			f.owner ? [el("dt", null, "Owner"), el("dd", null, shorten(f.owner, 200))] : null),
		related(f),
		el("p", { class: "more" }, command("meshctl explain " + f.id),
			owner ? el("button", { type: "button", class: "link", onclick: () => { page.go("graph"); page.graph.showPackage(owner); } }, "show in the graph") : null));
}

class FindingsPanel {
	constructor(host, data, page) {
		this.data = data;
		this.page = page;
		this.scope = null;
		this.limit = FINDINGS_SHOWN;
		this.items = data.items.map(f => ({ ...f, source: f, context: (page.packageOf(f) || {}).context || "",
			text: [f.message, f.path, f.id, data.rules[f.rule].name, data.rules[f.rule].id, f.from, f.to, f.owner || ""].join(" ").toLowerCase() }));
		this.nodes = new Map();
		host.append(this.filters(), this.status = el("p", { class: "status", role: "status" }),
			this.list = el("ul", { class: "findings" }),
			this.more = el("button", { type: "button", class: "wide", onclick: () => { this.limit += 300; this.draw(); } }),
			data.left_out ? el("p", { class: "quiet" }, `${number(data.left_out)} more are not on this page: meshctl analyze --format json`) : "");
		this.draw();
	}

	choices(label, key, values) {
		const tally = new Map();

		for (const f of this.items.filter(f => !f.state))
			tally.set(values(f), (tally.get(values(f)) || 0) + 1);
		const names = [...new Set(this.items.map(values))].filter(Boolean).sort();
		const select = el("select", { onchange: () => this.filter(), "data-filter": key }, option("", "all"),
			names.map(n => option(n, `${shorten(n, 40)} (${number(tally.get(n) || 0)})`)));

		this.selects[key] = { select, values };
		return names.length > 1 || key === "rule" ? el("label", { class: "field" }, label, select) : null;
	}

	filters() {
		this.selects = {};
		this.text = el("input", { type: "search", placeholder: "Filter by words", "aria-label": "filter findings by words",
			autocomplete: "off", spellcheck: "false", class: "search", oninput: () => this.filter() });
		this.held = this.items.some(f => f.state) ? el("label", { class: "check" },
			el("input", { type: "checkbox", onchange: () => this.filter() }), "held back as well") : null;
		this.chip = el("button", { type: "button", class: "chip", hidden: true, onclick: () => { this.scope = null; this.filter(); } });
		return el("div", { class: "toolbar", role: "search", "aria-label": "filter findings" }, el("div", { class: "searchbox" }, this.text),
			this.choices("Level", "level", f => f.level), this.choices("Rule", "rule", f => this.data.rules[f.rule].name),
			this.choices("Context", "context", f => f.context), this.choices("Owner", "owner", f => f.owner || ""), this.held, this.chip);
	}

	filter() {
		this.limit = FINDINGS_SHOWN;
		this.draw();
	}

	matches() {
		const words = this.text.value.toLowerCase().split(/\s+/).filter(Boolean);
		const held = this.held && this.held.querySelector("input").checked;

		return this.items.filter(f => (held || !f.state) && words.every(w => f.text.includes(w)) &&
			(!this.scope || this.scope.packages.has(this.page.packageOf(f))) &&
			Object.values(this.selects).every(({ select, values }) => !select.value || values(f) === select.value));
	}

	entry(f) {
		const rule = this.data.rules[f.rule];
		const details = el("details", { class: "finding " + f.level, id: "f-" + f.id, ontoggle: () => {
			if (details.open && details.children.length === 1)
				details.append(findingBody(f, rule, this.page));
		} }, el("summary", null, badge(f.level), el("span", { class: "text" }, message(f.message)),
			el("span", { class: "where" }, place(f.path, f.line), el("span", { class: "rule" }, rule.name), el("code", { class: "id" }, "#" + f.id),
				f.state ? el("span", { class: "state" }, f.state) : null)));
		return el("li", null, details);
	}

	draw() {
		const found = this.matches(), total = this.items.filter(f => !f.state).length;

		for (const f of found.slice(0, this.limit))
			if (!this.nodes.has(f))
				this.nodes.set(f, this.entry(f));
		this.list.replaceChildren(...found.slice(0, this.limit).map(f => this.nodes.get(f)));
		this.status.textContent = !total && !found.length ? "Nothing found." : found.length === total && !this.text.value ?
			count(total, "finding") + "." : `${number(found.length)} of ${count(this.items.length, "finding")} shown.`;
		this.more.hidden = found.length <= this.limit;
		this.more.textContent = `Show ${number(Math.min(300, found.length - this.limit))} more of ${number(found.length)}`;
		this.chip.hidden = !this.scope;
		if (this.scope)
			this.chip.textContent = `in ${shorten(this.scope.name, 40)}  ✕`;
	}

	show(source) {
		const f = this.items.find(i => i.source === source);

		this.text.value = "";
		this.scope = null;
		for (const { select } of Object.values(this.selects))
			select.value = "";
		this.limit = Math.max(FINDINGS_SHOWN, this.items.indexOf(f) + 1);
		this.draw();
		const details = this.nodes.get(f).firstChild;
		details.open = true;
		this.page.scrollTo(details);
		details.firstChild.focus({ preventScroll: true });
	}

	/* For print: all that the filters leave, opened. */
	unfold() {
		this.before = this.limit;
		this.limit = Math.max(this.limit, 500);
		this.draw();
		this.closed = [...this.list.querySelectorAll("details:not([open])")];
		this.closed.forEach(d => { d.open = true; });
		for (const f of this.matches().slice(0, this.limit)) {
			const details = this.nodes.get(f).firstChild;
			if (details.children.length === 1)
				details.append(findingBody(f, this.data.rules[f.rule], this.page));
		}
	}

	fold() {
		(this.closed || []).forEach(d => { d.open = false; });
		this.limit = this.before || this.limit;
		this.draw();
	}
}

panel("findings", (host, data, page) => {
	const found = new FindingsPanel(host, data, page);

	page.showFinding = f => found.show(f);
	page.filterFindings = (id, group) => {
		found.scope = { name: group.name, packages: new Set(group.packages) };
		found.filter();
		page.go("findings");
	};
	page.printing.push(found);
	const total = data.items.filter(f => !f.state).length + data.left_out;
	return { count: total, note: total ? "The worst first. Each opens to its code, the reason and the repair." : null };
});
