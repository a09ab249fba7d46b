/* SPDX-License-Identifier: MIT */
/*
 * setup_hook.c - meshctl setup hook: puts a block of shell into git's pre-commit
 * hook, takes exactly that out again, says what is there.  What others wrote in
 * the hook stays as it is, byte for byte.
 */
#include "base/replace.h"
#include "base/suggest.h"
#include "base/text.h"
#include "cmd/hook_text.h"
#include "cmd/report/text.h"
#include "cmd/subcommand.h"
#include "graph/source/gitrun.h"
#include "graph/source/tree.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HOOK_BYTES (1u << 20)           /* a larger hook is none that a person wrote */

struct hook {
	const struct run *run;
	struct arena *arena;
	const char *folder, *path;      /* as git and the user see them */
	bool there;
	const char *text;               /* "" without one */
	size_t len;
	struct hook_place at;           /* of meshctl's block in it */
};

static int ask(const char *dir, const char *const *word, struct arena *arena, const char **ret,
	       struct err *err)
{
	size_t len;

	if (git_output(dir, word, arena, ret, &len, err))
		return -1;
	if (len && (*ret)[len - 1] == '\n')
		*ret = arena_strndup(arena, *ret, len - 1);
	return 0;
}

/* A folder of hooks for every repository of the machine is no place for this one's. */
static int check_scope(const char *top, struct arena *arena, struct err *err)
{
	static const char *const word[] = { "config", "--show-scope", "--get", "core.hooksPath",
					    NULL };
	struct err unset = ERR_INIT;
	const char *text;

	if (ask(top, word, arena, &text, &unset) ||
	    (strncmp(text, "global\t", 7) && strncmp(text, "system\t", 7)))
		return 0;
	return err_set(err, ERR_INPUT, "core.hooksPath is '%s' for every repository, and so would "
		       "the hook be: set it for this one, or put 'meshctl setup hook --print' in "
		       "a hook of your own", text + 7);
}

/* Git's own answer: core.hooksPath, linked worktrees, GIT_DIR. */
static int find_folder(struct hook *h, bool writes, struct err *err)
{
	static const char *const top_of[] = { "rev-parse", "--show-toplevel", NULL };
	static const char *const hooks_of[] = { "rev-parse", "--git-path", "hooks", NULL };
	const char *top, *hooks;

	if (ask(".", top_of, h->arena, &top, err) || ask(top, hooks_of, h->arena, &hooks, err) ||
	    (writes && check_scope(top, h->arena, err)))
		return -1;
	h->folder = *hooks == '/' ? hooks : path_join(h->arena, top, hooks);
	h->path = path_join(h->arena, h->folder, HOOK_NAME);
	return 0;
}

static int make_folder(const struct hook *h, struct err *err)
{
	struct stat st;

	if (lstat(h->folder, &st)) {
		if (errno != ENOENT || mkdir(h->folder, 0777))
			return err_set(err, ERR_INPUT, "cannot make the folder '%s': %s",
				       h->folder, strerror(errno));
		return 0;
	}
	if (S_ISLNK(st.st_mode))
		return err_set(err, ERR_INPUT, "'%s' is a symbolic link: what is behind it may "
			       "belong to other repositories", h->folder);
	if (!S_ISDIR(st.st_mode))
		return err_set(err, ERR_INPUT, "'%s' is no folder", h->folder);
	if (access(h->folder, W_OK | X_OK))
		return err_set(err, ERR_INPUT, "cannot write into '%s': %s", h->folder,
			       strerror(errno));
	return 0;
}

static int read_hook(struct hook *h, bool writes, struct err *err)
{
	struct stat st;

	h->text = "";
	if (lstat(h->path, &st)) {
		if (errno == ENOENT || errno == ENOTDIR)
			return 0;
		return err_set(err, ERR_INPUT, "cannot read '%s': %s", h->path, strerror(errno));
	}
	if (writes && S_ISLNK(st.st_mode))
		return err_set(err, ERR_INPUT, "'%s' is a symbolic link: what it names may belong "
			       "to other repositories; call 'meshctl setup hook --print' there",
			       h->path);
	if (file_read(h->path, HOOK_BYTES, h->arena, &h->text, &h->len, err))
		return -1;
	h->there = h->text;
	if (!h->text)
		h->text = "";
	if (hook_find(h->text, h->len, &h->at))
		return 0;
	return err_set(err, ERR_INPUT, "'%s': line %u begins a block of meshctl that has no end: "
		       "repair it by hand", h->path, hook_line(h->text, h->at.first));
}

/* Where others wrote the hook: can a block of shell be part of it? */
static int check_foreign(const struct hook *h, struct err *err)
{
	if (!h->there)
		return 0;
	if (!hook_is_shell(h->text, h->len))
		return err_set(err, ERR_INPUT, "'%s' is no shell script, nothing can be added to "
			       "it: call '%s' there", h->path, HOOK_COMMAND);
	if (access(h->path, X_OK))
		return err_set(err, ERR_INPUT, "'%s' is not executable, git does not run it: make "
			       "it so, or delete it", h->path);
	return 0;
}

/* Under a lock, and only if it still is what was read. */
static int put(const struct hook *h, const char *text, size_t len, struct err *err)
{
	const char *now;
	struct replace r;
	size_t now_len;
	int rc = -1;

	if (replace_begin(h->path, h->arena, &r, err))
		return -1;
	if (!replace_read(&r, HOOK_BYTES, h->arena, &now, &now_len, err)) {
		if (now ? !h->there || now_len != h->len || memcmp(now, h->text, now_len) :
			  h->there)
			err_set(err, ERR_INPUT, "'%s' changes at this moment: try again", h->path);
		else
			rc = replace_put(&r, text, len, err);
	}
	replace_end(&r);
	if (!rc && !h->there && chmod(h->path, 0755))
		rc = err_set(err, ERR_SYSTEM, "cannot make '%s' executable: %s", h->path,
			     strerror(errno));
	return rc;
}

