/* SPDX-License-Identifier: MIT */
/*
 * policy.h - what .meshctl.yaml says, resolved: the starter merged in, names
 * looked up, patterns compiled, and for every value where it was written.
 *
 * A policy is made once (policy_read(), policy_load() of discover.h) and only read
 * afterwards; all of it lives in the arena that it was given.  Where there is no
 * file it is the default policy: found is false, no layers, no contexts.
 */
#ifndef MESHCTL_POLICY_H
#define MESHCTL_POLICY_H

#include "analyzers/policy/rule.h"
#include "base/err.h"
#include "base/pattern.h"
#include "base/yaml.h"

#define POLICY_FILE ".meshctl.yaml"
#define POLICY_NONE UINT32_MAX          /* no such layer, context */

/* Where a value stands.  `file` is policy.path or "starter NAME"; NULL = nobody wrote it. */
struct policy_pos {
	const char *file;
	uint32_t line, col, end_col;    /* as in struct span */
};

/* Each has .at; .at.file is NULL where the value is the default. */
struct policy_text    { const char *text; struct policy_pos at; };      /* NULL = not given */
struct policy_texts   { const struct policy_text *item; uint32_t count; struct policy_pos at; };
struct policy_number  { uint32_t value; struct policy_pos at; };
struct policy_flag    { bool value; struct policy_pos at; };
struct policy_choice  { uint32_t value; struct policy_pos at; };        /* index of its words */
struct policy_level   { enum severity value; struct policy_pos at; };
/* A day; `end` is the first second (UTC, since 1970) after it: expired when now >= end. */
struct policy_date    { const char *text; int64_t end; struct policy_pos at; };

struct policy_pattern {
	const char *text;               /* as written */
	struct policy_pos at;
	const struct pattern *compiled;
	/*
	 * Number in policy.pattern[], which has the patterns that place or select
	 * packages: layers' and contexts' `in`, published, shared, exceptions.
	 * POLICY_NONE for external, std, struct_tags, go.exclude.
	 */
	uint32_t number;
};
struct policy_patterns {
	const struct policy_pattern *item;
	uint32_t count;
	struct policy_pos at;
};

enum policy_uses_kind { USES_DEFAULT, USES_ANY, USES_NONE, USES_LIST };
struct policy_uses {
	enum policy_uses_kind kind;
	struct policy_texts names;      /* USES_LIST; of contexts: maybe of no context yet */
	struct policy_pos at;
};

/* external, std: import paths, each with what is below it.  struct_tags: keys of tags. */
struct policy_list {
	struct policy_pos at;
	struct policy_patterns allow, deny, warn;
};

enum policy_grant { GRANT_YES, GRANT_WARN, GRANT_NO };

struct policy_layer {
	struct policy_pos at;           /* of the key */
	const char *name;
	struct policy_patterns in;
	struct policy_uses uses;        /* as written; policy_layer_may() knows what follows */
	struct policy_list external, std, struct_tags;
	struct policy_flag closed;
	struct policy_flag independent; /* its packages do not import each other */
};

enum policy_expose { EXPOSE_ANY, EXPOSE_INTERFACES };
enum policy_subdomain { SUBDOMAIN_NONE, SUBDOMAIN_CORE, SUBDOMAIN_SUPPORTING, SUBDOMAIN_GENERIC };

/*
 * A key of `contexts`: one context, or a template such as "{context}" for every
 * value that its patterns capture.  In what is not a template the keys that were
 * not given are the template's.
 */
struct policy_context {
	struct policy_pos at;           /* of the key */
	const char *name;               /* "order", "{context}" */
	const struct pattern *template; /* of a template: its name as a pattern; else NULL */
	/*
	 * The template that a context of this name comes from: where it has no `in` of
	 * its own, that places its packages.  Index in policy.context, or POLICY_NONE.
	 */
	uint32_t from;
	bool own_in;                    /* `in` was written here */
	struct policy_patterns in;      /* the default ones stand where the layer's pattern does */
	struct policy_patterns published;
	struct policy_uses uses;        /* USES_DEFAULT is any */
	struct policy_choice expose;    /* enum policy_expose */
	struct policy_choice subdomain; /* enum policy_subdomain */
	struct policy_text owner;
};

