/* SPDX-License-Identifier: MIT */
/*
 * facts_driver.c - extracts the facts of the Go files named on standard input
 * and prints one fact a line, as main.go does.
 */
#define _GNU_SOURCE
#include "graph/source/body_build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static FILE *out;

static void field(const char *s)
{
	putc(' ', out);
	if (!*s)
		putc('-', out);
	for (; *s; s++) {
		if ((unsigned char)*s <= ' ' || *s == '%' || (unsigned char)*s >= 0x7f)
			fprintf(out, "%%%02x", (unsigned char)*s);
		else
			putc(*s, out);
	}
}

static void print_decls(const struct body_builder *b)
{
	const char *t = b->text;

	for (uint32_t i = 0; i < b->decl.count; i++) {
		const struct body_decl *d = &b->decl.at[i];

		fprintf(out, "decl %u %x", d->kind, d->flags);
		field(t + d->name);
		field(t + d->receiver);
		fprintf(out, " %u:%u %u-%u", d->line, d->col, d->start_line, d->end_line);
		fprintf(out, " doc %u", d->doc_line);
		field(t + d->signature);
		putc('\n', out);
		for (uint32_t m = d->member_first; m < d->member_first + d->nmembers; m++) {
			const struct body_member *x = &b->member.at[m];

			fprintf(out, "member %u %u", x->kind, x->line);
			field(t + x->name);
			field(t + x->type);
			field(t + x->tag);
			putc('\n', out);
		}
	}
	for (uint32_t i = 0; i < b->directive.count; i++) {
		const struct body_directive *x = &b->directive.at[i];

		fprintf(out, "directive %u", x->line);
		field(t + x->text);
		fprintf(out, " decl %d trailing %u\n", (int)x->decl, x->trailing);
	}
}

static void print_names(const struct body_builder *b)
{
	const char *t = b->text;

	for (uint32_t i = 0; i < b->ref.count; i++) {
		const struct body_ref *x = &b->ref.at[i];

		fprintf(out, "ref %u:%u", x->line, x->col);
		field(t + x->qualifier);
		field(t + x->name);
		fprintf(out, " role %u decl %d%s\n", x->role, (int)x->decl,
			x->exported ? " exported" : "");
	}
	for (uint32_t i = 0; i < b->use.count; i++) {
		const struct body_use *x = &b->use.at[i];

		fputs("use", out);
		field(t + x->name);
		fprintf(out, " line %u decl %d flags %x count %u\n", x->line, (int)x->decl,
			x->flags, x->count);
	}
	fprintf(out, "selectors %u\n", b->body.nselectors);
}

static void print_calls(const struct body_builder *b)
{
	const char *t = b->text;

	for (uint32_t i = 0; i < b->call.count; i++) {
		const struct body_call *x = &b->call.at[i];

		fprintf(out, "call %u:%u", x->line, x->col);
		field(t + x->qualifier);
		field(t + x->name);
		fprintf(out, " decl %d args %u flags %x\n", (int)x->decl, x->nargs, x->flags);
	}
	for (uint32_t i = 0; i < b->literal.count; i++) {
		const struct body_literal *x = &b->literal.at[i];

		fprintf(out, "literal %u:%u", x->line, x->col);
		field(t + x->type);
		fprintf(out, " decl %d\n", (int)x->decl);
	}
	for (uint32_t i = 0; i < b->string.count; i++) {
		const struct body_string *x = &b->string.at[i];
		const struct body_call *c = x->call == BODY_NONE ? NULL : &b->call.at[x->call];

		fprintf(out, "string %u:%u", x->line, x->col);
		field(t + x->value);
		fprintf(out, " decl %d call %u:%u arg %u flags %x\n", (int)x->decl, c ? c->line : 0,
			c ? c->col : 0, x->arg, x->flags);
	}
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The lines of a file's facts, sorted: main.go finds them in another order. */
static void print_sorted(const struct body_builder *b)
{
	char *text = NULL, **line = NULL;
	size_t len = 0, n = 0, cap = 0;

	out = open_memstream(&text, &len);
	print_decls(b);
	print_names(b);
	print_calls(b);
	fclose(out);
	for (char *at = text; *at;) {
		VEC_RESERVE(line, cap, n + 1);
		line[n++] = at;
		at += strcspn(at, "\n");
		*at++ = '\0';
	}
	qsort(line, n, sizeof(*line), by_text);
	for (size_t i = 0; i < n; i++)
		puts(line[i]);
	free(line);
	free(text);
}

static uint32_t slurp(const char *name, char **bytes, size_t *cap)
{
	FILE *f = fopen(name, "rb");
	size_t n = 0, got;

	if (!f) {
		perror(name);
		exit(1);
	}
	do {
		VEC_RESERVE(*bytes, *cap, n + 65536);
		got = fread(*bytes + n, 1, 65536, f);
		n += got;
	} while (got);
	fclose(f);
	return (uint32_t)n;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* facts_driver [-t]: -t prints times instead. */
int main(int argc, char **argv)
{
	struct syntax_parser *p = syntax_parser_new();
	struct body_builder b;
	struct arena arena = ARENA_INIT;
	char *line = NULL, *bytes = NULL;
	size_t cap = 0, bytes_cap = 0;
	double parse = 0, facts = 0, declare = 0, total = 0;
	bool times = argc > 1 && !strcmp(argv[1], "-t");

	body_builder_init(&b);
	for (ssize_t n; (n = getline(&line, &cap, stdin)) > 0;) {
		struct syntax s;
		uint32_t len;

		if (line[n - 1] == '\n')
			line[n - 1] = '\0';
		len = slurp(line, &bytes, &bytes_cap);
		arena_reset(&arena);
		double t0 = now();

		syntax_parse(p, bytes, len, &arena, &s);
		double t1 = now();

		body_builder_reset(&b);
		body_declare(&b, &s);
		double t2 = now();

		body_refer(&b, &s);
		double t3 = now();

		parse += t1 - t0;
		declare += t2 - t1;
		facts += t3 - t1;
		total += len;
		if (times)
			continue;
		printf("file %s\n%s", line, s.status == SYNTAX_OK ? "" : "degraded\n");
		print_sorted(&b);
	}
	if (times)
		printf("%.1f MB, parse %.2f s, facts %.2f s, declarations %.2f s of it: "
		       "%.1f %%\n",
		       total / 1e6, parse, facts, declare, 100 * facts / parse);
	body_builder_release(&b);
	arena_release(&arena);
	syntax_parser_free(p);
	free(line);
	free(bytes);
	return 0;
}