static void say(const struct hook *h, const char *label, const char *text)
{
	const struct report r = { .color = h->run->color };

	text_block(&r, h->run->out, label, text);
}

static void say_path(const struct hook *h)
{
	say(h, "hook", text_escape(h->arena, h->path));
}

static int install(struct hook *h, struct err *err)
{
	const char *block = hook_block(h->arena), *text;
	bool ours = h->at.first < h->at.end;
	size_t len;

	if (make_folder(h, err) || check_foreign(h, err))
		return -1;
	text = hook_with(h->text, h->len, &h->at, block, h->arena, &len);
	if (h->there && len == h->len && !memcmp(text, h->text, len)) {
		say(h, "installed", "nothing changes: the block is there, and is today's");
	} else {
		if (put(h, text, len, err))
			return -1;
		say(h, "installed", ours ? "the block that was there is replaced" :
		    h->there ? "a block at the beginning of the hook that was there" :
			       "a new hook");
	}
	say_path(h);
	say(h, "runs", HOOK_COMMAND);
	say(h, "skip", "MESHCTL_SKIP=1 git commit");
	return 0;
}

static int take_out(struct hook *h, struct err *err)
{
	const char *rest;
	size_t len;

	if (h->at.first == h->at.end) {
		say(h, "removed", "nothing: meshctl is not in the hook");
		say_path(h);
		return 0;
	}
	if (make_folder(h, err))
		return -1;
	rest = hook_without(h->text, h->len, &h->at, h->arena, &len);
	if (hook_is_empty(rest, len) ? unlink(h->path) : put(h, rest, len, err))
		return err->code ? -1 : err_set(err, ERR_SYSTEM, "cannot delete '%s': %s", h->path,
						strerror(errno));
	say(h, "removed", hook_is_empty(rest, len) ? "the hook" :
	    "meshctl's block; the rest is as it was");
	say_path(h);
	return 0;
}

static int tell(struct hook *h, struct err *err UNUSED)
{
	const char *state = "not installed: 'meshctl setup hook install' does";
	bool ours = h->at.first < h->at.end;
	const char *block = hook_block(h->arena);

	if (ours && access(h->path, X_OK))
		state = "installed, but the hook is not executable: git does not run it";
	else if (ours && (h->at.end - h->at.first != strlen(block) ||
			  memcmp(h->text + h->at.first, block, strlen(block))))
		state = "installed by another meshctl, or changed: 'meshctl setup hook install' "
			"makes it new";
	else if (ours)
		state = "installed";
	say(h, "state", state);
	say_path(h);
	if (h->there && !hook_is_empty(h->text, h->len))
		say(h, "others", hook_has_others(h->text, h->len, &h->at, h->arena) ?
		    "the hook has lines that are not meshctl's" : "none");
	return 0;
}

enum action { HOOK_STATUS, HOOK_INSTALL, HOOK_REMOVE, HOOK_ACTIONS };

static const struct {
	const char *name;
	bool writes;
	int (*run)(struct hook *h, struct err *err);
} actions[HOOK_ACTIONS] = {
	[HOOK_STATUS] = { "status", false, tell },
	[HOOK_INSTALL] = { "install", true, install },
	[HOOK_REMOVE] = { "remove", true, take_out },
};

static int unknown(const char *name, const char *const *known, const char *what, struct err *err)
{
	char near[SUGGEST_BYTES];
	struct suggest s;

	suggest_init(&s, name);
	for (; *known; known++)
		suggest_offer(&s, *known);
	return err_set(err, ERR_USAGE, "unknown %s '%.100s'%s", what, name,
		       suggest_text(&s, "", near));
}

static int find_action(const char *name, enum action *ret, struct err *err)
{
	const char *known[HOOK_ACTIONS + 1] = { NULL };

	for (unsigned i = 0; i < HOOK_ACTIONS; i++) {
		known[i] = actions[i].name;
		if (!strcmp(name, known[i])) {
			*ret = (enum action)i;
			return 0;
		}
	}
	return unknown(name, known, "action", err);
}

/* What would be written, for the hook or for who manages hooks. */
static int print(struct run *run, struct err *err)
{
	const char *name = run->noperands ? run->operand[0] : "install";
	const char *text = hook_snippet(name, run->arena);

	if (!text)
		return unknown(name, hook_snippets(run->arena), "kind of hook", err);
	fputs(text, run->out);
	return EXIT_CLEAN;
}

static int hook_run(struct run *run, struct err *err)
{
	struct hook h = { .run = run, .arena = run->arena };
	enum action action = HOOK_STATUS;

	if (run->set->print)
		return print(run, err);
	if ((run->noperands && find_action(run->operand[0], &action, err)) ||
	    find_folder(&h, actions[action].writes, err) ||
	    read_hook(&h, actions[action].writes, err) || actions[action].run(&h, err))
		return -1;
	return EXIT_CLEAN;
}

const struct subcommand setup_hook = {
	.name = "hook",
	.summary = "let git judge every commit before it is made",
	.operands = "[status|install|remove]",
	.min_operands = 0,
	.max_operands = 1,
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_PRINT) | OPT_BIT(OPT_OUTPUT) |
		   OPT_BIT(OPT_COLOR),
	.run = hook_run,
};