struct policy_rule_name { const struct rule *row; struct policy_pos at; };

struct policy_exception {
	struct policy_pos at;           /* of the item */
	struct policy_pattern from, to; /* of folders or import paths */
	struct policy_rule_name rule;   /* row NULL = any rule about an import */
	struct policy_text reason, owner;
	struct policy_number adr;       /* 0 = none */
	struct policy_date expires;
};

/* What `rules` says of one rule; parameters are rows of params.def. */
struct policy_param {
	const char *name;
	struct policy_number number;
	struct policy_texts words;
};
struct policy_rule {
	struct policy_pos at;           /* of the key */
	const struct rule *rule;
	struct policy_level level;      /* .at.file NULL: the rule's own */
	struct policy_number adr;       /* 0 = none */
	struct policy_texts tags;
	const struct policy_param *param;
	uint32_t nparams;
};

/* What repairing a finding of a rule costs, instead of its row in costs.def; in minutes. */
struct policy_cost {
	struct policy_pos at;           /* of the key */
	const struct rule *rule;
	struct policy_number minutes, per;      /* at.file NULL: that of the row, or 0 */
};
struct policy_weights {                 /* of the priority, in percent */
	struct policy_pos at;
	struct policy_number impact, risk, timeliness;
};
struct policy_deadline {
	struct policy_pos at;           /* of the item */
	struct policy_text name;
	struct policy_date date;
	struct policy_texts contexts;   /* none = all */
};
struct policy_debt {
	struct policy_pos at;
	struct policy_number change_minutes, slowdown;
	struct policy_weights weights;
	const struct policy_cost *cost;
	const struct policy_deadline *deadline;
	uint32_t ncosts, ndeadlines;
};

enum policy_tests { TESTS_SEPARATE, TESTS_IGNORE };

struct policy_go {
	struct policy_pos at;
	struct policy_texts platforms, tags;
	struct policy_choice tests;     /* enum policy_tests */
	struct policy_patterns exclude; /* of folders and files */
};

enum policy_adr_format { ADR_AS_FOUND, ADR_AS_MADR, ADR_AS_NYGARD, ADR_AS_LOG4BRAINS, ADR_AS_YAML };

struct policy_adr {
	struct policy_pos at;
	struct policy_text dir, templates;      /* relative to folder; NULL = not given */
	struct policy_choice format;    /* enum policy_adr_format */
};

/* A key of `services`. */
enum policy_protocol { POLICY_HTTP, POLICY_HTTPS, POLICY_GRPC, POLICY_TCP, POLICY_UDP };
struct policy_service {
	struct policy_pos at;           /* of the key */
	const char *name;               /* a DNS label */
	struct policy_text context, main, namespace_, image;    /* NULL = not given */
	struct policy_number port;      /* at.file NULL = not given */
	struct policy_choice protocol;  /* enum policy_protocol */
	struct policy_texts ports, calls;
};
/* An item of `ports`. */
struct policy_port { const char *name; uint32_t number; struct policy_choice protocol; };

struct policy {
	bool found;                     /* there is a file */
	bool in_tree;                   /* it is one of the tree's: findings may point at it */
	const char *path;               /* from the tree's root on, or what --config named */
	const char *folder;             /* of the patterns; from the tree's root on, "" is it */

	struct policy_number version;
	struct policy_text extends;
	struct policy_go go;
	struct policy_adr adr;
	const struct policy_layer *layer;       /* innermost first */
	const struct policy_context *context;   /* in the order of the file */
	const struct policy_exception *exception;
	const struct policy_rule *rule;
	const struct policy_service *service;
	uint32_t nlayers, ncontexts, nexceptions, nrules, nservices;
	struct policy_patterns shared;
	struct policy_patterns manifests;       /* of files and folders */
	struct policy_level unmapped, fail_on;
	struct policy_flag ports;
	struct policy_debt debt;
	struct policy_text baseline;    /* relative to folder; at.file NULL: not asked for */

