/* SPDX-License-Identifier: MIT */
/*
 * view.js - a drawing of nodes, boxes and edges that can be moved, zoomed, walked through by keys
 * and lit up around a node.  What the keys mean beyond that is told by `on`.
 */
const ZOOM_LEAST = 0.08, ZOOM_MOST = 3;

class GraphView {
	/* on: { choose(node), open(node), close(box), focus(node), leave() } */
	constructor(on) {
		this.on = on;
		this.scene = svg("g", { class: "scene" });
		this.root = svg("svg", { class: "graph", role: "group", "aria-label": "graph of imports", tabindex: "-1" },
			svg("defs", null, ["plain", "bad", "cut", "out", "in"].map(name => svg("marker", {
				id: "arrow-" + name, class: "arrow " + name, viewBox: "0 0 8 8", refX: "7", refY: "4",
				markerWidth: "7", markerHeight: "7", markerUnits: "userSpaceOnUse", orient: "auto" },
				svg("path", { d: "M0 0.8 8 4 0 7.2Z" })))),
			this.scene);
		this.zoom = { x: 0, y: 0, k: 1 };
		this.items = new Map();
		this.chosen = null;
		this.listen();
	}

	listen() {
		let from = null;

		this.root.addEventListener("wheel", event => {
			if (!event.ctrlKey && !event.metaKey)
				return;
			event.preventDefault();
			this.scale(Math.exp(-event.deltaY / 300), event);
		}, { passive: false });
		this.root.addEventListener("pointerdown", event => {
			if (event.button)
				return;
			from = { x: event.clientX - this.zoom.x, y: event.clientY - this.zoom.y, id: event.pointerId,
				startX: event.clientX, startY: event.clientY, moved: false };
		});
		this.root.addEventListener("pointermove", event => {
			if (!from || from.id !== event.pointerId)
				return;
			if (!from.moved && Math.hypot(event.clientX - from.startX, event.clientY - from.startY) < 4)
				return;
			if (!from.moved)
				this.root.setPointerCapture(from.id);
			from.moved = true;
			this.root.classList.add("moving");
			this.moveTo(event.clientX - from.x, event.clientY - from.y, this.zoom.k);
		});
		const stop = event => {
			const still = from && !from.moved;
			from = null;
			this.root.classList.remove("moving");
			if (still && event.type === "pointerup" && !event.target.closest(".node, .box"))
				this.on.leave();
		};
		this.root.addEventListener("pointerup", stop);
		this.root.addEventListener("pointercancel", stop);
		this.root.addEventListener("keydown", event => this.key(event));
	}

	moveTo(x, y, k) {
		this.zoom = { x, y, k };
		this.scene.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${k.toFixed(4)})`);
	}

	scale(factor, event) {
		const area = this.root.getBoundingClientRect();
		const x = event ? event.clientX - area.left : area.width / 2, y = event ? event.clientY - area.top : area.height / 2;
		const k = Math.max(ZOOM_LEAST, Math.min(ZOOM_MOST, this.zoom.k * factor)), by = k / this.zoom.k;

		this.moveTo(x - (x - this.zoom.x) * by, y - (y - this.zoom.y) * by, k);
	}

	fit() {
		const area = this.root.getBoundingClientRect(), { width, height } = this.layout;
		/* Not below the buttons of the zoom. */
		const room = Math.max(1, area.height - 48);
		const k = Math.max(ZOOM_LEAST, Math.min(1.15, area.width / width, room / height));

		this.root.setAttribute("viewBox", `0 0 ${area.width || 1} ${area.height || 1}`);
		this.moveTo((area.width - width * k) / 2, (room - height * k) / 2, k);
	}

	/* Moves as little as it takes to have the node on the screen. */
	reveal(key) {
		const item = this.items.get(key), area = this.root.getBoundingClientRect();
		if (!item)
			return;
		const k = Math.max(this.zoom.k, 0.55), x = item.x * k + this.zoom.x, y = item.y * k + this.zoom.y;
		if (k !== this.zoom.k || x < 90 || y < 40 || x > area.width - 90 || y > area.height - 40)
			this.moveTo(area.width / 2 - item.x * k, area.height / 2 - item.y * k, k);
	}

	/* nodes, boxes: groups with label, detail, says, mark; edges with says, look */
	draw(nodes, boxes, edges) {
		const area = this.root.getBoundingClientRect();

		this.layout = layOut(nodes, boxes, edges, { width: area.width || 900, height: area.height || 600 });
		this.items = new Map(this.layout.nodes.map(n => [n.node.key, n]));
		this.chosen = null;
		this.scene.replaceChildren(
			svg("g", { class: "boxes" }, this.layout.boxes.map(b => this.drawBox(b))),
			svg("g", { class: "edges", "aria-hidden": "true" }, this.layout.edges.map(e => this.drawEdge(e))),
			svg("g", { class: "nodes" }, this.layout.nodes.map(n => this.drawNode(n))));
		this.root.classList.remove("lit");
		rove([...this.items.values()].map(n => n.element), this.first());
		this.fit();
	}

	first() {
		const all = [...this.items.values()];

		return all.length ? all.reduce((a, b) => a.x + a.y / 4 < b.x + b.y / 4 ? a : b).element : null;
	}

	drawBox({ box, x, y, width, height }) {
		const left = x - width / 2, top = y - height / 2;

		return svg("g", { class: "box", "data-key": box.key },
			svg("rect", { x: left, y: top, width, height, rx: 10 }),
			svg("text", { x: left + 10, y: top + 15, class: "title",
				onclick: () => this.on.close(box) },
				"− " + shorten(box.label, Math.max(4, Math.floor(width / 8))),
				svg("title", null, "close " + box.label)));
	}

	drawEdge(item) {
		const { edge, path } = item;

		item.element = svg("path", { class: "edge " + edge.look, d: path,
			"stroke-width": Math.min(5, 1 + Math.log2(edge.lines) / 2).toFixed(1),
			"marker-end": `url(#arrow-${edge.arrow})` }, svg("title", null, edge.says));
		return item.element;
	}

