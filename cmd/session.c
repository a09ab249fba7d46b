/* SPDX-License-Identifier: MIT */
/* session.c - build configurations, source and graph from the settings. */
#include "cmd/session.h"
#include "analyzers/contexts_guess.h"
#include "analyzers/policy/discover.h"
#include "base/date.h"
#include "base/pool.h"
#include "base/progress.h"
#include "base/text.h"
#include "graph/source/tree.h"
#include "graph/symbols.h"

#include <string.h>
#include <time.h>

#define BROKEN_NAMES 10u                /* files by name, the rest is counted */

/* Never the host's: the same tree must give the same answer on every machine. */
static const char *const default_platforms[] = { "linux/amd64", "darwin/arm64", "windows/amd64" };

struct words session_words(const struct string_list *list, struct arena *arena)
{
	struct words words = { 0 };
	size_t most = 0;

	for (uint32_t i = 0; i < list->count; i++)
		most += strlen(list->item[i]) / 2 + 1;
	words.item = arena_array(arena, const char *, most);
	for (uint32_t i = 0; i < list->count; i++) {
		for (const char *p = list->item[i]; *p; p += strspn(p, ",")) {
			size_t len = strcspn(p, ",");
			const char *name = arena_strndup(arena, p, len);
			bool known = !len;

			for (uint32_t n = 0; n < words.count && !known; n++)
				known = !strcmp(words.item[n], name);
			if (!known)
				words.item[words.count++] = name;
			p += len;
		}
	}
	return words;
}

/* The policy's words, those of --tags behind them. */
static struct words all_tags(const struct settings *set, const struct policy *policy,
			     struct arena *arena)
{
	struct words asked = session_words(&set->tags, arena), all = { 0 };
	uint32_t given = policy->go.tags.count;

	all.item = arena_array(arena, const char *, (size_t)asked.count + given);
	for (uint32_t i = 0; i < given; i++)
		all.item[all.count++] = policy->go.tags.item[i].text;
	for (uint32_t i = 0; i < asked.count; i++)
		all.item[all.count++] = asked.item[i];
	return all;
}

/* --platform, else the policy's, else those that most programs are built for. */
static struct words all_platforms(const struct settings *set, const struct policy *policy,
				  bool one_platform, struct arena *arena)
{
	struct words words = session_words(&set->platforms, arena);
	const struct policy_texts *given = &policy->go.platforms;

	if (words.count)
		return words;
	words.item = arena_array(arena, const char *, given->count + ARRAY_SIZE(default_platforms));
	if (!given->count) {
		words.count = one_platform ? 1 : ARRAY_SIZE(default_platforms);
		memcpy(words.item, default_platforms, sizeof(default_platforms));
	}
	for (uint32_t i = 0; i < given->count; i++)
		words.item[words.count++] = given->item[i].text;
	return words;
}

