/* SPDX-License-Identifier: MIT */
/* start.js - puts the page together from the panels whose data are in it, in their order. */
function bannerOf(summary) {
	const rev = summary.revision ? summary.revision.replace(/^at /, "") : "not under git";

	return el("header", { class: "banner" },
		el("p", { class: "brand" }, el("b", null, "meshctl"), " report"),
		el("h1", null, shorten(summary.module, 160)),
		el("p", { class: "quiet" }, shorten(rev, 120), summary.pattern && summary.pattern !== "./..." ? [" · ", el("code", null, shorten(summary.pattern, 80))] : null,
			summary.reported < summary.packages ? ` · ${number(summary.reported)} of ${number(summary.packages)} packages reported` : null));
}

function footOf(summary) {
	return el("footer", null,
		el("p", null, `Written by meshctl ${summary.version}. This page loads nothing and sends nothing.`),
		el("details", { class: "plain" }, el("summary", null, "Licences"),
			el("p", null, "meshctl is under the MIT licence. The graph is laid out by @dagrejs/dagre with @dagrejs/graphlib: " +
				"MIT licence, Copyright (c) 2012-2014 Chris Pettitt. Permission is hereby granted, free of charge, to any person obtaining a copy " +
				"of this software and associated documentation files (the \"Software\"), to deal in the Software without restriction, " +
				"including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies " +
				"of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions: " +
				"The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software. " +
				"THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES " +
				"OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS " +
				"BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF " +
				"OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.")));
}

class Page {
	constructor() {
		this.data = {};
		this.printing = [];
		this.sections = new Map();
		this.blocks = [...document.querySelectorAll("script[id^=data-]")].map(b => ({ id: b.id.slice(5), title: b.dataset.title }));
		for (const block of this.blocks)
			this.data[block.id] = readData(block.id);
		this.model = readModel(this.data.graph, this.data.findings);
	}

	/* The package that a finding is in: by its place, else by what it is about. */
	packageOf(f) {
		const slash = f.path.lastIndexOf("/"), byId = this.model.byId;

		return byId.get(slash < 0 ? "" : f.path.slice(0, slash)) || byId.get(f.from) || null;
	}

	/* Calm for who asked for it. */
	scrollTo(node) {
		const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

		node.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
	}

	go(id) {
		const section = this.sections.get(id);

		if (section) {
			this.scrollTo(section);
			section.querySelector("h2").focus({ preventScroll: true });
		}
	}

	section(block) {
		const host = el("div", { class: "content" }), title = el("h2", { tabindex: "-1", id: "title-" + block.id }, block.title);
		const section = el("section", { id: block.id, class: "panel panel-" + block.id, "aria-labelledby": "title-" + block.id }, title, host);

		this.main.append(section);
		this.sections.set(block.id, section);
		const told = panelTable.get(block.id)(host, this.data[block.id], this) || {};
		if (told.note)
			title.after(el("p", { class: "note" }, told.note));
		if (block.id !== "summary")
			this.nav.append(el("li", null, el("a", { href: "#" + block.id, onclick: event => { event.preventDefault(); this.go(block.id); } },
				block.title, told.count ? el("span", { class: "count" }, typeof told.count === "number" ? number(told.count) : told.count) : null)));
	}

	start(root) {
		const { summary } = this.data;

		this.main = el("main", { id: "main" });
		this.nav = el("ul", null);
		root.replaceChildren(el("a", { class: "skip", href: "#main" }, "to the report"), bannerOf(summary),
			el("nav", { "aria-label": "panels" }, this.nav), this.main, footOf(summary));
		for (const block of this.blocks.filter(b => panelTable.has(b.id)))
			this.section(block);
		this.follow();
		addEventListener("beforeprint", () => this.print(true));
		addEventListener("afterprint", () => this.print(false));
	}

	/* The navigation says where one is. */
	follow() {
		const links = new Map([...this.nav.querySelectorAll("a")].map(a => [a.hash.slice(1), a]));
		const seen = new IntersectionObserver(entries => {
			for (const e of entries.filter(e => e.isIntersecting && links.has(e.target.id)))
				for (const [id, a] of links)
					id === e.target.id ? a.setAttribute("aria-current", "true") : a.removeAttribute("aria-current");
		}, { rootMargin: "-15% 0px -75% 0px" });

		this.sections.forEach(s => seen.observe(s));
	}

	/* On paper nothing can be opened any more. */
	print(before) {
		if (before)
			this.unfolded = [...document.querySelectorAll("details.plain:not([open])")];
		this.unfolded.forEach(d => { d.open = before; });
		this.printing.forEach(p => before ? p.unfold() : p.fold());
	}
}

new Page().start(document.getElementById("page"));