	drawNode(item) {
		const { node, x, y, width } = item, left = x - width / 2, top = y - NODE_HEIGHT / 2;
		const name = fitText(node.label, width - 22);
		const mark = node.mark > 99 ? "99+" : node.mark;

		item.element = svg("g", { class: "node " + node.kind + (node.look ? " " + node.look : ""), role: "button",
			tabindex: "-1", "data-key": node.key, "aria-label": `${name} ${node.detail} ${mark || ""} ${node.says}`, "aria-pressed": "false",
			onclick: () => this.on.choose(node), ondblclick: () => this.on.open(node),
			onfocus: () => rove([...this.items.values()].map(n => n.element), item.element) },
			node.kind === "group" ? svg("rect", { class: "back", x: left + 4, y: top + 4, width, height: NODE_HEIGHT, rx: 8 }) : null,
			svg("rect", { class: "face", x: left, y: top, width, height: NODE_HEIGHT, rx: 8 }),
			svg("text", { class: "name", x: left + 12, y: top + 16 }, name, " "),
			svg("text", { class: "detail", x: left + 12, y: top + 30 }, node.detail, " "),
			node.mark ? [svg("circle", { class: "mark", cx: left + width - 2, cy: top + 2, r: 9 }),
				svg("text", { class: "mark", x: left + width - 2, y: top + 6 }, mark)] : null,
			svg("title", null, node.says));
		return item.element;
	}

	/* Lights the node up with what it imports and who imports it; null: nothing. */
	light(key) {
		const near = new Map();

		this.chosen = key;
		this.root.classList.toggle("lit", key !== null);
		for (const { edge, element } of this.layout.edges) {
			const out = edge.from.key === key, into = edge.to.key === key;
			element.classList.toggle("out", out);
			element.classList.toggle("in", into);
			element.setAttribute("marker-end", `url(#arrow-${out ? "out" : into ? "in" : edge.arrow})`);
			if (out)
				near.set(edge.to.key, near.has(edge.to.key) ? "both" : "out");
			if (into)
				near.set(edge.from.key, near.has(edge.from.key) ? "both" : "in");
			if (out || into)
				element.parentNode.append(element);
		}
		for (const [own, { element }] of this.items) {
			element.classList.toggle("chosen", own === key);
			for (const how of ["in", "out", "both"])
				element.classList.toggle(how, near.get(own) === how);
			element.setAttribute("aria-pressed", own === key ? "true" : "false");
		}
	}

	focusNode(key) {
		const item = this.items.get(key);

		if (item)
			item.element.focus({ preventScroll: true });
		this.reveal(key);
	}

	/* The nearest node in a direction; what is beside the way counts double. */
	neighbour(item, dx, dy) {
		let best = null, least = Infinity;

		for (const other of this.items.values()) {
			const along = (other.x - item.x) * dx + (other.y - item.y) * dy;
			const beside = Math.abs((other.x - item.x) * dy) + Math.abs((other.y - item.y) * dx);
			if (other !== item && along > 4 && along + 2 * beside < least) {
				best = other;
				least = along + 2 * beside;
			}
		}
		return best;
	}

	key(event) {
		const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
		const at = event.target.closest && event.target.closest(".node");
		const item = at && this.items.get(at.dataset.key);

		if (event.ctrlKey || event.metaKey || event.altKey)
			return;
		if (item && ways[event.key]) {
			const next = this.neighbour(item, ...ways[event.key]);
			if (next)
				this.focusNode(next.node.key);
		} else if (item && (event.key === "Enter" || event.key === " ")) {
			this.on.choose(item.node);
		} else if (item && event.key === "e") {
			this.on.open(item.node);
		} else if (item && event.key === "f") {
			this.on.focus(item.node);
		} else if (event.key === "+" || event.key === "=") {
			this.scale(1.25);
		} else if (event.key === "-") {
			this.scale(0.8);
		} else if (event.key === "0") {
			this.fit();
		} else if (event.key === "Escape") {
			this.on.leave();
		} else {
			return;
		}
		event.preventDefault();
		event.stopPropagation();
	}
}
