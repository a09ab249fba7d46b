/* SPDX-License-Identifier: MIT */
/* grpc_names.c - ServiceName of the generated ServiceDesc, found as text. */
#include "analyzers/services/grpc_names.h"

#include <string.h>

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Is the last word of a full name this one?  Go's name of order_book is OrderBook. */
static bool is_named(const char *full, size_t n, const char *x, size_t len)
{
	size_t i = 0;
	const char *s = full + n;

	while (s > full && s[-1] != '.')
		s--;
	for (; s < full + n; s++) {
		if (*s == '_')
			continue;
		if (i == len || lower(*s) != lower(x[i]))
			return false;
		i++;
	}
	return i == len;
}

/* In `ServiceName: "package.X"` of any file of the folder, for this X; NULL = none. */
static const char *in_folder(const struct eval *e, dir_id dir, const char *x, size_t len)
{
	static const char key[] = "ServiceName:";
	const struct go_dir *d = &e->c->a->source->dir[dir.v];

	for (uint32_t i = d->file_first; i < d->file_first + d->nfiles; i++) {
		const char *s = e->c->file[i].bytes;

		while (s && (s = strstr(s, key))) {
			size_t n;

			s += sizeof(key) - 1;
			s += strspn(s, " \t");
			if (*s != '"')
				continue;
			n = strcspn(++s, "\"\n");
			if (is_named(s, n, x, len))
				return arena_strndup(e->arena, s, n);
		}
	}
	return NULL;
}

const char *grpc_name(const struct eval *e, uint32_t file, uint32_t call, const char *before,
		      const char *behind)
{
	uint32_t operand, name = code_callee(e->c, file, call, &operand), import;
	size_t len, qlen, b = strlen(before), n = strlen(behind);
	const char *s, *q, *full, *path;
	dir_id dir;

	if (!name || !operand || code_node(e->c, file, operand)->kind != SYN_IDENTIFIER)
		return NULL;
	s = code_text(e->c, file, name, &len);
	if (len <= b + n || strncmp(s, before, b) != 0 || strncmp(s + len - n, behind, n) != 0)
		return NULL;
	s += b;
	len -= b + n;
	q = code_text(e->c, file, operand, &qlen);
	import = code_import(e->c, file, q, qlen);
	if (import == ID_NONE)
		return NULL;
	path = code_import_path(e->c, import);
	if (code_path_fits(path, "google.golang.org/grpc/health/grpc_health_v1"))
		return "grpc.health.v1.Health";
	dir = code_import_dir(e->c, file, import);
	if (dir.v != ID_NONE)
		return in_folder(e, dir, s, len);
	full = arena_strndup(e->arena, s, len);
	/* Another module's: what looks like generated code, beside gRPC itself. */
	if (!code_imports(e->c, file, "google.golang.org/grpc") ||
	    code_nargs(e->c, file, call) != (*before == 'R' ? 2u : 1u) ||
	    !strchr(path, '.'))
		return NULL;
	return full;
}
