/* SPDX-License-Identifier: MIT */
/* panel-hotspots.js - a table of `meshctl history`: what changes most where change is hardest. */
const HISTORY_SHOWN = 15;

function historyCell(column, value) {
	const text = column.kind === "text" || column.kind === "path";

	if (value === null)
		return el("td", { class: text ? "quiet" : "n" }, column.key === "owner" ? "no owner" : "–");
	if (text)
		return el("td", null, column.kind === "path" ? el("code", null, shorten(value, 80)) : shorten(value, 40));
	return el("td", { class: "n" }, column.kind === "share" ? column.key === "weight" ? value.toFixed(2) : Math.round(value * 100) + " %" : number(value));
}

/* False where git knows nothing, which is said. */
function historyTable(host, data, label, advice) {
	if (data.none !== null) {
		host.append(empty("No history", data.none[0].toUpperCase() + data.none.slice(1) + ". " + advice));
		return false;
	}
	const { history, columns } = data, shown = columns.filter(c => c.title);
	/* What a row is called stands first. */
	const order = [...shown.filter(c => c.kind === "path"), ...shown.filter(c => c.kind !== "path")];

	host.append(el("p", { class: "quiet" }, `${count(history.counted, "commit")} ${history.since ? `from ${history.since} ` : ""}to ${history.until}; ` +
		`${count(history.merges, "merge")}, ${count(history.bots, "commit")} of bots and ${number(history.large)} very large left out.` +
		(history.shallow ? " This clone is shallow: not all of it is there." : "") +
		(history.missing ? ` ${count(history.missing, "object")} are not there.` : "")));
	if (!data.rows.length) {
		host.append(empty(`No ${data.many}`));
		return true;
	}
	host.append(scroller(label, el("table", { class: "plain" },
		heads(order.map(c => c.title[0].toUpperCase() + c.title.slice(1)), order.flatMap((c, i) => c.kind === "number" || c.kind === "share" ? [i] : [])),
		el("tbody", null, expandable(data.rows, HISTORY_SHOWN, r => el("tr", null, order.map(c => historyCell(c, r[c.key]))), data.many)))),
	el("p", { class: "quiet" }, data.note[0].toUpperCase() + data.note.slice(1) + "."));
	if (data.left_out)
		host.append(el("p", { class: "quiet" }, `${number(data.left_out)} more are not on this page.`));
	return true;
}

panel("hotspots", (host, data) => {
	historyTable(host, data, "hotspots", "Hotspots need commits: how often each file changed.");
	return { note: "What changed most in twelve months where change is hardest." };
});
