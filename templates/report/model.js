/* SPDX-License-Identifier: MIT */
/*
 * model.js - packages and imports as the graph, the tree and the matrix see them: a tree of groups
 * (folders, layers, contexts, modules), and between whatever is drawn of it the sums of edges.
 */
const MAIN = 1, ONLY_TESTS = 2, ASIDE = 4, SHARED = 8;
const RANK = { error: 3, warning: 2, info: 1 };

function readPackages(data) {
	const modules = data.modules.slice().sort((a, b) => b.folder.length - a.folder.length);
	const inside = (id, folder) => !folder || id === folder || id.startsWith(folder + "/");

	return data.id.map((id, number) => ({
		number, id, name: id || ".", path: data.path[number], flags: data.flags[number],
		files: data.files[number], lines: data.lines[number],
		layer: data.layer[number] ?? null, context: data.context[number] ?? null,
		module: modules.find(m => inside(id, m.folder)) || null, out: [], in: [],
	}));
}

/* The worst finding about an edge between two packages, by "from\0to". */
function edgeLevels(findings) {
	const worst = new Map();

	for (const f of findings.items) {
		const key = f.from + "\0" + f.to;
		if (f.from && f.to && !f.state && (RANK[worst.get(key)] || 0) < RANK[f.level])
			worst.set(key, f.level);
	}
	return worst;
}

function readModel(data, findings) {
	const packages = readPackages(data), levels = edgeLevels(findings);
	const edges = data.edges.map(([from, to, lines, tests, at]) => ({
		from, to, lines, tests, at, level: levels.get(packages[from].id + "\0" + packages[to].id) || null,
	}));

	for (const edge of edges) {
		packages[edge.from].out.push(edge);
		packages[edge.to].in.push(edge);
	}
	return { packages, edges, layers: data.layers, byId: new Map(packages.map(p => [p.id, p])) };
}

/* The group of a package at level dir:K: K segments below its module's folder. */
function dirGroup(p, depth) {
	const folder = p.module ? p.module.folder : "";
	const rest = folder ? p.id.slice(folder.length + 1) : p.id;
	const parts = rest ? rest.split("/").slice(0, depth) : [];

	return [...(folder ? [folder] : []), ...parts].join("/");
}

function newGroup(name, key, parent) {
	return { kind: "group", name, key, parent, children: [], packages: [], package: null };
}

/* Folders below `top`, one for each segment; those with a single child are united with it. */
function addFolders(top, packages, from) {
	const found = new Map();

	for (const p of packages) {
		const rest = from(p);
		let at = top, path = "";
		for (const part of rest ? rest.split("/") : []) {
			path += (path ? "/" : "") + part;
			if (!found.has(path)) {
				found.set(path, newGroup(part, top.key + "|" + path, at));
				at.children.push(found.get(path));
			}
			at = found.get(path);
		}
		at.package = p;
	}
}

/* Not by recursion: how deep folders are is not ours to say. */
function settleGroups(root) {
	const order = [root];

	for (let i = 0; i < order.length; i++)
		order.push(...order[i].children);
	for (const group of order.reverse()) {
		if (group.package && (group.children.length || !group.parent)) {
			const own = newGroup(group.parent ? group.name : group.package.name, group.key + "|.", group);
			own.kind = "package";
			own.package = group.package;
			own.packages = [group.package];
			group.children.unshift(own);
			group.package = null;
		}
		if (group.package) {
			group.kind = "package";
			group.packages = [group.package];
			continue;
		}
		const only = group.children.length === 1 ? group.children[0] : null;
		if (only && only.kind === "group" && group.parent && !group.top) {
			group.name += "/" + only.name;
			group.children = only.children;
			for (const child of group.children)
				child.parent = group;
		}
		group.packages = group.children.flatMap(c => c.packages);
	}
	return root;
}

/* Rows: the ways to group, each with a name for every package; NULL name: in none. */
function groupings(model, cycles) {
	const rows = [{ id: "folder", label: "folders", of: null }];
	const some = key => model.packages.some(p => p[key]);

	for (const level of cycles ? cycles.levels : []) {
		const depth = /^dir:(\d+)$/.exec(level.level);
		if (depth && level.knots)
			rows.push({ id: level.level, label: level.level + " (" + count(level.in_circles, "group") + " in circles)",
				of: p => dirGroup(p, Number(depth[1])) || "." });
	}
	if (model.layers.length)
		rows.push({ id: "layer", label: "layers", none: "in no layer", order: model.layers.slice().reverse(),
			of: p => p.flags & SHARED ? "shared" : p.layer });
	if (some("context"))
		rows.push({ id: "context", label: "contexts", none: "in no context",
			of: p => p.flags & SHARED ? "shared" : p.context });
	if (new Set(model.packages.map(p => p.module)).size > 1)
		rows.push({ id: "module", label: "modules", none: "in no module", of: p => p.module && p.module.path });
	return rows;
}

