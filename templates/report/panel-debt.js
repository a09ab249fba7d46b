/* SPDX-License-Identifier: MIT */
/* panel-debt.js - where debt lies, a heat map that filters, and what to repair first with its formulas. */
const DEBT_SHOWN = 10, DEBT_ROWS_SHOWN = 10, DEBT_DAY = 480;

/* "0.8 d", "12 d"; "-" of what is not known: as the command prints it. */
function work(minutes) {
	const days = minutes / DEBT_DAY;

	if (minutes === null)
		return "–";
	if (minutes < DEBT_DAY / 10)
		return minutes < 0.5 ? "0" : minutes.toFixed(0) + " min";
	return days < 9.95 ? days.toFixed(1) + " d" : number(Math.floor(days + 0.5)) + " d";
}

function real(value, digits = 2) {
	return value === null || value === undefined ? "–" : value.toFixed(digits);
}

function heads(names, numeric) {
	return el("thead", null, el("tr", null, names.map((h, i) => el("th", { scope: "col", class: numeric.includes(i) ? "n" : null }, h))));
}

function scroller(label, table) {
	return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, table);
}

function debtRows(data) {
	const cells = r => [el("td", { class: "n" }, work(r.minutes)), el("td", { class: "n" }, real(r.density, 0)),
		el("td", { class: "n" }, number(r.lines)), el("td", { class: "n" }, work(r.interest_minutes))];
	const row = r => el("tr", null, el("th", { scope: "row" }, shorten(r.rest ? "elsewhere" : r.name || ".", 60)), cells(r));

	return scroller("debt by " + data.level_name, el("table", { class: "plain debt-rows" },
		heads([data.level_name, "Work", "min/kLOC", "Lines", "In a year"], [1, 2, 3, 4]),
		el("tbody", null, expandable(data.rows, DEBT_ROWS_SHOWN, row, "rows"),
			el("tr", { class: "shown" }, el("th", { scope: "row" }, "all"), cells(data.total)))));
}

/* By the logarithm: few cells have most of it. */
function heatStep(days, most) {
	return Math.min(4, Math.floor(most > 0 ? Math.log1p(days) / Math.log1p(most) * 5 : 0));
}

function debtFormula(e, data) {
	const m = data.model;

	return `${real(e.priority, 1)} = 100 × (${real(m.impact)} × ${real(e.impact)} impact + ${real(m.risk)} × ${real(e.risk)} risk + ` +
		`${real(m.timeliness)} × ${real(e.timeliness)} timeliness) / (1 + log2(1 + ${real(e.person_days)} days))`;
}

function partLine(p, sums, first) {
	const price = `${number(p.price)} min = ${p.times === 1 ? "" : p.times + " × "}${p.minutes}` +
		(p.per ? ` + ${p.per} × ${number(p.units)} ${p.unit || "units"}` : "");

	return el("li", null, el("b", null, p.rule), sums && p.symbol ? [" ", el("code", null, shorten(p.symbol, 60))] : null,
		": " + price, el("span", { class: "quiet" }, ` ${sums || first ? "" : "cured with the first; "}[${p.source}] #${p.id}`));
}

function placeLine(p) {
	return el("li", null, p.file ? place(p.file) : "in no Go file",
		p.changes === null ? null : `: ${number(Math.round(p.changes))} changes, severity ${real(p.severity)}, ${work(p.interest_minutes)} in a year`);
}

