/* SPDX-License-Identifier: MIT */
/* panel-proof.js - what was read, what each rule judged, and what was left out and why. */
panel("proof", (host, data, page) => {
	const { proof } = data, { source } = page.data.summary;
	const facts = [["Go files read", proof.parsed], ["broken headers", proof.degraded], ["not readable", proof.skipped], ["generated", proof.generated],
		["test files", proof.tests], ["in no build", proof.in_no_configuration], ["packages", proof.packages], ["edges", proof.edges],
		["import lines", proof.imports], ["of them inside", proof.imports_inside], ["modules left out", proof.modules_left_out],
		["links skipped", proof.symlinks_skipped]];
	const rules = proof.rules.slice().sort((a, b) => b.ran - a.ran || b.findings - a.findings);

	host.append(el("p", { class: "lead" }, data.words), el("p", { class: "quiet" }, data.result),
		el("dl", { class: "facts" }, facts.map(([name, value]) => el("div", null, el("dt", null, name), el("dd", null, number(value))))),
		el("p", null, "Builds: ", source.platforms.map((p, i) => [i ? ", " : "", el("code", null, p)])));
	if (proof.problems.length)
		host.append(el("h3", null, "Problems"), el("ul", null, proof.problems.slice(0, 100).map(p =>
			el("li", null, place(p.path || ".", p.line), " ", message(p.message)))));
	host.append(el("details", { class: "plain" }, el("summary", null, `${count(rules.length, "rule")}: ` +
		`${number(rules.filter(r => r.ran && !r.silent_because).length)} ran`),
		el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "rules" }, el("table", { class: "plain" },
			el("thead", null, el("tr", null, ["Rule", "Judged", "Findings", "Held back", "Silent because"].map((h, i) =>
				el("th", { scope: "col", class: i > 0 && i < 4 ? "n" : null }, h)))),
			el("tbody", null, rules.map(r => el("tr", null, el("th", { scope: "row" }, r.rule, el("code", { class: "id" }, r.rule_id)),
				el("td", { class: "n" }, r.ran ? number(r.judged) : "–"), el("td", { class: "n" }, r.ran ? number(r.findings) : "–"),
				el("td", { class: "n" }, r.held ? number(r.held) : ""), el("td", { class: "quiet" }, r.silent_because || ""))))))));
	return { note: "What was read, what was judged, and what was left out." };
});