	const struct policy_pattern *const *pattern;    /* [npatterns] by policy_pattern.number */
	uint32_t npatterns;
	struct pattern_matcher *matcher;        /* for one thread at a time */
	const struct yaml_node *tree;   /* merged, for `policy print`; NULL when not found */
};

/* What is wrong with a file: all of it, not only what stopped the reading. */
struct policy_problem { struct policy_pos at; const char *text; };
struct policy_problems {
	const struct policy_problem *item;      /* by place */
	uint32_t count;
};

/*
 * Reads the text of one file, merges its starter, checks everything that can be
 * checked without a repository.  `file` is kept as policy.path.  On failure *err
 * has the first problem (ERR_CONFIG, "file:line:col: ...") and *ret_problems (may
 * be NULL) all of them.
 */
int policy_read(const char *file, const char *bytes, size_t len, struct arena *arena,
		const struct policy **ret, struct policy_problems *ret_problems, struct err *err);
/* May a layer, or a context that is no template, be called so? */
bool policy_name_fits(const char *name);
/* The policy where nobody wrote one. */
const struct policy *policy_default(struct arena *arena);

/* The same for another thread: in the arena, with a matcher of its own. */
const struct policy *policy_for_thread(const struct policy *p, struct arena *arena);

/* ".meshctl.yaml:18", "starter ddd:12"; "the default" where nobody wrote it. */
const char *policy_pos_text(struct policy_pos at, struct arena *arena);

/* [NAME:]NUMBER[/PROTOCOL]; false = it is none.  protocol.at.file NULL: it does not say. */
bool policy_port_read(const struct policy_text *text, struct arena *arena, struct policy_port *ret);
/* [a-z]([-a-z0-9]*[a-z0-9])?, at most 63 bytes: RFC 1035. */
bool policy_dns_label(const char *name);
uint32_t policy_layer_find(const struct policy *p, const char *name);
const struct policy_rule *policy_rule_find(const struct policy *p, const struct rule *rule);
/* The level of a rule under this policy. */
enum severity policy_rule_level(const struct policy *p, const struct rule *rule);
/* What `rules` says of a parameter (a row of params.def), or NULL. */
const struct policy_param *policy_param_find(const struct policy *p, const struct rule *rule,
					     const char *name);

/*
 * May layer `from` import layer `to`?  Itself, unless it is independent.  Omitted
 * `uses`: what stands before it.  An implied use that reaches over a closed layer
 * is not allowed; `uses: any` and layers named in a list are not implied.
 * *ret_by (may be NULL) is the line that decides; *ret_closed (may be NULL) the
 * closed layer, else POLICY_NONE.
 */
bool policy_layer_may(const struct policy *p, uint32_t from, uint32_t to,
		      struct policy_pos *ret_by, uint32_t *ret_closed);
/*
 * What a list says of an import path or tag: the most specific entry that covers
 * it; where none does, no if there is an `allow`, else yes.  *ret_by (may be NULL)
 * is the entry, NULL where none covers it.
 */
enum policy_grant policy_grant(const struct policy *p, const struct policy_list *list,
			       const char *text, const struct policy_pattern **ret_by);
/* An edge as exceptions see it: folders relative to the policy's, import paths; NULL = none. */
struct policy_edge { const char *from, *from_import, *to, *to_import; };
/*
 * The first exception from `first` on that covers the edge under this rule, or
 * POLICY_NONE.  A capture means the same text in `from` and in `to`.  Expired ones
 * count: the caller compares expires.end.
 */
uint32_t policy_exception_find(const struct policy *p, const struct rule *rule,
			       const struct policy_edge *edge, uint32_t first);
/*
 * Is a folder or file left out by go.exclude?  The path is relative to the tree's
 * root; for source_options.excludes, whose context is the policy.
 */
bool policy_excludes(const void *policy, const char *path);
/* The same: is a file one of `manifests`, by itself or by a folder that it is in? */
bool policy_manifests(const void *policy, const char *path);

#endif
