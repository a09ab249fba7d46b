/* SPDX-License-Identifier: MIT */
/*
 * test_layers.c - rules about layers and contexts on random small repositories and
 * policies, against the sentences of the policy's language written down once more;
 * allowed imports add nothing; names of files do not matter; counts agree.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "analyzers/judged.h"
#include "graph/symbols.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PACKAGES 14u
#define LAYERS 4u
#define CONTEXTS 3u
#define NONE 99u
#define ROUNDS 40u

enum mode { NO_IMPORT, BY_CODE, BY_TEST, BY_BOTH };

struct world {                          /* what is written to disk, and what is expected of it */
	uint32_t npkgs;
	struct member {
		uint32_t layer, context;        /* NONE */
		bool shared, published, port;
		char path[40];
	} pkg[PACKAGES];
	enum mode import[PACKAGES][PACKAGES];
	struct { enum policy_uses_kind kind; bool names[LAYERS]; bool closed; } layer[LAYERS];
	struct { enum policy_uses_kind kind; bool names[CONTEXTS]; } context[CONTEXTS];
	bool ports, tests_ignored;
};

static uint32_t pick(uint64_t *seed, uint32_t n)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return (uint32_t)((*seed >> 20) % n);
}

static void place(struct world *w, uint32_t i, uint64_t *seed)
{
	struct member *m = &w->pkg[i];
	uint32_t l = pick(seed, LAYERS), c = pick(seed, CONTEXTS);

	*m = (struct member){ .layer = NONE, .context = NONE, .port = pick(seed, 3) == 0 };
	switch (pick(seed, 9)) {
	case 0:
		m->shared = true;
		snprintf(m->path, sizeof(m->path), "pkg/p%u", i);
		break;
	case 1:
		snprintf(m->path, sizeof(m->path), "tools/p%u", i);
		break;
	case 2:
		m->context = c;
		m->published = true;
		snprintf(m->path, sizeof(m->path), "internal/c%u/contract/p%u", c, i);
		break;
	case 3:
		m->layer = l;
		snprintf(m->path, sizeof(m->path), "flat/l%u/p%u", l, i);
		break;
	default:
		m->layer = l;
		m->context = c;
		snprintf(m->path, sizeof(m->path), "internal/c%u/l%u/p%u", c, l, i);
		break;
	}
}

static void make_world(struct world *w, uint64_t *seed)
{
	*w = (struct world){ .npkgs = 6 + pick(seed, PACKAGES - 5) };
	w->ports = pick(seed, 3) != 0;
	w->tests_ignored = pick(seed, 4) == 0;
	for (uint32_t i = 0; i < w->npkgs; i++) {
		place(w, i, seed);
		/* Imports lead to lower numbers: Go has no circles. */
		for (uint32_t k = 0; k < i; k++)
			w->import[i][k] = pick(seed, 3) ? NO_IMPORT :
					  (enum mode)(1 + pick(seed, 3));
	}
	for (uint32_t l = 0; l < LAYERS; l++) {
		w->layer[l].kind = (enum policy_uses_kind)pick(seed, 4);
		w->layer[l].closed = pick(seed, 4) == 0;
		for (uint32_t k = 0; k < LAYERS; k++)
			w->layer[l].names[k] = k != l && pick(seed, 2);
	}
	/* A list that reaches over a closed layer is an error of the policy. */
	for (uint32_t l = 0; l < LAYERS; l++)
		for (uint32_t closed = 1; closed < l; closed++)
			for (uint32_t k = 0; w->layer[closed].closed && k < closed; k++)
				w->layer[l].names[k] = false;
	for (uint32_t c = 0; c < CONTEXTS; c++) {
		w->context[c].kind = (enum policy_uses_kind)pick(seed, 4);
		for (uint32_t k = 0; k < CONTEXTS; k++)
			w->context[c].names[k] = k != c && pick(seed, 2);
	}
}

/* ---- to disk ---- */

struct run {
	struct arena arena;
	char root[64];
	struct build_config config;
	struct source *source;
	struct symbols *symbols;
	struct findings findings;
	struct analysis a;
};

static FILE *create(struct run *r, const char *path)
{
	char *full = arena_printf(&r->arena, "%s/%s", r->root, path);

	for (char *p = full + strlen(r->root) + 1; (p = strchr(p, '/')); p++) {
		*p = '\0';
		mkdir(full, 0777);
		*p = '/';
	}
	FILE *out = fopen(full, "w");

	assert_non_null(out);
	return out;
}

