/* SPDX-License-Identifier: MIT */
/*
 * mustache.c - renders the lines of standard input: each a JSON object with template,
 * data and partials; prints the text, or the error, as one JSON text a line.
 */
#include "base/json.h"
#include "templates/mustache.h"

#include <stdlib.h>
#include <string.h>

static const char *partial(void *ctx, const char *name)
{
	const struct json *found = json_member(ctx, name, strlen(name));

	return found ? json_words(found, (char[JSON_NUMBER_BYTES]){ 0 }) : NULL;
}

static void answer(const char *line, size_t len)
{
	struct err err = ERR_INIT;
	struct json *all, *o = json_object();
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);
	struct json_out j;

	if (!out || json_parse(line, len, &all, &err)) {
		fprintf(stderr, "%s\n", err.msg);
		exit(1);
	}
	const struct json *template = json_member(all, "template", 8);
	const struct json *partials = json_member(all, "partials", 8);
	char number[JSON_NUMBER_BYTES];
	const struct mustache_given given = {
		.data = json_member(all, "data", 4), .partial = partial,
		.ctx = (void *)(uintptr_t)partials,
	};
	int rc = mustache_render("t", json_words(template, number), &given, out, &err);

	if (fclose(out))
		exit(1);
	json_set_text(o, rc ? "error" : "text", rc ? err.msg : text);
	json_out_init(&j, stdout, JSON_LINES);
	json_out_value(&j, o);
	if (json_out_finish(&j, &err))
		exit(1);
	free(text);
	json_free(all);
}

int main(void)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t len;

	while ((len = getline(&line, &cap, stdin)) > 0)
		answer(line, (size_t)len);
	free(line);
	return 0;
}
