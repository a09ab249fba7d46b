/* SPDX-License-Identifier: MIT */
/* layout.js - where nodes and edges go: dagre (MIT) lays out, groups around what is inside them; where
   there are too many edges for it, columns. */
const NODE_HEIGHT = 38, NODE_LEAST = 84, NODE_MOST = 230;
const ruler = document.createElement("canvas").getContext("2d");

function textWidth(text, font) {
	ruler.font = font;
	return ruler.measureText(text).width;
}

/* The end of a name, as much as there is room for. */
function fitText(text, room) {
	const wide = textWidth(text, "600 13px " + getComputedStyle(document.body).fontFamily);

	return wide <= room ? text : shorten(text, Math.max(4, Math.floor(text.length * room / wide) - 1));
}

function nodeWidth(node) {
	const family = getComputedStyle(document.body).fontFamily;
	const wide = Math.max(textWidth(node.label, "600 13px " + family), textWidth(node.detail, "11px " + family));

	return Math.max(NODE_LEAST, Math.min(NODE_MOST, Math.ceil(wide) + 30));
}

/* What flows back is laid out as if it flowed on, so that it turns nothing around. */
function endsOf(edge) {
	return edge.back ? [edge.to.key, edge.from.key] : [edge.from.key, edge.to.key];
}

function pointsOf(graph, edge) {
	const { points } = graph.edge(...endsOf(edge), edge.back ? "back" : "on");

	return edge.back ? points.slice().reverse() : points;
}

function runLayout(nodes, boxes, edges, rankdir) {
	const graph = new dagre.graphlib.Graph({ compound: boxes.length > 0, multigraph: true });
	const inside = new Set(boxes);

	graph.setGraph({ rankdir, nodesep: rankdir === "LR" ? 12 : 18, edgesep: 6, ranksep: rankdir === "LR" ? 48 : 46,
		marginx: 16, marginy: 16, acyclicer: "greedy" });
	graph.setDefaultEdgeLabel(() => ({}));
	for (const box of boxes)
		graph.setNode(box.key, {});
	for (const node of nodes)
		graph.setNode(node.key, { width: nodeWidth(node), height: NODE_HEIGHT });
	for (const group of [...boxes, ...nodes])
		if (inside.has(group.parent))
			graph.setParent(group.key, group.parent.key);
	/* Whole weights: with others the ranking, which looks for cuts below zero, may never end. */
	for (const edge of edges)
		graph.setEdge(...endsOf(edge), { weight: Math.min(8, 1 + Math.floor(Math.log2(edge.lines))), minlen: 1 }, edge.back ? "back" : "on");
	dagre.layout(graph);
	return graph;
}

/* Each node right of what imports it; edges against the order of least feedback do not count. */
function rankNodes(nodes, edges) {
	const { order } = partition(nodes, edges.filter(e => !e.back), false), at = new Map(order.map((n, i) => [n, i]));
	const rank = new Map(nodes.map(n => [n, 0])), out = new Map(nodes.map(n => [n, []])), roots = new Set(nodes);

	for (const e of edges)
		if (at.get(e.from) < at.get(e.to)) {
			out.get(e.from).push(e.to);
			roots.delete(e.to);
		}
	for (const node of order)
		for (const to of out.get(node))
			rank.set(to, Math.max(rank.get(to), rank.get(node) + 1));
	/* Who is imported by nobody stands beside what it imports. */
	for (const node of roots)
		if (out.get(node).length)
			rank.set(node, Math.max(0, Math.min(...out.get(node).map(n => rank.get(n))) - 1));
	return rank;
}

/* As near to `wanted` as the order and the gaps allow. */
function stack(column, wanted, step) {
	let top = -Infinity;

	column.sort((a, b) => wanted.get(a) - wanted.get(b) || (a.key < b.key ? -1 : 1));
	const y = column.map(node => { top = Math.max(top + step, wanted.get(node)); return top; });
	const shift = column.reduce((sum, node, i) => sum + wanted.get(node) - y[i], 0) / column.length;
	return y.map(v => v + shift);
}

/*
 * Many edges: columns by rank, each node near the middle of its neighbours.  dagre would draw them
 * better, but would take minutes, since it gives an edge a node of its own in each column.
 */
