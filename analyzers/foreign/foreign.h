/* SPDX-License-Identifier: MIT */
/*
 * foreign.h - rules that were written for other tools, read as those tools read
 * them, and said again as layers.
 *
 * A format knows three things: what it has to say about a package (marks), whether
 * it forbids one package to import another, and whether it forbids a path outside
 * the tree.  Packages with equal marks are one group, which becomes a layer;
 * foreign_place.c finds patterns for it, foreign_list.c its lists.  What the
 * patterns do not say of a package that is there is said by name.
 */
#ifndef MESHCTL_FOREIGN_H
#define MESHCTL_FOREIGN_H

#include "analyzers/policy/mapping.h"
#include "base/regex.h"

enum foreign_id {
#define FOREIGN(id, format, name, files, keys, summary) id,
#include "analyzers/foreign/foreign.def"
#undef FOREIGN
	FOREIGN_COUNT
};

struct foreign;
struct foreign_package;
struct foreign_lists;

struct foreign_format {
	/* Marks, patterns, notes; ERR_CONFIG with a place for what the tool would refuse. */
	int (*read)(struct foreign *f, struct err *err);
	/* Sets the marks of a package, by its folder, import path and files alone. */
	void (*look)(const struct foreign *f, struct foreign_package *p);
	/* May not `from` import `to`?  By their marks alone. */
	bool (*forbids)(const struct foreign *f, const struct foreign_package *from,
			const struct foreign_package *to);
	/* May it not import this path of another module or of the standard library? */
	bool (*denies)(const struct foreign *f, const struct foreign_package *from,
		       const char *path);
	/* Entries for other modules, before they are compared with denies(); or NULL. */
	void (*entries)(struct foreign *f, const struct foreign_package *from,
			struct foreign_lists *ret);
	/* A name for the layer of such packages, or NULL: their folder names it. */
	const char *(*name)(struct foreign *f, const struct foreign_package *p);
	/* What is told besides layers: contexts, exceptions; or NULL. */
	void (*more)(struct foreign *f);
	bool merges;                    /* groups that behave alike are one layer */
};

struct foreign_row {
	const struct foreign_format *format;
	const char *name;               /* of the tool */
	const char *files;              /* names that its file may have, separated by spaces */
	const char *keys;               /* a file of another name has one of these keys */
	const char *summary;
};

extern const struct foreign_row foreign_rows[FOREIGN_COUNT];

/* One thing that the foreign file can say of a package: a bit of foreign_package.mark. */
struct foreign_mark {
	const char *key;                /* "components.services" */
	const struct yaml_node *at;     /* NULL = nowhere in a file */
	bool source;                    /* it is about what the package imports: comments name it */
};

struct foreign_package {
	const char *folder;             /* below the policy's; "" is that itself */
	const char *path;               /* import path */
	bool sample;                    /* made of a pattern: stands for those to come */
	uint32_t node;                  /* of the graph; ID_NONE of a sample */
	uint64_t *mark;                 /* [foreign.words] */
	uint32_t group;
};

/* Patterns of the policy that could say where packages belong. */
struct foreign_pattern {
	const char *text;
	const struct pattern *compiled;
	const struct yaml_node *at;
	bool sample;                    /* speaks of packages to come as well */
	uint32_t group;                 /* ID_NONE = says nothing */
};

struct foreign_entry {
	const char *text;               /* import path or pattern, with what is below it */
	bool allow;
	const char *remark;             /* one line, or NULL */
};

struct foreign_list {
	bool closed;                    /* what has no entry is denied */
	struct foreign_entry *entry;    /* malloc */
	uint32_t count, cap;
};

struct foreign_lists { struct foreign_list external, std; };

struct foreign_group {
	const char *name;               /* of the layer */
	uint32_t speaker;               /* a package that stands for all, a real one if there is */
	uint32_t packages;              /* real ones */
	bool independent, any;          /* any: no list of uses is needed */
	uint32_t *uses, nuses;          /* groups, by their rank */
	struct foreign_lists lists;
	uint32_t into;                  /* merged into this one; else itself */
	uint32_t rank;                  /* place in the policy */
};

/* What the policy does not say, or not in the same way. */
struct foreign_note {
	const struct yaml_node *at;     /* NULL: about the format, not about a line */
	const char *key, *text;
	bool near;                      /* carried over, but not in all cases as the tool has it */
};

