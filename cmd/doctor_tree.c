/* SPDX-License-Identifier: MIT */
/* doctor_tree.c - checks of the repository: git's view of it, policy, baseline, hook, CI. */
#include "analyzers/judged.h"
#include "analyzers/policy/baseline.h"
#include "base/replace.h"
#include "base/text.h"
#include "cmd/ci.h"
#include "cmd/doctor.h"
#include "cmd/hold.h"
#include "cmd/hook_text.h"
#include "graph/source/gitrun.h"
#include "graph/source/tree.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FILE_BYTES (1u << 20)           /* larger hooks and workflows are none of a person */
#define JUDGED_LEAST 50u                /* percent: below, most of the code is not looked at */

/* One line that git prints, or NULL and *err. */
static const char *ask(struct doctor *d, const char *dir, const char *const *word, struct err *err)
{
	const char *text;
	size_t len;

	if (git_output(dir, word, d->arena, &text, &len, err))
		return NULL;
	return len && text[len - 1] == '\n' ? arena_strndup(d->arena, text, len - 1) : text;
}

static bool says(struct doctor *d, const char *what, const char *answer)
{
	const char *const word[] = { "rev-parse", what, NULL };
	struct err err = ERR_INIT;
	const char *text = ask(d, d->top, word, &err);

	return text && !strcmp(text, answer);
}

static void no_repository(struct doctor *d, const struct err *err)
{
	if (strstr(err->msg, "dubious ownership"))
		doctor_say(d, DOCTOR_FAIL, "git refuses the repository: it belongs to somebody "
			   "else",
			   "git config --global --add safe.directory \"$PWD\" (in a container: "
			   "--system, '*')");
	else
		doctor_say(d, DOCTOR_WARN, "no working tree of git here: nothing can be compared",
			   "run in a repository, or with -C DIR");
}

void doctor_repository(struct doctor *d)
{
	static const char *const top_of[] = { "rev-parse", "--show-toplevel", NULL };
	static const char *const head_of[] = { "rev-parse", "--verify", "-q", "HEAD", NULL };
	struct err err = ERR_INIT, unborn = ERR_INIT;
	const char *text;

	if (!d->git)
		return;
	d->top = ask(d, ".", top_of, &err);
	if (!d->top) {
		no_repository(d, &err);
		return;
	}
	text = text_escape(d->arena, d->top);
	if (says(d, "--is-shallow-repository", "true"))
		doctor_say(d, DOCTOR_WARN, arena_printf(d->arena, "%s is a shallow clone: the base "
			   "of a change may be missing", text),
			   "git fetch --unshallow; with actions/checkout: fetch-depth: 0");
	else if (!ask(d, d->top, head_of, &unborn))
		doctor_say(d, DOCTOR_OK, arena_printf(d->arena, "%s, without a commit yet", text),
			   NULL);
	else
		doctor_say(d, DOCTOR_OK, text, NULL);
	if (says(d, "--show-object-format", "sha256"))
		doctor_say(d, DOCTOR_WARN, "it has SHA-256 objects, which are read through git: "
			   "--rev and --base cannot", "convert it, or judge the working tree and "
			   "--staged only");
}

static void check_baseline(struct doctor *d, struct session *s)
{
	struct hold hold;
	struct err err = ERR_INIT;

	d->check = "baseline";
	if (hold_open(d->run->set, s, false, &hold, &err))
		doctor_say(d, DOCTOR_FAIL, text_escape(d->arena, arena_strdup(d->arena, err.msg)),
			   "meshctl baseline status");
	else if (!hold.baseline)
		doctor_say(d, DOCTOR_OK, "none: every finding counts", NULL);
	else
		doctor_say(d, DOCTOR_OK, arena_printf(d->arena, "%s, %s",
			   text_escape(d->arena, hold.file),
			   text_count(d->arena, hold.baseline->nentries, "line", "lines")), NULL);
}

static void check_share(struct doctor *d, const struct session *s)
{
	const struct policy *p = s->policy;
	const struct mapping *m = s->mapping;
	struct judged share = { 0 };
	unsigned percent = 100;
	const char *text;

	judged_share(m, &share);
	if (share.imports)
		percent = (unsigned)(share.judged * 100 / share.imports);
	text = arena_printf(d->arena, "%s%s: %s of %s mapped, %s of %s inside judged (%u %%)",
			    text_escape(d->arena, p->path), !p->extends.text ? "" :
			    arena_printf(d->arena, " (extends %s)", p->extends.text),
			    text_number(d->arena, m->mapped + m->shared),
			    text_count(d->arena, m->packages, "package", "packages"),
			    text_number(d->arena, share.judged),
			    text_count(d->arena, share.imports, "import", "imports"), percent);
	if (!m->packages)
		doctor_say(d, DOCTOR_FAIL, arena_printf(d->arena, "%s: there is no Go package for "
			   "it", text_escape(d->arena, p->path)), "run where go.mod is");
	else
		doctor_say(d, percent < JUDGED_LEAST ? DOCTOR_WARN : DOCTOR_OK, text,
			   percent < JUDGED_LEAST ? "meshctl policy check: a rule that looks at "
			   "less than half says little" : NULL);
}

static void cannot_judge(struct doctor *d, const struct err *err)
{
	doctor_say(d, DOCTOR_FAIL, text_escape(d->arena, arena_strdup(d->arena, err->msg)),
		   err->code == ERR_CONFIG ? "meshctl policy check" : "meshctl analyze");
}

