/* SPDX-License-Identifier: MIT */
/*
 * policy_import.c - meshctl policy import: finds the file of another tool, reads
 * the packages that it is about, writes the policy, says what it left out.
 */
#include "cmd/policy_import.h"
#include "base/limits.h"
#include "base/replace.h"
#include "base/text.h"
#include "cmd/output.h"
#include "cmd/session.h"
#include "graph/source/tree.h"
#include "templates/foreign_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SCREEN 100u

static const struct foreign_row *row_named(const char *name)
{
	for (unsigned i = 0; i < FOREIGN_COUNT; i++)
		if (!strcmp(foreign_rows[i].name, name))
			return &foreign_rows[i];
	return NULL;
}

/* ".go-arch-lint.yml, arch-go.yml, ...": the first name of each. */
static const char *known_files(struct arena *arena)
{
	const char *text = "";

	for (unsigned i = 0; i < FOREIGN_COUNT; i++) {
		const char *files = foreign_rows[i].files;

		if (*files)
			text = arena_printf(arena, "%s%s%.*s", text, *text ? ", " : "",
					    (int)strcspn(files, " "), files);
	}
	return text;
}

static int read_tree(const char *file, struct arena *arena, struct yaml_node **ret,
		     struct err *err)
{
	const char *bytes = NULL;
	size_t len = 0;
	struct err own = ERR_INIT;

	if (file_read(file, (size_t)limit_of(LIMIT_YAML_BYTES), arena, &bytes, &len, &own))
		return err_set(err, ERR_CONFIG, "%s", own.msg);
	if (!bytes)
		return err_set(err, ERR_CONFIG, "cannot read '%.300s': no such file", file);
	return yaml_read(file, bytes, len, arena, ret, err);
}

/* Most repositories have a .golangci.yml, few with depguard; what cannot be read may be meant. */
static bool is_meant(const char *file, unsigned row, struct arena *arena)
{
	struct err ignored = ERR_INIT;
	struct yaml_node *tree = NULL;

	return row != FOREIGN_DEPGUARD || read_tree(file, arena, &tree, &ignored) ||
	       foreign_has_depguard(tree);
}

/* The one file of the current folder that some row knows. */
static int find_file(const char **ret_file, struct arena *arena, struct err *err)
{
	const char *found = "";
	uint32_t count = 0;

	for (unsigned i = 0; i < FOREIGN_COUNT; i++)
		for (const char *p = foreign_rows[i].files; *p; p += strspn(p, " ")) {
			size_t len = strcspn(p, " ");
			const char *file = arena_strndup(arena, p, len);

			p += len;
			if (access(file, F_OK) || !is_meant(file, i, arena))
				continue;
			*ret_file = count ? *ret_file : file;
			found = arena_printf(arena, "%s%s'%s'", found, count ? ", " : "", file);
			count++;
		}
	if (count == 1)
		return 0;
	if (count)
		return err_set(err, ERR_USAGE, "%s are here: say which, as in 'meshctl policy "
			       "import %s'", found, *ret_file);
	return err_set(err, ERR_USAGE, "there is no file to import here: %s; go-cleanarch has "
		       "none: say 'meshctl policy import go-cleanarch'", known_files(arena));
}

static int read_file(struct foreign *f, struct err *err)
{
	struct yaml_node *tree = NULL;

	if (read_tree(f->file, f->arena, &tree, err))
		return -1;
	f->tree = tree;
	if (!f->row)
		f->row = foreign_by_keys(tree);
	return f->row ? 0 : err_set(err, ERR_CONFIG, "'%.200s' is of no tool that is known: %s",
				    f->file, known_files(f->arena));
}

/* FILE, or the name of a tool, or what is here. */
static int choose(const struct run *run, struct foreign *f, struct err *err)
{
	const char *operand = run->noperands > 1 ? run->operand[1] : NULL;

	/* A tool's name stands for the first name of its file. */
	if (operand && access(operand, F_OK) && row_named(operand)) {
		const char *files = row_named(operand)->files;

		f->row = row_named(operand);
		operand = arena_strndup(f->arena, files, strcspn(files, " "));
		if (!*operand)
			return 0;
	}
	/* One of these is not all of them: the reader looks for them in the whole tree. */
	if (operand && foreign_by_name(operand) == &foreign_rows[FOREIGN_RESTRICTIONS]) {
		f->row = foreign_by_name(operand);
		f->file = f->row->files;
		return 0;
	}
	f->file = operand;
	if (!f->file && find_file(&f->file, f->arena, err))
		return -1;
	if (!f->row)
		f->row = foreign_by_name(f->file);
	return f->row == &foreign_rows[FOREIGN_RESTRICTIONS] ? 0 : read_file(f, err);
}

static int own_folder(struct foreign *f, struct err *err)
{
	char *here = realpath(".", NULL);
	const char *below = here ? path_below(here, f->source->root) : NULL;

	if (!here)
		return err_set(err, ERR_SYSTEM, "cannot tell the current folder: %s",
			       strerror(errno));
	f->folder = below ? arena_strdup(f->arena, below) : "";
	free(here);
	return 0;
}

