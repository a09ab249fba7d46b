/* SPDX-License-Identifier: MIT */
/* panel-owners.js - who knows the code, by team or folder, and what nobody knows any more. */
panel("owners", (host, data) => {
	historyTable(host, data, "owners", "Who knows the code is read from who wrote it.");
	return { note: "Who knows the code, and what nobody knows any more. Persons are never named here." };
});