static void write_file(struct run *r, const struct world *w, uint32_t i, bool test, bool backwards)
{
	const char *name = test ? (backwards ? "z_test" : "a_test") : (backwards ? "z" : "a");
	FILE *out = create(r, arena_printf(&r->arena, "%s/%s.go", w->pkg[i].path, name));

	fprintf(out, "package p%u\n", i);
	for (uint32_t k = 0; k < i; k++) {
		uint32_t to = backwards ? i - 1 - k : k;
		enum mode mode = w->import[i][to];

		if (mode == BY_BOTH || mode == (test ? BY_TEST : BY_CODE))
			fprintf(out, "import _ \"x.org/m/%s\"\n", w->pkg[to].path);
	}
	if (!test)
		fprintf(out, "type I%u interface{ M() }\n%s", i,
			w->pkg[i].port ? "" : "func F() {}\n");
	assert_int_equal(fclose(out), 0);
}

static const char *names(struct arena *a, enum policy_uses_kind kind, const bool *named,
			 uint32_t count, char letter)
{
	const char *text = "";

	if (kind == USES_DEFAULT)
		return "";
	if (kind != USES_LIST)
		return kind == USES_ANY ? ", uses: any" : ", uses: none";
	for (uint32_t i = 0; i < count; i++)
		if (named[i])
			text = arena_printf(a, "%s%s%c%u", text, *text ? ", " : "", letter, i);
	return arena_printf(a, ", uses: [%s]", text);
}

static const char *policy_text(struct arena *a, const struct world *w)
{
	const char *text = "version: 1\nlayers:\n";

	for (uint32_t l = 0; l < LAYERS; l++)
		text = arena_printf(a, "%s  l%u: {in: ['internal/{context}/l%u/**', 'flat/l%u/**']"
				    "%s%s}\n", text, l, l, l, w->layer[l].closed ?
				    ", closed: true" : "",
				    names(a, w->layer[l].kind, w->layer[l].names, LAYERS, 'l'));
	text = arena_printf(a, "%scontexts:\n  '{context}': {in: ['internal/{context}/**'], "
			    "published: ['internal/{context}/contract/**']}\n", text);
	for (uint32_t c = 0; c < CONTEXTS; c++)
		if (w->context[c].kind != USES_DEFAULT)
			text = arena_printf(a, "%s  c%u: {subdomain: core%s}\n", text, c,
					    names(a, w->context[c].kind, w->context[c].names,
						  CONTEXTS, 'c'));
	return arena_printf(a, "%sshared: ['pkg/**']\nports: %s\ngo: {tests: %s}\n", text,
			    w->ports ? "true" : "false", w->tests_ignored ? "ignore" : "separate");
}

static void start(struct run *r, const struct world *w, bool backwards)
{
	struct err err = ERR_INIT;
	const char *policy;
	FILE *out;

	*r = (struct run){ .arena = ARENA_INIT };
	snprintf(r->root, sizeof(r->root), "/tmp/meshctl-test-XXXXXX");
	assert_non_null(mkdtemp(r->root));
	out = create(r, "go.mod");
	fputs("module x.org/m\n\ngo 1.22\n", out);
	assert_int_equal(fclose(out), 0);
	for (uint32_t i = 0; i < w->npkgs; i++) {
		write_file(r, w, i, false, backwards);
		write_file(r, w, i, true, backwards);
	}
	policy = policy_text(&r->arena, w);
	assert_int_equal(build_config_init(&r->arena, "linux/amd64", true, GO_NEWEST_MINOR, NULL, 0,
					   &r->config, &err), 0);
	const struct source_options o = {
		.dir = r->root, .config = &r->config, .nconfigs = 1, .workers = 1,
	};
	const struct symbols_options so = { .workers = 1, .no_cache = true };

	if (source_read(&o, &r->source, &err) ||
	    policy_read(".meshctl.yaml", policy, strlen(policy), &r->arena, &r->a.policy, NULL,
			&err))
		fail_msg("%s\n%s", err.msg, policy);
	r->a.source = r->source;
	r->a.graph = graph_from_source(r->source, &r->arena);
	if (mapping_build(r->a.policy, r->source, r->a.graph, &r->arena, &r->a.mapping, &err))
		fail_msg("%s\n%s", err.msg, policy);
	r->symbols = symbols_new(r->source, &so);
	findings_init(&r->findings, &r->arena);
	r->a.symbols = r->symbols;
	r->a.findings = &r->findings;
}