function debtBody(e, data, page) {
	const m = data.model, owner = page.packageOf({ path: e.path, from: e.from });
	const term = (name, ...text) => [el("dt", null, name), el("dd", null, text)];

	return el("div", { class: "body" }, el("dl", { class: "advice" },
		term("Priority", debtFormula(e, data)),
		term("Impact", `${real(e.impact)} = ${number(e.touches)} of ${number(data.touchable)} ${data.touchable_are} lead to it, its own included`),
		term("Risk", `${real(e.risk)} = 1 − (1 − ${real(e.risk_level)} level) × (1 − ${m.hot} × ${real(e.risk_hot)} hot) × (1 − ${m.fixes} × ${real(e.risk_fixes)} repairs) × ` +
			`(1 − ${m.truck} × ${real(e.risk_truck)} one person)` + (e.risk_hot === null || e.risk_truck === null ? "; – is not known and left out" : ""),
			el("p", { class: "quiet" }, "Repairs are the share of the changes that were some; one person is 1 where of those who changed it one alone knows it; all of the last 12 months.")),
		term("Timeliness", e.deadline ? `${real(e.timeliness)}: ${e.deadline} on ${e.on}, ${real(e.days_left, 0)} days left${e.late ? "; cannot be done until then" : ""}` :
			"0: the policy has no deadline for it"),
		term("Work", `${count(e.minutes, "minute")} = ${real(e.person_days)} days of ${DEBT_DAY}`,
			el("ul", null, e.parts.map((p, i) => partLine(p, e.kind === "file", !i)), e.more_parts ? el("li", { class: "quiet" }, `and ${number(e.more_parts)} more`) : null)),
		term("In a year", e.interest_minutes === null ? `not known: ${data.no_history || "it lies in no Go file"}` :
			[`${count(Math.round(e.interest_minutes), "minute")} = changes × ${real(m.change_minutes, 0)} minutes × ${real(m.slowdown)} × severity × its share of the debt there` +
				(e.payback_months === null ? "" : `; pays in ${real(e.payback_months, 1)} months`),
			el("ul", null, e.places.map(placeLine), e.more_places ? el("li", { class: "quiet" }, `and ${number(e.more_places)} more places`) : null)]),
		term("Owner", shorten(e.owner || "no owner", 200))),
	el("p", { class: "more" }, command("meshctl explain " + e.id),
		owner ? el("button", { type: "button", class: "link", onclick: () => { page.go("graph"); page.graph.showPackage(owner); } }, "show in the graph") : null));
}

class DebtPanel {
	constructor(host, data, page) {
		this.data = data;
		this.page = page;
		this.cell = null;
		this.limit = DEBT_SHOWN;
		this.nodes = new Map();
		host.append(el("p", null, `${work(data.total.minutes)} of work in all, ${real(data.total.density, 0)} minutes for each thousand lines` +
			(data.owner ? `; below: of ${shorten(data.owner, 60)}, ${work(data.minutes)}` : "") + ". ",
			el("span", { class: "quiet" }, data.no_history ? `No history (${data.no_history}): what debt costs in a year, changes and who knows what are not known (–).` :
				`With 12 months of history, ${count(data.commits, "commit")}${data.shallow ? "; " + data.shallow : ""}.`)),
		el("div", { class: "debt-head" }, el("div", null, el("h3", null, "Where it lies"), debtRows(data),
			data.rows_left_out ? el("p", { class: "quiet" }, `${number(data.rows_left_out)} more are not on this page.`) : null),
		el("div", null, el("h3", null, "Work by risk and impact"), this.heat(),
			el("p", { class: "quiet" }, `Impact is the share of ${number(data.touchable)} ${data.touchable_are} that depend on the place. A cell shows its entries below.`))),
		el("h3", null, "Do first"), this.filters(), this.status = el("p", { class: "status", role: "status" }),
		this.list = el("ul", { class: "debts" }),
		this.more = el("button", { type: "button", class: "wide", onclick: () => { this.limit += 100; this.draw(); } }));
		this.draw();
	}

	heat() {
		const most = Math.max(...this.data.heat.flat().map(c => c.person_days)), range = i => `${i * 20}–${i * 20 + 20} %`;
		const cell = (c, risk, impact) => {
			if (!c.entries)
				return el("td", { class: "none" }, "·");
			const amount = work(c.person_days * DEBT_DAY), entries = count(c.entries, "entry", "entries");
			const button = el("button", { type: "button", "aria-pressed": "false", "data-cell": `${risk} ${impact}`,
				onclick: () => this.choose(risk, impact) },
			el("span", { class: "unseen" }, `risk ${range(risk)}, impact ${range(impact)}: `), el("b", null, amount), " ", el("span", null, number(c.entries), el("i", null, c.entries === 1 ? " entry" : " entries")));
			return el("td", { class: "heat-" + heatStep(c.person_days, most) }, button, el("span", { class: "paper" }, `${amount}, ${entries}`));
		};

		this.map = el("table", { class: "heat" }, el("caption", { class: "unseen" }, "work by risk and impact"),
			el("tbody", null, [4, 3, 2, 1, 0].map(risk => el("tr", null, el("th", { scope: "row" }, risk === 4 ? "risk " : null, range(risk)),
				this.data.heat[risk].map((c, impact) => cell(c, risk, impact))))),
			el("tfoot", null, el("tr", null, el("th", { scope: "row" }, "impact"), [0, 1, 2, 3, 4].map(i => el("th", { scope: "col" }, range(i))))));
		return scroller("work by risk and impact", this.map);
	}