function denseLayout(nodes, edges) {
	const rank = rankNodes(nodes, edges), near = new Map(nodes.map(n => [n, []])), columns = [];
	let x = 16;

	for (const e of edges) {
		near.get(e.from).push(e.to);
		near.get(e.to).push(e.from);
	}
	for (const node of nodes)
		(columns[rank.get(node)] ||= []).push(node);
	/* A column that is too high becomes several. */
	const filled = columns.filter(Boolean).flatMap(column => {
		const parts = Math.ceil(column.length / 26);
		return Array.from({ length: parts }, (_, i) => column.filter((_n, k) => k % parts === i));
	});
	/* Wide pictures have room between their rows. */
	const tall = Math.max(...filled.map(c => c.length));
	const step = Math.max(NODE_HEIGHT + 14, Math.min(130, filled.length * 250 * 0.6 / tall));
	const y = new Map(filled.flatMap(c => c.map((n, i) => [n, (i - c.length / 2) * step])));
	for (let round = 0; round < 24; round++)
		for (const column of round % 2 ? filled.slice().reverse() : filled) {
			const wanted = new Map(column.map(n => [n, near.get(n).length ?
				near.get(n).reduce((sum, o) => sum + y.get(o), 0) / near.get(n).length : y.get(n)]));
			stack(column, wanted, step).forEach((v, i) => y.set(column[i], v));
		}
	const least = Math.min(...y.values()), placed = new Map();
	for (const column of filled) {
		const width = Math.max(...column.map(nodeWidth));
		for (const node of column)
			placed.set(node, { node, x: x + width / 2, y: y.get(node) - least + 16 + NODE_HEIGHT / 2, width: nodeWidth(node) });
		x += width + 90;
	}
	return { width: x - 74, height: Math.max(...y.values()) - least + 32 + NODE_HEIGHT, nodes: nodes.map(n => placed.get(n)), boxes: [],
		edges: edges.map(edge => ({ edge, path: swing(placed.get(edge.from), placed.get(edge.to)) })) };
}

/* From one side to the other; inside a column and backwards around. */
function swing(from, to) {
	const on = to.x > from.x + 1, same = Math.abs(to.x - from.x) <= 1;
	const x1 = from.x + (on || same ? 1 : -1) * from.width / 2, x2 = to.x + (on ? -1 : 1) * to.width / 2;
	const bend = same ? 50 : Math.max(36, Math.abs(x2 - x1) / 2);

	return `M${x1.toFixed(1)} ${from.y.toFixed(1)}C${(x1 + (on || same ? bend : -bend)).toFixed(1)} ${from.y.toFixed(1)} ` +
		`${(x2 + (on ? -bend : bend)).toFixed(1)} ${to.y.toFixed(1)} ${x2.toFixed(1)} ${to.y.toFixed(1)}`;
}

/* Too much for dagre in the time that one waits. */
function isDense(nodes, edges) {
	return nodes.length > 80 || edges.length > 170;
}

/* From left to right or downwards: what is larger in the area that there is. */
function bestLayout(nodes, boxes, edges, area) {
	const first = runLayout(nodes, boxes, edges, "LR");
	const room = g => Math.min(area.width / g.graph().width, area.height / g.graph().height);

	if (room(first) > 1)
		return first;
	const second = runLayout(nodes, boxes, edges, "TB");
	return room(second) > room(first) * 1.1 ? second : first;
}

/* { width, height, nodes: [{ node, x, y, width }], boxes: [{ box, x, y, width, height }], edges: [{ edge, path }] } */
function layOut(nodes, boxes, edges, area) {
	if (isDense(nodes, edges))
		return denseLayout(nodes, edges);
	try {
		const graph = bestLayout(nodes, boxes, edges, area), size = graph.graph();

		return {
			width: size.width, height: size.height,
			nodes: nodes.map(node => ({ node, ...graph.node(node.key) })),
			boxes: boxes.map(box => ({ box, ...graph.node(box.key) })).filter(b => b.width > 0),
			edges: edges.map(edge => ({ edge, path: curve(pointsOf(graph, edge)) })),
		};
	} catch (error) {
		/* It has its own limits with groups inside of groups. */
		return denseLayout(nodes, edges);
	}
}

/* A line through the middles of its bends, which are its control points. */
function curve(points) {
	const [first, ...rest] = points;
	let path = "M" + first.x.toFixed(1) + " " + first.y.toFixed(1);

	for (let i = 0; i < rest.length - 1; i++) {
		const end = i === rest.length - 2 ? rest[i + 1] :
			{ x: (rest[i].x + rest[i + 1].x) / 2, y: (rest[i].y + rest[i + 1].y) / 2 };
		path += "Q" + [rest[i].x, rest[i].y, end.x, end.y].map(n => n.toFixed(1)).join(" ");
	}
	if (rest.length === 1)
		path += "L" + rest[0].x.toFixed(1) + " " + rest[0].y.toFixed(1);
	return path;
}