int session_configs(const struct settings *set, const struct policy *policy, bool one_platform,
		    struct arena *arena, const struct build_config **ret_config,
		    uint32_t *ret_count, struct err *err)
{
	struct words platforms = all_platforms(set, policy, one_platform, arena);
	struct words tags = all_tags(set, policy, arena);
	unsigned minor = GO_NEWEST_MINOR;
	struct build_config *config;

	if (set->platforms.count && !session_words(&set->platforms, arena).count)
		return err_set(err, ERR_USAGE, "--platform names no platform: write GOOS/GOARCH");
	if (one_platform && platforms.count > 1)
		return err_set(err, ERR_USAGE,
			       "this command looks at one platform, but --platform names %u",
			       platforms.count);
	if (platforms.count > CONFIGS_MAX)
		return err_set(err, ERR_USAGE,
			       "%u platforms are more than the %u that fit into one run",
			       platforms.count, CONFIGS_MAX);
	if (set->go_version && go_version_minor(set->go_version, &minor, err))
		return -1;
	config = arena_array(arena, struct build_config, platforms.count);
	for (uint32_t i = 0; i < platforms.count; i++)
		if (build_config_init(arena, platforms.item[i], set->cgo == CGO_ON, minor,
				      tags.item, tags.count, &config[i], err))
			return -1;
	*ret_config = config;
	*ret_count = platforms.count;
	return 0;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static unsigned workers_of(const struct settings *set)
{
	if (!set->jobs)
		return pool_default_workers();
	return set->jobs < POOL_MAX_WORKERS ? set->jobs : POOL_MAX_WORKERS;
}

static struct graph *copy_graph(struct session *s)
{
	struct graph *g = arena_new(&s->arena, struct graph);

	*g = *s->graph;
	s->graph = g;
	return g;
}

/* Comments name domains, policy or not. */
static int add_domains(struct session *s, struct err *err)
{
	struct policy *none = arena_new(&s->arena, struct policy);
	const struct mapping *m;

	*none = *s->policy;
	none->folder = none->folder ? none->folder : "";
	if (mapping_build(none, s->source, s->graph, &s->arena, &m, err))
		return -1;
	/* Comments by themselves name contexts: where there is none there is no domain. */
	if (m->ncontexts)
		copy_graph(s)->part[PART_DOMAIN] = mapping_part(m, PART_DOMAIN, &s->arena);
	return 0;
}

/* The groups that --level asks for, where somebody must say what they are. */
static int add_parts(const struct settings *set, const struct session_wish *wish, struct session *s,
		     struct err *err)
{
	struct level level = { LEVEL_PACKAGE, 0 };

	if (set->level && level_parse(set->level, &level, err))
		return -1;
	if (s->mapping) {
		struct graph *g = copy_graph(s);

		for (unsigned p = 0; p < PARTS; p++)
			g->part[p] = mapping_part(s->mapping, p, &s->arena);
	} else if ((wish->domains || level.kind == LEVEL_DOMAIN) && add_domains(s, err)) {
		return -1;
	}
	if (!s->graph->part[PART_CONTEXT] && (wish->contexts || level.kind == LEVEL_CONTEXT))
		s->graph = contexts_as_part(s->source, s->graph, &s->arena);
	if (level.kind == LEVEL_CONTEXT && s->graph->guessed[PART_CONTEXT] && !set->quiet)
		fputs(SESSION_GUESSED, stderr);
	return level_check(s->graph, level, err);
}

int session_begin(const struct run *run, const struct session_wish *wish, struct session *ret,
		  struct err *err)
{
	const struct settings *set = run->set;

	*ret = (struct session){ .arena = ARENA_INIT, .started = now() };
	ret->progress = progress_start(!set->quiet);
	ret->options = (struct source_options){
		.dir = ".", .rev = set->rev, .staged = set->staged, .workers = workers_of(set),
		.pattern = run->noperands ? run->operand[0] : NULL,
		.count_lines = wish->lines, .git_status = wish->rev,
	};
	ret->options.like = wish->like;
	ret->options.watch = wish->watch;
	ret->options.committed = wish->committed;
	ret->options.status_later = wish->status_later;
	ret->options.cache = !set->no_cache;
	if (wish->policy)
		ret->policy = wish->policy;
	else if (wish->one_platform || wish->no_policy)
		ret->policy = policy_default(&ret->arena);
	else if (policy_load(&ret->options, set->config, &ret->arena, &ret->policy, NULL, err))
		goto fail;
	if (session_configs(set, ret->policy, wish->one_platform, &ret->arena, &ret->options.config,
			    &ret->options.nconfigs, err))
		goto fail;
	if (ret->policy->go.exclude.count) {
		ret->options.excludes = policy_excludes;
		ret->options.excludes_ctx = ret->policy;
	}
	return 0;
fail:
	session_close(ret);
	return -1;
}

int session_source(struct session *s, struct err *err)
{
	progress_at(s->progress, "reading files");
	if (!source_read(&s->options, &s->source, err))
		return 0;
	session_close(s);
	return -1;
}

int session_read(const struct run *run, const struct session_wish *wish, struct session *s,
		 struct err *err)
{
	if (session_source(s, err))
		return -1;
	if (!session_graph(run, wish, s, err))
		return 0;
	session_close(s);
	return -1;
}

int session_graph(const struct run *run, const struct session_wish *wish, struct session *s,
		  struct err *err)
{
	progress_at(s->progress, "building the graph");
	if (!wish->graph)
		return 0;
	s->graph = graph_from_source(s->source, &s->arena);
	if (s->policy->found &&
	    mapping_build(s->policy, s->source, s->graph, &s->arena, &s->mapping, err))
		return -1;
	return add_parts(run->set, wish, s, err);
}

int session_open(const struct run *run, const struct session_wish *wish, struct session *ret,
		 struct err *err)
{
	if (session_begin(run, wish, ret, err) || session_read(run, wish, ret, err))
		return -1;
	session_told(ret);
	return 0;
}

void session_told(struct session *s)
{
	progress_stop(s->progress);
	s->progress = NULL;
}

void session_close(struct session *s)
{
	session_told(s);
	if (s->bodies)
		bodies_release(s->bodies);
	if (s->source)
		source_release(s->source);
	arena_release(&s->arena);
	*s = (struct session){ .arena = ARENA_INIT };
}

int session_bodies(const struct session *s, const struct settings *set, const file_id *wanted,
		   uint32_t nwanted, struct bodies **ret, struct err *err)
{
	const struct bodies_options o = {
		.workers = workers_of(set), .no_cache = set->no_cache,
		.wanted = wanted, .nwanted = nwanted,
	};
	struct arena a = ARENA_INIT;
	struct progress *own = s->progress ? NULL : progress_start(!set->quiet);

	progress_at(s->progress ? s->progress : own, "reading bodies");
	int rc = bodies_read(s->source, &o, ret, err);

	progress_stop(own);
	if (rc)
		return -1;
	if ((*ret)->cache_note && !set->quiet)
		fprintf(stderr, "meshctl: %s\n", text_escape(&a, (*ret)->cache_note));
	arena_release(&a);
	return 0;
}

int session_all_bodies(struct session *s, const struct settings *set, struct err *err)
{
	if (s->bodies)
		return 0;
	if (session_bodies(s, set, NULL, 0, &s->bodies, err))
		return -1;
	s->link = link_new(s->source, s->bodies, &s->arena);
	return 0;
}

int session_day(const struct settings *set, int64_t *ret, struct err *err)
{
	int64_t days;

	*ret = INT64_MIN;
	if (!set->now)
		return 0;
	if (!date_parse(set->now, &days))
		return err_set(err, ERR_USAGE, "--now wants a day, YYYY-MM-DD, not '%.100s'",
			       set->now);
	*ret = days * SECONDS_A_DAY;
	return 0;
}

struct symbols *session_symbols(const struct session *s, const struct settings *set)
{
	const struct symbols_options o = {
		.workers = workers_of(set), .no_cache = set->no_cache, .all = s->bodies,
	};

	return symbols_new(s->source, &o);
}

void session_symbols_free(struct symbols *sy, const struct settings *set)
{
	const char *note = sy ? symbols_bodies(sy)->cache_note : NULL;
	struct arena a = ARENA_INIT;

	if (note && !set->quiet)
		fprintf(stderr, "meshctl: %s\n", text_escape(&a, note));
	arena_release(&a);
	symbols_free(sy);
}

const char *session_module(const struct source *s, struct arena *a)
{
	const struct go_module *best = NULL;
	const char *name, *base;

	for (uint32_t m = 0; m < s->nmodules; m++) {
		const struct go_module *module = &s->module[m];

		if (!best || strlen(sym_text(s->syms, module->folder)) <
			     strlen(sym_text(s->syms, best->folder)))
			best = module;
	}
	name = best ? sym_text(s->syms, best->path) : "";
	if (!*name) {
		base = strrchr(s->root, '/');
		name = base && base[1] ? base + 1 : s->root;
	}
	if (s->nmodules < 2)
		return name;
	return arena_printf(a, "%s and %s", name,
			    text_count(a, s->nmodules - 1, "more module", "more modules"));
}

void session_doubts(const struct session *s, const struct settings *set, const char *incomplete)
{
	uint32_t bad = s->source->stats.degraded + s->source->stats.unreadable;
	struct arena a = ARENA_INIT;

	if (incomplete)
		fprintf(stderr, "meshctl: incomplete: %s\n", text_escape(&a, incomplete));
	else if (bad && !set->quiet)
		fprintf(stderr, "meshctl: %s may hide imports, see 'meshctl analyze'\n",
			text_count(&a, bad, "unreadable file", "unreadable files"));
	arena_release(&a);
}

void session_time(const struct session *s, const struct settings *set)
{
	if (!set->quiet)
		fprintf(stderr, "meshctl: %.1f s\n", now() - s->started);
}

static bool is_broken(const struct source *s, const struct go_file *f, bool everywhere)
{
	return f->flags & (FILE_DEGRADED | FILE_UNREADABLE | FILE_BAD_BUILD) &&
	       !(f->flags & FILE_HIDDEN) &&
	       (everywhere || s->dir[f->dir.v].flags & DIR_REPORTED);
}

void session_tell_broken(const struct run *run, const struct source *s, bool everywhere)
{
	struct arena a = ARENA_INIT;
	uint32_t n = 0;

	if (run->set->quiet)
		return;
	for (uint32_t f = 0; f < s->nfiles; f++) {
		const struct go_file *file = &s->file[f];

		if (!is_broken(s, file, everywhere) || n++ >= BROKEN_NAMES)
			continue;
		const char *path = source_file_path(s, (file_id){ f }, &a);
		const char *text = file->problem.v ? sym_text(s->syms, file->problem) :
						     "unknown reason";

		fprintf(stderr, "meshctl: cannot read the head of '%s'", text_escape(&a, path));
		if (file->problem_line)
			fprintf(stderr, " (line %u)", file->problem_line);
		fprintf(stderr, ": %s\n", text_escape(&a, text));
		arena_reset(&a);
	}
	if (n > BROKEN_NAMES)
		fprintf(stderr, "meshctl: and of %s: see 'meshctl analyze --all'\n",
			text_count(&a, n - BROKEN_NAMES, "more file", "more files"));
	arena_release(&a);
}
