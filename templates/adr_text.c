/* SPDX-License-Identifier: MIT */
/* adr_text.c - the embedded templates of decision records, filled in. */
#include "templates/adr_text.h"
#include "base/replace.h"
#include "graph/source/tree.h"
#include "templates/mustache.h"

#include <stdlib.h>
#include <string.h>

#define TEMPLATE_BYTES ((size_t)1 << 20)

extern const unsigned char adr_madr_text[], adr_nygard_text[], adr_log4brains_text[],
	adr_yaml_text[];

static const struct { const char *file, *suffix; const unsigned char *text; } rows[ADR_FORMATS] = {
	[ADR_MADR] = { "madr.md", ".md", adr_madr_text },
	[ADR_NYGARD] = { "nygard.md", ".md", adr_nygard_text },
	[ADR_LOG4BRAINS] = { "log4brains.md", ".md", adr_log4brains_text },
	[ADR_YAML] = { "yaml.yaml", ".yaml", adr_yaml_text },
};

struct finder { const char *dir; struct arena *arena; struct err *err; };

const char *adr_template_file(enum adr_format format)
{
	return rows[format].file;
}

const char *adr_suffix(enum adr_format format)
{
	return rows[format].suffix;
}

/* The text of a file of one's own folder; NULL where there is none. */
static const char *own_text(struct finder *f, const char *file)
{
	struct err ignored = ERR_INIT;
	const char *bytes;
	size_t len;

	if (!f->dir || strchr(file, '/') || *file == '.')
		return NULL;
	if (file_read(path_join(f->arena, f->dir, file), TEMPLATE_BYTES, f->arena, &bytes, &len,
		      &ignored))
		return NULL;
	return bytes;
}

static const char *partial(void *ctx, const char *name)
{
	struct finder *f = ctx;
	const char *text = own_text(f, name);

	return text ? text : own_text(f, arena_printf(f->arena, "%s.md", name));
}

int adr_text(enum adr_format format, const char *dir, const struct json *data, struct arena *arena,
	     const char **ret, struct err *err)
{
	struct finder f = { dir, arena, err };
	const char *own = own_text(&f, rows[format].file);
	const struct mustache_given given = { .data = data, .partial = partial, .ctx = &f };
	const char *name = own ? path_join(arena, dir, rows[format].file) : rows[format].file;
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	int rc;

	if (!out)
		return err_set(err, ERR_SYSTEM, "no memory for a template");
	rc = mustache_render(name, own ? own : (const char *)rows[format].text, &given, out, err);
	if (fclose(out) && !rc)
		rc = err_set(err, ERR_SYSTEM, "no memory for a template");
	if (!rc)
		*ret = arena_strndup(arena, text, len);
	free(text);
	return rc;
}
