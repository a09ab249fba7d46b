/* SPDX-License-Identifier: MIT */
/* panel-trend.js - small multiples: twelve monthly points of each number, on a scale of its own. */
const PLOT = { width: 240, height: 64, edge: 6 };

function trendNumber(metric, value) {
	return value === null ? "–" : Number.isInteger(value) ? number(value) : value.toFixed(2);
}

/* A gap where nothing is known: never a zero, never a line across. */
function trendPlot(metric, points) {
	const values = points.map(p => p.values[metric.id]), known = values.filter(v => v !== null);
	const low = Math.min(...known), high = Math.max(...known);
	const x = i => PLOT.edge + i * (PLOT.width - 2 * PLOT.edge) / Math.max(1, values.length - 1);
	const y = v => high === low ? PLOT.height / 2 : PLOT.height - PLOT.edge - (v - low) * (PLOT.height - 2 * PLOT.edge) / (high - low);
	let path = "";

	values.forEach((v, i) => {
		if (v !== null)
			path += `${i && values[i - 1] !== null ? "L" : "M"}${x(i).toFixed(1)} ${y(v).toFixed(1)}`;
	});
	return svg("svg", { class: "plot", viewBox: `0 0 ${PLOT.width} ${PLOT.height}`, role: "img",
		"aria-label": `${metric.title}: ${values.map(v => trendNumber(metric, v)).join(", ")}` },
	svg("path", { d: path }), values.map((v, i) => v === null ? null : svg("circle", { cx: x(i).toFixed(1), cy: y(v).toFixed(1), r: i === values.length - 1 ? 3.5 : 1.8 },
		svg("title", null, `${points[i].at}: ${trendNumber(metric, v)}`))));
}

function trendCard(metric, points) {
	const known = points.map(p => p.values[metric.id]).filter(v => v !== null), first = known[0], last = known[known.length - 1];
	const step = last - first, sign = step > 0 ? "+" : step < 0 ? "−" : "±";
	const worse = metric.worse && step && (step > 0) === (metric.worse === "more");

	return el("figure", { class: "multiple" }, el("figcaption", null, el("span", null, metric.title, metric.level ? ` (${metric.level})` : null),
		el("span", { class: "value" }, trendNumber(metric, last)),
		el("span", { class: worse ? "worse" : "quiet" }, `${sign}${trendNumber(metric, Math.abs(step))}${worse ? ", worse" : ""}`)), trendPlot(metric, points));
}

panel("trend", (host, data) => {
	const note = "How its numbers grew, month by month, judged by the policy of today. Each has a scale of its own.";

	if (data.none !== null) {
		host.append(empty("No history", data.none[0].toUpperCase() + data.none.slice(1) + ". A trend needs older commits."));
		return { note };
	}
	const { metrics, points } = data, shown = metrics.filter(m => points.some(p => p.values[m.id] !== null));
	const known = points.filter(p => p.state === "known");

	host.append(el("p", { class: "quiet" }, data.span[0].toUpperCase() + data.span.slice(1) + ". ",
		known.length < points.length ? `${count(points.length - known.length, "point")} of ${number(points.length)} not known: before the first commit, or not readable. ` : "",
		data.incomplete || ""));
	if (known.length < 2) {
		host.append(empty("No course yet", "The history has fewer than two monthly points with Go in them."));
		return { note };
	}
	host.append(el("div", { class: "multiples" }, shown.map(m => trendCard(m, points))),
		el("details", { class: "plain" }, el("summary", null, "The numbers"), scroller("the trend in numbers", el("table", { class: "plain" },
			heads(["At", "Commit", ...shown.map(m => m.id)], shown.map((m, i) => i + 2)),
			el("tbody", null, points.map(p => el("tr", null, el("th", { scope: "row" }, p.at), el("td", null, p.commit ? el("code", null, p.commit.slice(0, 7)) : "–"),
				shown.map(m => el("td", { class: "n" }, trendNumber(m, p.values[m.id]))))))))));
	return { note };
});
