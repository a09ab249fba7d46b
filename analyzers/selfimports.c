/* SPDX-License-Identifier: MIT */
/* selfimports.c - looks for imports of the importer's own path. */
#include "analyzers/selfimports.h"
#include "graph/source/package.h"

/* The role of a file in the first configuration that builds it. */
static enum file_role role_in_package(const struct source *s, uint32_t f, struct arena *scratch)
{
	dir_id dir = s->file[f].dir;

	for (uint32_t c = 0; c < s->nconfigs; c++) {
		struct go_package p;

		package_classify(s, dir, c, scratch, &p);
		enum file_role role = (enum file_role)p.role[f - s->dir[dir.v].file_first];

		if (role != ROLE_NONE && role != ROLE_IGNORED)
			return role;
	}
	return ROLE_NONE;
}

static void report(const struct analysis *a, uint32_t f, const struct go_import *i, bool test)
{
	const struct source *s = a->source;
	const struct rule *rule = &rule_rows[test ? RULE_REFUSED_TEST : RULE_PACKAGE_CYCLE];
	const char *path = source_file_path(s, (file_id){ f }, a->scratch);
	const char *folder = sym_text(s->syms, s->dir[s->file[f].dir.v].path);

	folder = *folder ? folder : ".";
	const char *format = test ? "a test inside of '%s' imports '%s' itself" :
				    "'%s' imports itself ('%s')";

	finding_add(a->findings, &(struct finding){
		.rule = rule, .severity = rule->severity,
		.at = { sym_from(s->syms, path), i->line, i->col, i->end_col },
		.from = folder, .to = folder, .symbol = "itself",
		.message = arena_printf(a->scratch, format, folder, sym_text(s->syms, i->path)),
		.fix = test ? "Remove the import, or move the test into the external test package "
			      "(package x_test)." :
			      "Remove the import: what a package declares needs none.",
	});
}

/* The import of its own path in a file that is part of the package; NULL for none. */
static const struct go_import *own_import(const struct source *s, uint32_t f, uint32_t i)
{
	const struct go_import *import = &s->import[s->file[f].import_first + i];
	const struct go_dir *dir = &s->dir[s->file[f].dir.v];

	return dir->import_path.v && import->path.v == dir->import_path.v ? import : NULL;
}

uint64_t self_imports(const struct analysis *a, bool tests)
{
	const struct source *s = a->source;
	uint64_t found = 0;

	for (uint32_t f = 0; f < s->nfiles; f++) {
		if (!(s->dir[s->file[f].dir.v].flags & DIR_REPORTED))
			continue;
		for (uint32_t i = 0; i < s->file[f].nimports; i++) {
			const struct go_import *import = own_import(s, f, i);

			if (!import)
				continue;
			enum file_role role = role_in_package(s, f, a->scratch);

			if (role == ROLE_NONE || role == ROLE_XTEST ||
			    (role == ROLE_TEST) != tests)
				continue;
			found++;
			report(a, f, import, tests);
		}
	}
	return found;
}

void self_importers(const struct source *s, bool tests, bool *ret_dir)
{
	struct arena scratch = ARENA_INIT;

	for (uint32_t f = 0; f < s->nfiles; f++)
		for (uint32_t i = 0; i < s->file[f].nimports; i++) {
			if (!own_import(s, f, i))
				continue;
			enum file_role role = role_in_package(s, f, &scratch);

			if (role != ROLE_NONE && role != ROLE_XTEST && (role != ROLE_TEST || tests))
				ret_dir[s->file[f].dir.v] = true;
			arena_reset(&scratch);
		}
	arena_release(&scratch);
}
