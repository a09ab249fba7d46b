/* SPDX-License-Identifier: MIT */
/* mux_driver.c - reads pattern, method, path, answer; counts where service_serves() differs. */
#include "analyzers/services/services.h"

#include <stdio.h>
#include <string.h>

static bool serves(char *pattern, const char *method, const char *path)
{
	char *space = strchr(pattern, ' ');
	const char *text = space ? space + 1 : pattern;
	struct service_route route = {
		.method = "", .path = { .text = text }, .protocol = PROTO_HTTP,
		.prefix = text[strlen(text) - 1] == '/',
	};
	const struct service s = { .route = &route, .nroutes = 1 };
	const struct service_route *found;

	if (space) {
		*space = '\0';
		route.method = pattern;
	}
	return service_serves(&s, method, path, &found) == SERVES;
}

int main(void)
{
	char line[512], was[512];
	unsigned lines = 0, differ = 0, yes = 0;

	while (fgets(line, sizeof(line), stdin)) {
		char *method, *path, *answer;
		bool want, got;

		memcpy(was, line, sizeof(was));
		method = strchr(line, '\t');
		path = method ? strchr(method + 1, '\t') : NULL;
		answer = path ? strchr(path + 1, '\t') : NULL;
		if (!answer)
			return 2;
		*method++ = *path++ = *answer++ = '\0';
		want = !strncmp(answer, "true", 4);
		got = serves(line, method, path);
		lines++;
		yes += want;
		differ += want != got;
		if (want != got && differ <= 5)
			printf("%s", was);
	}
	printf("%s oracle mux: %u requests compared, %u served, %u differences\n",
	       differ || !yes ? "not ok" : "ok", lines, yes, differ);
	return differ || !yes;
}