function groupTree(model, row) {
	const root = newGroup("", row.id, null), tops = new Map();

	if (!row.of) {
		addFolders(root, model.packages, p => p.id);
		return settleGroups(root);
	}
	for (const p of model.packages) {
		const name = row.of(p) ?? row.none;
		if (!tops.has(name))
			tops.set(name, []);
		tops.get(name).push(p);
	}
	const rank = name => row.order && row.order.includes(name) ? row.order.indexOf(name) : 1000;
	const names = [...tops.keys()].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
	for (const name of names) {
		const group = newGroup(name, row.id + "|" + name, root);
		group.top = true;
		root.children.push(group);
		const prefix = row.id.startsWith("dir:") && name !== "." ? name : "";
		addFolders(group, tops.get(name), p => prefix ? p.id.slice(prefix.length + 1) : p.id);
	}
	return settleGroups(root);
}

function topOf(group) {
	while (group.parent && group.parent.parent)
		group = group.parent;
	return group;
}

/* What is drawn when these groups are open: the nodes, and the open groups around them. */
function openNodes(root, open) {
	const nodes = [], boxes = [], stack = [root];

	while (stack.length) {
		const group = stack.pop();
		if (group.kind === "group" && (group === root || open.has(group.key))) {
			if (group !== root)
				boxes.push(group);
			stack.push(...group.children.slice().reverse());
		} else {
			nodes.push(group);
		}
	}
	return { nodes, boxes };
}

/* Opens groups, the outer ones first, as long as no more than `most` nodes are drawn. */
function openUpTo(root, most) {
	const open = new Set(), queue = root.children.slice();
	let drawn = root.children.length;

	for (let i = 0; i < queue.length; i++) {
		const group = queue[i];
		if (group.kind !== "group" || drawn + group.children.length - 1 > most)
			continue;
		drawn += group.children.length - 1;
		open.add(group.key);
		queue.push(...group.children);
	}
	return open;
}

/* Edges between the nodes; `tests`: imports of tests count as well. */
function sumEdges(model, nodes, tests) {
	const of = new Map(), sums = new Map();

	for (const node of nodes)
		for (const p of node.packages)
			of.set(p.number, node);
	for (const edge of model.edges) {
		const from = of.get(edge.from), to = of.get(edge.to);
		const lines = edge.lines + (tests ? edge.tests : 0);
		if (!from || !to || from === to || !lines)
			continue;
		const key = from.key + "\0" + to.key;
		if (!sums.has(key))
			sums.set(key, { from, to, lines: 0, code: 0, bad: 0, level: null, edges: [] });
		const sum = sums.get(key);
		sum.lines += lines;
		sum.code += edge.lines;
		sum.bad += edge.level ? 1 : 0;
		if ((RANK[edge.level] || 0) > (RANK[sum.level] || 0))
			sum.level = edge.level;
		sum.edges.push(edge);
	}
	return [...sums.values()];
}

/* Tarjan without recursion; components come with what they import before them. */
function components(nodes, edges) {
	const out = new Map(nodes.map(n => [n, []])), index = new Map(), low = new Map(), open = new Set(), path = [], found = [];

	for (const e of edges)
		out.get(e.from).push(e.to);
	for (const start of nodes) {
		const stack = index.has(start) ? [] : [[start, 0]];
		while (stack.length) {
			const frame = stack[stack.length - 1], [node] = frame;
			if (!frame[1]) {
				index.set(node, index.size);
				low.set(node, index.get(node));
				open.add(node);
				path.push(node);
			}
			const next = out.get(node)[frame[1]++];
			if (next && !index.has(next)) {
				stack.push([next, 0]);
			} else if (next) {
				if (open.has(next))
					low.set(node, Math.min(low.get(node), index.get(next)));
			} else {
				stack.pop();
				if (stack.length) {
					const up = stack[stack.length - 1][0];
					low.set(up, Math.min(low.get(up), low.get(node)));
				}
				if (low.get(node) === index.get(node)) {
					const part = path.splice(path.indexOf(node));
					part.forEach(n => open.delete(n));
					found.push(part);
				}
			}
		}
	}
	return found;
}

/* Inside a circle: who imports more than it is imported stands first. */
function partition(nodes, edges, keep) {
	const parts = components(nodes, edges).reverse(), of = new Map();

	parts.forEach((part, i) => part.forEach(n => of.set(n, i)));
	if (keep)
		return { order: nodes, of, parts };
	const pull = new Map(nodes.map(n => [n, 0]));
	for (const e of edges)
		if (of.get(e.from) === of.get(e.to)) {
			pull.set(e.from, pull.get(e.from) + e.lines);
			pull.set(e.to, pull.get(e.to) - e.lines);
		}
	return { order: parts.flatMap(part => part.sort((a, b) => pull.get(b) - pull.get(a) || (a.name < b.name ? -1 : 1))), of, parts };
}