static void stop(struct run *r)
{
	pid_t child = fork();
	int status;

	if (!child) {
		execlp("rm", "rm", "-rf", r->root, (char *)NULL);
		_exit(127);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	findings_release(&r->findings);
	symbols_free(r->symbols);
	source_release(r->source);
	arena_release(&r->arena);
}

/* ---- what is expected ---- */

struct verdicts { char item[2 * PACKAGES * PACKAGES][120]; uint32_t count; };

static void say(struct verdicts *v, const char *rule, const char *level, const char *from,
		const char *to)
{
	snprintf(v->item[v->count++], sizeof(v->item[0]), "%s %s %s -> %s", rule, level, from, to);
}

/* Omitted: all layers before it, but nothing behind a closed one. */
static bool may_use(const struct world *w, uint32_t from, uint32_t to, bool *ret_closed)
{
	*ret_closed = false;
	if (from == to || w->layer[from].kind == USES_ANY)
		return true;
	if (w->layer[from].kind == USES_LIST)
		return w->layer[from].names[to];
	if (w->layer[from].kind == USES_NONE || to > from)
		return false;
	for (uint32_t k = to + 1; k < from; k++)
		*ret_closed |= w->layer[k].closed;
	return !*ret_closed;
}

static const char *layer_rule(const struct world *w, uint32_t i, uint32_t k)
{
	const struct member *a = &w->pkg[i], *b = &w->pkg[k];
	bool closed;

	if (a->layer == NONE || b->layer == NONE || may_use(w, a->layer, b->layer, &closed))
		return NULL;
	if (w->ports && b->port && b->layer > a->layer && a->context == b->context)
		return NULL;
	return closed ? "MC202" : "MC201";
}

static const char *context_rule(const struct world *w, uint32_t i, uint32_t k)
{
	const struct member *a = &w->pkg[i], *b = &w->pkg[k];

	if (b->context == NONE || a->context == b->context)
		return NULL;
	if (a->shared)
		return "MC213";
	if (a->context == NONE)
		return NULL;
	if (w->context[a->context].kind == USES_NONE ||
	    (w->context[a->context].kind == USES_LIST &&
	     !w->context[a->context].names[b->context]))
		return "MC211";
	return b->published ? NULL : "MC210";
}

static int by_text(const void *a, const void *b, void *ctx UNUSED)
{
	return strcmp(a, b);
}

static void expected(const struct world *w, struct verdicts *v)
{
	v->count = 0;
	for (uint32_t i = 0; i < w->npkgs; i++)
		for (uint32_t k = 0; k < i; k++) {
			enum mode mode = w->import[i][k];
			bool code = mode == BY_CODE || mode == BY_BOTH;
			const char *from = w->pkg[i].path, *to = w->pkg[k].path;

			if (code && layer_rule(w, i, k))
				say(v, layer_rule(w, i, k), "error", from, to);
			if (code && context_rule(w, i, k))
				say(v, context_rule(w, i, k), "error", from, to);
			if (mode == BY_TEST && !w->tests_ignored && context_rule(w, i, k))
				say(v, context_rule(w, i, k), "warning", from, to);
		}
	sort_with(v->item, v->count, sizeof(v->item[0]), by_text, NULL);
}

static void found(struct run *r, struct verdicts *v)
{
	static const struct rule_set chosen = { .has = {
		[RULE_LAYER_VIOLATION] = true, [RULE_CLOSED_LAYER] = true,
		[RULE_CONTEXT_BOUNDARY] = true, [RULE_CONTEXT_PAIR] = true,
		[RULE_CONTEXT_INTERNAL] = true, [RULE_SHARED_USES_CONTEXT] = true,
	} };
	struct err err = ERR_INIT;
	struct rules_ran ran;

	if (analyzers_run(&chosen, &r->a, &ran, &err))
		fail_msg("%s", err.msg);
	v->count = 0;
	for (uint32_t i = 0; i < r->findings.count; i++) {
		const struct finding *f = &r->findings.item[i];

		say(v, f->rule->id, severity_name[f->severity], f->from, f->to);
	}
	sort_with(v->item, v->count, sizeof(v->item[0]), by_text, NULL);
}

static void same(const struct verdicts *want, const struct verdicts *got, const char *policy)
{
	for (uint32_t i = 0; i < want->count || i < got->count; i++) {
		const char *a = i < want->count ? want->item[i] : "nothing";
		const char *b = i < got->count ? got->item[i] : "nothing";

		if (strcmp(a, b))
			fail_msg("expected %s, found %s\n%s", a, b, policy);
	}
}

static uint32_t random_worlds_agree(uint64_t seed)
{
	struct verdicts *want = xcalloc(1, sizeof(*want)), *got = xcalloc(1, sizeof(*got));
	uint32_t total = 0;

	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct world w;
		struct run r;

		make_world(&w, &seed);
		expected(&w, want);
		for (unsigned backwards = 0; backwards < 2; backwards++) {
			start(&r, &w, backwards);
			found(&r, got);
			same(want, got, policy_text(&r.arena, &w));
			stop(&r);
		}
		total += want->count;
	}
	free(want);
	free(got);
	return total;
}

