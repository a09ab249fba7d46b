/* SPDX-License-Identifier: MIT */
/*
 * opt.h - command-line options as data: the rows of options.def.  The parser
 * (getopt_long), --help, man pages and completions read the same table.
 */
#ifndef MESHCTL_OPT_H
#define MESHCTL_OPT_H

#include "base/arena.h"
#include "base/err.h"

__extension__ typedef unsigned __int128 opt_set;        /* OPT_BIT(...) | ... */

struct string_list {
	const char **item;              /* borrowed from argv */
	uint32_t count, cap;
};

enum cgo_choice { CGO_ON, CGO_OFF };
enum weigh_choice { WEIGH_IMPORTS, WEIGH_SYMBOLS };
enum cluster_choice {
	CLUSTER_MODULE, CLUSTER_LAYER, CLUSTER_CONTEXT, CLUSTER_DOMAIN, CLUSTER_NONE, CLUSTER_POLICY
};
enum color_choice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* Every option's field; zero is "not given" except for dir (".") and fail_on (error). */
struct settings {
	const char *dir, *config, *rev, *base, *output, *level, *go_version, *sort, *highlight,
		*collapse, *diff;
	const char *since, *every;
	const char *now, *reason, *owner, *expires;
	struct string_list formats, platforms, tags, rules, rule_tags, focus, reaches, hide;
	unsigned cgo, color, weigh;     /* enum cgo_choice, color_choice, weigh_choice */
	unsigned cluster;               /* enum cluster_choice */
	unsigned theme;                 /* enum draw_theme */
	bool symbols, heat_map, sonar, abstractness, debt, churn;
	unsigned fail_on;               /* enum severity; SEV_OFF = never */
	unsigned jobs;                  /* 0 = one a processor; at most POOL_MAX_WORKERS */
	unsigned top, depth, over;
	unsigned min_revs, min_shared_revs, min_coupling, max_coupling, max_changeset;
	bool no_cache, force, staged, print;
	bool json, all_rules, reverse, tests, std, external, all, avg, quiet, verbose, help,
		version;
	bool reduce;
	bool defaults, show_suppressed, allow_new, people;
	const char *from, *status, *template_dir, *adr_as;
	struct string_list supersedes;
	bool graph;
	unsigned target, stage;         /* of `mesh generate`: positions among their choices */
	const char *steps, *zone;
	bool prune;
	unsigned adr;
	opt_set given;                  /* OPT_BIT of what was on the command line */
};

enum opt_id {
#define OPTION(id, letter, name, metavar, type, field, help) id,
#include "cmd/options.def"
#undef OPTION
	OPT_COUNT
};

enum opt_type { TYPE_BOOL, TYPE_UINT, TYPE_STRING, TYPE_LIST, TYPE_CHOICE };

struct opt {
	enum opt_type type;
	char letter;                    /* 0 = none */
	const char *name, *metavar, *help;
	size_t at;                      /* offset in struct settings */
	const char *const *choices;     /* NULL-terminated; CHOICE only, else NULL */
};

extern const struct opt opt_rows[OPT_COUNT];

/* A set of options, one bit each. */
#define OPT_BIT(id) ((opt_set)1 << (id))
_Static_assert(OPT_COUNT <= 128, "option sets are 128-bit masks");

/* Taken by every command without being in its row. */
#define OPT_IMPLIED (OPT_BIT(OPT_HELP) | OPT_BIT(OPT_VERSION))

/* Which tree is read, where it is not the working tree; one of them at most. */
#define OPT_TREE (OPT_BIT(OPT_REV) | OPT_BIT(OPT_STAGED))

void settings_init(struct settings *s);
void settings_release(struct settings *s);

void string_list_add(struct string_list *l, const char *item);
void string_list_release(struct string_list *l);
/*
 * Cuts every item at its commas: "a,b" "c" gives a b c, in the arena; empty
 * pieces are left out.  Release *ret as any list.
 */
void string_list_split(const struct string_list *l, struct arena *arena, struct string_list *ret);

/*
 * Parses argv[1..argc); argv[0] is the command's name, for messages.  Options
 * and operands may mix, `--` ends the options, long names may be abbreviated.
 * Operands are moved to argv[*ret_operand..argc) in order.  Unknown options,
 * ambiguous abbreviations, missing and wrong values are ERR_USAGE naming the
 * nearest row; an option of other commands names those.  So is an option that
 * takes one value and is given two different ones, but --color.  Initialises
 * *ret_settings, which the caller releases whatever the result.
 */
int opt_parse(opt_set allowed, int argc, char **argv, struct settings *ret_settings,
	      int *ret_operand, struct err *err);
/* Where the first operand of argv[1..argc) is, or argc; options may precede it. */
int opt_first_operand(int argc, char **argv, int *ret_at, struct err *err);

#endif