/* The packages; none is no error, the patterns alone are carried over then. */
static int open_tree(struct run *run, struct foreign *f, struct session *s, struct err *err)
{
	const struct session_wish wish = { .no_policy = true, .graph = true };
	struct run whole = *run;
	struct err own = ERR_INIT;

	whole.noperands = 0;
	f->folder = "";
	if (session_open(&whole, &wish, s, &own)) {
		if (own.code != ERR_INPUT)
			return *err = own, -1;
		if (!run->set->quiet)
			fprintf(stderr, "meshctl: %s: patterns are carried over as they stand\n",
				own.msg);
		return 0;
	}
	f->source = s->source;
	f->graph = s->graph;
	return own_folder(f, err);
}

/* A policy that does not read back, or places a package elsewhere, is a mistake of ours. */
static int check(const struct foreign *f, const char *text, struct err *err)
{
	const struct policy *read;
	const struct mapping *m;
	struct policy *policy;

	if (policy_read(POLICY_FILE, text, strlen(text), f->arena, &read, NULL, err))
		return err_wrap(err, "the imported policy cannot be read back");
	if (!f->graph)
		return 0;
	policy = arena_new(f->arena, struct policy);
	*policy = *read;
	policy->folder = f->folder;
	if (mapping_build(policy, f->source, f->graph, f->arena, &m, err))
		return err_wrap(err, "the imported policy does not fit the packages");
	for (uint32_t i = 0; i < f->npackages; i++) {
		const struct foreign_package *p = &f->package[i];
		uint32_t layer = p->sample ? POLICY_NONE : m->of[p->node].layer;

		if (!p->sample && (layer == POLICY_NONE ||
				   strcmp(policy->layer[layer].name,
					  f->group[p->group].name) != 0))
			return err_set(err, ERR_CONFIG, "the imported policy puts '%.200s' into "
				       "layer '%.100s', not '%.100s'", p->folder,
				       layer == POLICY_NONE ? "none" : policy->layer[layer].name,
				       f->group[p->group].name);
	}
	return 0;
}

static bool is_policy(const char *path)
{
	const char *slash = strrchr(path, '/');

	return !strcmp(slash ? slash + 1 : path, POLICY_FILE);
}

static int refuse(const struct run *run, struct err *err)
{
	const struct output *o = &run->output[0];

	if (run->set->rev || run->set->staged)
		return err_set(err, ERR_USAGE, "'policy import' reads the working tree: --rev and "
			       "--staged have no meaning here");
	if (o->format && !strcmp(o->format, "json"))
		return err_set(err, ERR_USAGE, "a policy is YAML: 'policy import' has no --json");
	if (run->noutputs > 1)
		return err_set(err, ERR_USAGE, "'policy import' writes one policy");
	if (o->path && is_policy(o->path) && !run->set->force && !access(o->path, F_OK))
		return err_set(err, ERR_USAGE, "'%.300s' is there: --force replaces it", o->path);
	return 0;
}

static void tell(const struct run *run, const struct foreign *f)
{
	const struct foreign_group **layer;
	uint32_t lost = foreign_note_count(f, false), near = foreign_note_count(f, true);
	uint32_t packages = 0;

	for (uint32_t i = 0; i < f->nnotes && !run->set->quiet; i++) {
		const char *head = arena_printf(f->arena, "meshctl: %s: ", f->note[i].near ?
						"not in every case as it was" : "not carried over");

		fputs(head, stderr);
		text_wrap_from(stderr, foreign_note_text(f, &f->note[i], f->arena),
			       text_width(head), 9, SCREEN);
	}
	for (uint32_t i = 0; i < f->npackages; i++)
		packages += !f->package[i].sample;
	if (run->set->quiet)
		return;
	fputs("meshctl: ", stderr);
	text_wrap_from(stderr, arena_printf(f->arena, "%s%s%s: %s, checked on %s; %u not carried "
		"over, %u not in every case", f->row->name, f->file ? " " : "",
		f->file ? text_escape(f->arena, f->file) : "",
		text_count(f->arena, foreign_layers(f, &layer), "layer", "layers"),
		text_count(f->arena, packages, "package", "packages"), lost, near), 9, 9, SCREEN);
}

int policy_import(struct run *run, struct err *err)
{
	struct foreign f = { .arena = run->arena };
	struct session session = { .arena = ARENA_INIT };
	const char *text;
	int rc = -1;

	if (refuse(run, err) || choose(run, &f, err) || open_tree(run, &f, &session, err))
		goto out;
	if (foreign_build(&f, err))
		goto out;
	text = foreign_file_text(&f, run->arena);
	if (check(&f, text, err))
		goto out;
	fputs(text, run->out);
	tell(run, &f);
	rc = EXIT_CLEAN;
out:
	foreign_release(&f);
	session_close(&session);
	return rc;
}