static void verdicts_agree(void **state UNUSED)
{
	uint32_t total = random_worlds_agree(UINT64_C(0x9e3779b97f4a7c15));

	print_message("  %u findings in %u repositories\n", total, ROUNDS);
	assert_true(total > ROUNDS);
}

/* Another import that the policy allows changes no verdict about the others. */
static void allowed_imports_add_nothing(void **state UNUSED)
{
	struct verdicts *before = xcalloc(1, sizeof(*before)), *after = xcalloc(1, sizeof(*after));
	uint64_t seed = UINT64_C(0x2545f4914f6cdd1d);
	uint32_t added = 0;

	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct world w;
		struct run r;

		make_world(&w, &seed);
		start(&r, &w, false);
		found(&r, before);
		stop(&r);
		for (uint32_t i = 0; i < w.npkgs; i++)
			for (uint32_t k = 0; k < i; k++)
				if (w.import[i][k] == NO_IMPORT && !layer_rule(&w, i, k) &&
				    !context_rule(&w, i, k)) {
					w.import[i][k] = BY_BOTH;
					added++;
				}
		start(&r, &w, false);
		found(&r, after);
		same(before, after, policy_text(&r.arena, &w));
		stop(&r);
	}
	assert_true(added > ROUNDS);
	free(before);
	free(after);
}

static void counts_agree(void **state UNUSED)
{
	uint64_t seed = UINT64_C(0x853c49e6748fea9b);

	for (uint32_t round = 0; round < ROUNDS / 2; round++) {
		uint32_t imports = 0, judged = 0, layers = 0, contexts = 0;
		struct err err = ERR_INIT;
		struct judged j;
		struct world w;
		struct run r;

		make_world(&w, &seed);
		start(&r, &w, false);
		r.a.scratch = &r.arena;
		assert_int_equal(judged_count(&r.a, &r.arena, &j, &err), 0);
		for (uint32_t i = 0; i < w.npkgs; i++)
			for (uint32_t k = 0; k < i; k++) {
				const struct member *a = &w.pkg[i], *b = &w.pkg[k];

				if (w.import[i][k] != BY_CODE && w.import[i][k] != BY_BOTH)
					continue;
				imports++;
				judged += ((a->layer != NONE || a->shared) &&
					   (b->layer != NONE || b->shared)) ||
					  (b->context != NONE && (a->shared || a->context != NONE));
				layers += layer_rule(&w, i, k) != NULL;
				contexts += context_rule(&w, i, k) != NULL;
			}
		assert_int_equal(j.imports, imports);
		assert_int_equal(j.judged, judged);
		assert_int_equal(j.layers.forbidden, layers);
		assert_int_equal(j.contexts.forbidden, contexts);
		for (uint32_t m = 0; m < 2; m++) {
			const struct judged_matrix *t = m ? &j.contexts : &j.layers;
			uint32_t lines = 0, packages = 0;

			for (uint32_t i = 0; i < t->ncells; i++) {
				const struct judged_cell *c = &t->cell[i];

				lines += c->lines;
				assert_ptr_equal(judged_find(t, c->from, c->to), c);
			}
			for (uint32_t i = 0; i < t->count; i++)
				packages += t->packages[i];
			assert_int_equal(lines, imports);
			assert_int_equal(packages, w.npkgs);
		}
		stop(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verdicts_agree),
		cmocka_unit_test(allowed_imports_add_nothing),
		cmocka_unit_test(counts_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