struct foreign {
	struct arena *arena;
	const struct foreign_row *row;
	const char *file;               /* as given; NULL without one */
	const struct yaml_node *tree;   /* of the file; NULL without one */
	const struct source *source;    /* NULL: no Go files here */
	const struct graph *graph;
	const char *folder;             /* of the policy, relative to source.root */
	const char *module;             /* import path of that folder, "" = unknown */
	void *own;                      /* the format's */

	struct foreign_mark *mark;      /* malloc, as the arrays below */
	struct foreign_package *package;/* by folder; samples behind */
	struct foreign_pattern *pattern;
	struct foreign_group *group;
	struct foreign_note *note;
	uint32_t nmarks, mark_cap, npackages, package_cap, npatterns, pattern_cap;
	uint32_t ngroups, group_cap, nnotes, note_cap, words;
	struct pattern_matcher *matcher;
	const char *more;               /* YAML behind the layers */
	bool open;                      /* packages of no layer are errors: no rest wanted */
};

/* The row for a file name, or NULL; for a tree by its keys, or NULL. */
const struct foreign_row *foreign_by_name(const char *path);
const struct foreign_row *foreign_by_keys(const struct yaml_node *tree);
/* Does a .golangci.yml say anything of depguard? */
bool foreign_has_depguard(const struct yaml_node *tree);

/*
 * f has arena, row, file, tree, source, graph, folder set.  Fills groups, patterns, notes.
 * foreign_release() frees whatever the result.
 */
int foreign_build(struct foreign *f, struct err *err);
void foreign_release(struct foreign *f);
/* The groups that are layers, in the order of the policy; returns their count. */
uint32_t foreign_layers(const struct foreign *f, const struct foreign_group ***ret);

/* For formats. */
uint32_t foreign_mark(struct foreign *f, const char *key, const struct yaml_node *at, bool source);
static inline bool foreign_has(const struct foreign_package *p, uint32_t mark)
{
	return p->mark[mark / 64] >> (mark % 64) & 1;
}
static inline void foreign_set(struct foreign_package *p, uint32_t mark, bool yes)
{
	if (yes)
		p->mark[mark / 64] |= UINT64_C(1) << (mark % 64);
}
/*
 * A pattern of folders; those that no pattern can be are left out.  sample: where it decides
 * about no package that is there, one is made up that it decides about.
 */
void foreign_pattern(struct foreign *f, const char *text, const struct yaml_node *at, bool sample);
/* at may be NULL. */
void foreign_lost(struct foreign *f, const struct yaml_node *at, const char *key,
		  const char *fmt, ...) PRINTF_LIKE(4, 5);
void foreign_near(struct foreign *f, const struct yaml_node *at, const char *key,
		  const char *fmt, ...) PRINTF_LIKE(4, 5);
void foreign_entry(struct foreign_list *l, const char *text, bool allow, const char *remark);
/* What the list says of a path. */
bool foreign_list_denies(const struct foreign *f, const struct foreign_list *l, const char *path);
/* Lists of a group, corrected on what the tree imports. */
void foreign_lists(struct foreign *f, struct foreign_group *g, const char *const *outside,
		   uint32_t noutside);
/* Paths of other modules that the tree imports, sorted. */
uint32_t foreign_outside(const struct foreign *f, const char *const **ret);
/*
 * The most specific pattern of a folder, of those with a group if `placed`; ID_NONE where
 * there is none, or two are equal.
 */
uint32_t foreign_winner(const struct foreign *f, const char *folder, bool placed);
/* Finds the patterns of each group. */
void foreign_place(struct foreign *f);

/* Trees.  NULL and a null are empty. */
struct foreign_texts { const struct yaml_node **item; uint32_t count; };
int foreign_texts(struct foreign *f, const struct yaml_node *n, const char *key,
		  struct foreign_texts *ret, struct err *err);
int foreign_want_map(const struct yaml_node *n, const char *key, struct err *err);
int foreign_want_list(const struct yaml_node *n, const char *key, struct err *err);
int foreign_flag(const struct yaml_node *n, const char *key, bool *ret, struct err *err);
/* Keys that the reader does not know, one note each. */
void foreign_unknown(struct foreign *f, const struct yaml_node *map, const char *prefix,
		     const char *known);
/* The Go files of a package that are no tests: names; a sample has "x.go". */
uint32_t foreign_files(const struct foreign *f, const struct foreign_package *p,
		       const char *const **ret);
bool foreign_starts(const char *text, const char *prefix);
/* Is path the module or below it, element by element? */
bool foreign_within(const char *path, const char *prefix);
/* A glob of gobwas/glob (separator '/'), or of Go's filepath (stars: no `**`), anchored. */
const char *foreign_glob(const char *text, bool filepath, struct arena *arena);

#endif
