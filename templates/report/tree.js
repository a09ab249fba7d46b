/* SPDX-License-Identifier: MIT */
/*
 * tree.js - the tree beside the graph, as the WAI-ARIA pattern has it: what is open here is open
 * there.  Only what is open has elements, so that a large repository costs no more than it shows.
 */
class GroupTree {
	/* on: { toggle(group), choose(group) } */
	constructor(on) {
		this.on = on;
		this.list = el("ul", { class: "tree", role: "tree", "aria-label": "packages" });
		this.list.addEventListener("keydown", event => this.key(event));
	}

	row(group, depth) {
		const isGroup = group.kind === "group", open = isGroup && this.open.has(group.key);
		const item = el("li", { role: "treeitem", "data-key": group.key, tabindex: "-1", "aria-level": depth,
			"aria-expanded": isGroup ? String(open) : null, "aria-selected": String(group.key === this.chosen) },
			el("span", { class: "twist", "aria-hidden": "true", onclick: () => isGroup && this.on.toggle(group) },
				isGroup ? (open ? "▾" : "▸") : ""),
			el("span", { class: "label", onclick: () => this.on.choose(group), ondblclick: () => isGroup && this.on.toggle(group),
				title: group.package ? group.package.path : null }, shorten(group.name || ".", 60)),
			group.mark ? el("span", { class: "count bad", title: count(group.mark, "finding") }, number(group.mark)) : null,
			isGroup ? el("span", { class: "count" }, number(group.packages.length)) : null);
		item.style.setProperty("--depth", depth);
		item.group = group;
		return item;
	}

	draw(root, open, chosen) {
		const rows = [], stack = root.children.slice().reverse().map(g => [g, 1]);
		const kept = this.list.contains(document.activeElement) ? document.activeElement.dataset.key : null;

		this.open = open;
		this.chosen = chosen;
		while (stack.length) {
			const [group, depth] = stack.pop();
			rows.push(this.row(group, depth));
			if (group.kind === "group" && open.has(group.key))
				stack.push(...group.children.slice().reverse().map(g => [g, depth + 1]));
		}
		this.rows = rows;
		this.list.replaceChildren(...rows);
		const at = rows.find(r => r.dataset.key === kept) || rows.find(r => r.dataset.key === chosen) || rows[0];
		rove(rows, at);
		if (kept && at)
			at.focus();
	}

	choose(key) {
		this.chosen = key;
		for (const row of this.rows) {
			const own = row.dataset.key === key;
			row.setAttribute("aria-selected", String(own));
			if (own) {
				rove(this.rows, row);
				const holder = this.list.parentNode, list = holder.getBoundingClientRect(), at = row.getBoundingClientRect();
				if (at.top < list.top || at.bottom > list.bottom)
					holder.scrollTop += at.top - list.top - list.height / 2;
			}
		}
	}

	goTo(row) {
		if (!row)
			return;
		rove(this.rows, row);
		row.focus();
	}

	key(event) {
		const at = this.rows.indexOf(event.target), row = this.rows[at];
		if (at < 0 || event.ctrlKey || event.metaKey || event.altKey)
			return;
		const group = row.group, open = row.getAttribute("aria-expanded");
		const depth = Number(row.getAttribute("aria-level"));
		const actions = {
			ArrowDown: () => this.goTo(this.rows[at + 1]),
			ArrowUp: () => this.goTo(this.rows[at - 1]),
			Home: () => this.goTo(this.rows[0]),
			End: () => this.goTo(this.rows[this.rows.length - 1]),
			ArrowRight: () => open === "false" ? this.on.toggle(group) : open === "true" && this.goTo(this.rows[at + 1]),
			ArrowLeft: () => open === "true" ? this.on.toggle(group) :
				this.goTo(this.rows.slice(0, at).reverse().find(r => Number(r.getAttribute("aria-level")) < depth)),
			Enter: () => this.on.choose(group),
			" ": () => this.on.choose(group),
		};
		if (!actions[event.key])
			return;
		actions[event.key]();
		event.preventDefault();
		event.stopPropagation();
	}
}
