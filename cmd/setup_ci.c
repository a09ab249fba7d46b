/* SPDX-License-Identifier: MIT */
/*
 * setup_ci.c - meshctl setup ci: writes what a CI system, or pre-commit, reads.
 * A file that is there stays, unless --force.
 */
#include "base/replace.h"
#include "base/suggest.h"
#include "base/text.h"
#include "cmd/hook_text.h"
#include "cmd/report/text.h"
#include "cmd/subcommand.h"
#include "graph/source/gitrun.h"
#include "graph/source/tree.h"
#include "templates/ci.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PRE_COMMIT "pre-commit"
#define CI_BYTES (1u << 20)             /* a larger file is none that a person wrote */

struct kind {
	const char *path, *next, *text;
};

static int find_kind(const char *name, struct arena *arena, struct kind *ret, struct err *err)
{
	char near[SUGGEST_BYTES];
	struct suggest s;

	suggest_init(&s, name);
	for (unsigned i = 0; i < nci_templates; i++) {
		const struct ci_template *t = &ci_templates[i];

		suggest_offer(&s, t->name);
		if (!strcmp(t->name, name)) {
			*ret = (struct kind){ t->path, t->next, ci_template_text(t, arena) };
			return 0;
		}
	}
	suggest_offer(&s, PRE_COMMIT);
	if (!strcmp(PRE_COMMIT, name)) {
		*ret = (struct kind){ ".pre-commit-config.yaml", "pre-commit install",
				      hook_snippet(PRE_COMMIT, arena) };
		return 0;
	}
	return err_set(err, ERR_USAGE, "no template for '%.100s'%s", name,
		       s.count ? suggest_text(&s, "", near) :
				 ": write github, gitlab, jenkins or pre-commit");
}

/* These systems read from the top of the working tree. */
static int find_root(struct arena *arena, const char **ret, struct err *err)
{
	static const char *const word[] = { "rev-parse", "--show-toplevel", NULL };
	size_t len;

	if (git_output(".", word, arena, ret, &len, err))
		return err_wrap(err, "no repository to write into, but --print shows the file");
	if (len && (*ret)[len - 1] == '\n')
		*ret = arena_strndup(arena, *ret, len - 1);
	return 0;
}

/* Each missing folder between the root and the file. */
static int make_folders(const char *root, const char *path, struct arena *arena, struct err *err)
{
	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		const char *folder = path_join(arena, root, arena_strndup(arena, path,
						       (size_t)(slash - path)));

		if (mkdir(folder, 0777) && errno != EEXIST)
			return err_set(err, ERR_SYSTEM, "cannot make the folder '%s': %s", folder,
				       strerror(errno));
	}
	return 0;
}

static int put(const struct run *run, const char *file, const struct kind *k, bool *ret_same,
	       struct err *err)
{
	size_t len = strlen(k->text), old_len;
	struct replace r;
	const char *old;
	int rc;

	if (replace_begin(file, run->arena, &r, err))
		return -1;
	rc = replace_read(&r, CI_BYTES, run->arena, &old, &old_len, err);
	*ret_same = !rc && old && old_len == len && !memcmp(old, k->text, len);
	if (!rc && old && !*ret_same && !run->set->force)
		rc = err_set(err, ERR_USAGE, "'%s' is there: --print shows what to add to it, "
			     "--force replaces it", k->path);
	if (!rc && !*ret_same)
		rc = replace_put(&r, k->text, len, err);
	replace_end(&r);
	return rc;
}

static int ci_run(struct run *run, struct err *err)
{
	const struct report r = { .color = run->color };
	const char *root;
	struct kind k = { "", "", "" };
	bool same = false;

	if (find_kind(run->operand[0], run->arena, &k, err))
		return -1;
	if (run->set->print) {
		fputs(k.text, run->out);
		return EXIT_CLEAN;
	}
	if (find_root(run->arena, &root, err) || make_folders(root, k.path, run->arena, err) ||
	    put(run, path_join(run->arena, root, k.path), &k, &same, err))
		return -1;
	text_block(&r, run->out, "written", same ? "nothing: it is there, and is today's" : k.path);
	text_block(&r, run->out, "next", k.next);
	return EXIT_CLEAN;
}

const struct subcommand setup_ci = {
	.name = "ci",
	.summary = "write what a CI system reads to gate every change",
	.operands = "github|gitlab|jenkins|pre-commit",
	.min_operands = 1,
	.max_operands = 1,
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_PRINT) | OPT_BIT(OPT_FORCE) |
		   OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_COLOR),
	.run = ci_run,
};