void doctor_policy(struct doctor *d)
{
	const struct session_wish wish = { .graph = true, .rev = true };
	struct run run = *d->run;
	struct err err = ERR_INIT;
	struct session s;

	run.noperands = 0;
	if (session_begin(&run, &wish, &s, &err)) {
		cannot_judge(d, &err);
		return;
	}
	/* Without a policy nothing has to be read, which may be much where nothing is. */
	if (!s.policy->found) {
		doctor_say(d, DOCTOR_WARN, "none: layers and contexts are guessed, and 'gate' "
			   "refuses to judge", "meshctl init");
	} else if (session_read(&run, &wish, &s, &err)) {
		cannot_judge(d, &err);
		return;
	} else {
		check_share(d, &s);
		check_baseline(d, &s);
	}
	session_close(&s);
}

void doctor_hook(struct doctor *d)
{
	static const char *const hooks_of[] = { "rev-parse", "--git-path", "hooks", NULL };
	const char *folder, *path, *text = NULL;
	struct err err = ERR_INIT;
	struct hook_place at = { 0 };
	size_t len = 0;

	if (!d->top || !(folder = ask(d, d->top, hooks_of, &err)))
		return;
	folder = *folder == '/' ? folder : path_join(d->arena, d->top, folder);
	path = path_join(d->arena, folder, HOOK_NAME);
	if (file_read(path, FILE_BYTES, d->arena, &text, &len, &err))
		doctor_say(d, DOCTOR_WARN, text_escape(d->arena, arena_strdup(d->arena, err.msg)),
			   "meshctl setup hook status");
	else if (!text || (!strstr(text, "meshctl") && hook_find(text, len, &at)))
		doctor_say(d, DOCTOR_OK, ci_here() ? "none, and CI makes no commits" :
			   "none: commits are not judged before they are made",
			   ci_here() ? NULL : "meshctl setup hook install, if you want that");
	else if (access(path, X_OK))
		doctor_say(d, DOCTOR_FAIL, arena_printf(d->arena, "%s is not executable: git does "
			   "not run it", text_escape(d->arena, path)),
			   "chmod +x, or meshctl setup hook install");
	else if (!hook_find(text, len, &at))
		doctor_say(d, DOCTOR_FAIL, arena_printf(d->arena, "%s: a block of meshctl has no "
			   "end", text_escape(d->arena, path)), "repair it by hand");
	else
		doctor_say(d, DOCTOR_OK, text_escape(d->arena, path), NULL);
}

/* Says how one file that a CI system reads calls meshctl; false where it does not. */
static bool check_ci_file(struct doctor *d, const char *path)
{
	struct err err = ERR_INIT;
	const char *text;
	size_t len;

	if (file_read(path_join(d->arena, d->top, path), FILE_BYTES, d->arena, &text, &len,
		      &err) || !text || !strstr(text, "meshctl"))
		return false;
	path = text_escape(d->arena, path);
	if (strstr(text, "actions/checkout") && !strstr(text, "fetch-depth: 0"))
		doctor_say(d, DOCTOR_WARN, arena_printf(d->arena, "%s checks out one commit: the "
			   "base of a change is missing", path),
			   "give actions/checkout fetch-depth: 0");
	else
		doctor_say(d, DOCTOR_OK, path, NULL);
	return true;
}

static int by_name(const void *a, const void *b, void *ctx UNUSED)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The workflows, sorted: folders tell them in any order. */
static uint32_t workflows(struct doctor *d, const char *const **ret)
{
	DIR *dir = opendir(path_join(d->arena, d->top, ".github/workflows"));
	const char **name = NULL;
	uint32_t n = 0, cap = 0;
	struct dirent *e;

	while (dir && (e = readdir(dir))) {
		const char *end = strrchr(e->d_name, '.');

		if (!end || (strcmp(end, ".yml") && strcmp(end, ".yaml")))
			continue;
		VEC_RESERVE(name, cap, n + 1);
		name[n++] = path_join(d->arena, ".github/workflows", e->d_name);
	}
	if (dir)
		closedir(dir);
	sort_with(name, n, sizeof(*name), by_name, NULL);
	*ret = name;
	return n;
}

void doctor_ci(struct doctor *d)
{
	static const char *const files[] = {
		".gitlab-ci.yml", ".gitlab/meshctl.gitlab-ci.yml", "Jenkinsfile",
		".pre-commit-config.yaml", "azure-pipelines.yml", ".circleci/config.yml",
	};
	const char *const *workflow;
	bool any = false;

	if (!d->top)
		return;
	uint32_t n = workflows(d, &workflow);

	for (uint32_t i = 0; i < n; i++)
		any |= check_ci_file(d, workflow[i]);
	free((void *)workflow);
	for (unsigned i = 0; i < ARRAY_SIZE(files); i++)
		any |= check_ci_file(d, files[i]);
	if (ci_here())
		doctor_say(d, DOCTOR_OK, arena_printf(d->arena, "this is %s", ci_here()->name),
			   NULL);
	else if (!any)
		doctor_say(d, DOCTOR_WARN, "no file here lets CI run meshctl",
			   "meshctl setup ci github (or gitlab, jenkins, pre-commit)");
}