	filters() {
		const owners = [...new Set(this.data.entries.map(e => e.owner || ""))].sort();

		this.owner = el("select", { onchange: () => this.filter() }, option("*", "all"), owners.map(o => option(o, shorten(o || "no owner", 40))));
		this.chip = el("button", { type: "button", class: "chip", hidden: true, onclick: () => this.choose(null) });
		return el("div", { class: "toolbar" }, owners.length > 1 ? el("label", { class: "field" }, "Owner", this.owner) : null, this.chip);
	}

	filter() {
		this.limit = DEBT_SHOWN;
		this.draw();
	}

	choose(risk, impact) {
		const key = risk === null ? null : `${risk} ${impact}`;

		this.cell = key === this.cell ? null : key;
		for (const b of this.map.querySelectorAll("button"))
			b.setAttribute("aria-pressed", String(b.dataset.cell === this.cell));
		this.filter();
	}

	matches() {
		return this.data.entries.filter(e => (!this.cell || `${e.risk_cell} ${e.impact_cell}` === this.cell) &&
			(this.owner.value === "*" || (e.owner || "") === this.owner.value));
	}

	entry(e) {
		const rank = this.data.entries.indexOf(e) + 1;

		return el("li", null, el("details", { class: "plain debt", id: "d-" + e.id }, el("summary", null,
			el("span", { class: "rank" }, String(rank)),
			el("span", { class: "text" }, el("code", null, shorten(e.what, 160)), e.symbol ? [" ", el("code", null, shorten(e.symbol, 60))] : null,
				el("span", { class: "quiet" }, " " + shorten(e.detail, 120))),
			el("span", { class: "where" }, el("span", null, "priority ", el("b", null, real(e.priority, 1))), el("span", null, work(e.minutes)),
				el("span", null, "risk " + real(e.risk)), el("span", null, `touches ${number(e.touches)}`),
				e.late ? el("span", { class: "late" }, "late") : null,
				el("span", null, shorten(e.owner || "no owner", 40)), el("code", { class: "id" }, "#" + e.id))),
		debtBody(e, this.data, this.page)));
	}

	draw() {
		const found = this.matches(), shown = found.slice(0, this.limit), { count: all, entries } = this.data;

		for (const e of shown.filter(e => !this.nodes.has(e)))
			this.nodes.set(e, this.entry(e));
		this.list.replaceChildren(...shown.map(e => this.nodes.get(e)));
		this.status.textContent = !all ? "No debt: no rule with a cost found anything." :
			`${number(found.length)} of ${count(entries.length, "entry", "entries")}; findings with one cause are one.` +
			(all > entries.length ? ` ${number(all - entries.length)} more, of less priority, are not on this page: meshctl debt --all` : "");
		this.more.hidden = found.length <= this.limit;
		this.more.textContent = `Show ${number(Math.min(100, found.length - this.limit))} more of ${number(found.length)}`;
		this.chip.hidden = !this.cell;
		if (this.cell) {
			const [risk, impact] = this.cell.split(" ").map(Number);
			this.chip.textContent = `risk ${risk * 20}–${risk * 20 + 20} %, impact ${impact * 20}–${impact * 20 + 20} %  ✕`;
		}
	}
}

panel("debt", (host, data, page) => {
	new DebtPanel(host, data, page);
	return { count: data.count ? work(data.total.minutes) : null,
		note: `What repairing costs and what to repair first. The minutes are a model that makes an order (rule set ${data.model.rule_set}), not a promise.` };
});
