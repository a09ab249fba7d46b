/* SPDX-License-Identifier: MIT */
/*
 * schema.h - the language of .meshctl.yaml as rows of policy_schema.def and
 * params.def: what the reader accepts, what `policy schema` (JSON Schema),
 * meshctl.yaml(5) and `policy print --defaults` say.
 */
#ifndef MESHCTL_SCHEMA_H
#define MESHCTL_SCHEMA_H

#include "analyzers/policy/policy.h"
#include "base/json.h"

/* The maps of the language; rows of one section are its keys. */
enum schema_section {
	SECTION_ROOT, SECTION_GO, SECTION_LAYER, SECTION_PATHS, SECTION_TAGS, SECTION_CONTEXT,
	SECTION_EXCEPTION, SECTION_RULE, SECTION_DEBT, SECTION_COST, SECTION_WEIGHTS,
	SECTION_DEADLINE, SECTION_ADR, SECTION_SERVICE,
	SECTION_COUNT
};

enum schema_type {
	SCHEMA_TEXT, SCHEMA_NUMBER, SCHEMA_FLAG, SCHEMA_LEVEL, SCHEMA_DATE,
	SCHEMA_CHOICE,                  /* one of `words` */
	SCHEMA_STARTER, SCHEMA_RULE,    /* a name of their tables */
	SCHEMA_FILE,                    /* a path below the policy's folder */
	SCHEMA_TEXTS, SCHEMA_PLATFORMS, SCHEMA_TAGS,
	SCHEMA_PATTERN, SCHEMA_PATTERNS,
	SCHEMA_PATHS,                   /* import paths, each with what is below it */
	SCHEMA_USES,                    /* any, none, or names */
	SCHEMA_SECTION,                 /* a map with the keys of `section` */
	SCHEMA_NAMED,                   /* a map from names to such maps */
	SCHEMA_ITEMS,                   /* a list of such maps */
};

struct schema_row {
	enum schema_section in;
	const char *key;
	enum schema_type type;
	size_t at;                      /* offset in the section's struct; not of NAMED, ITEMS */
	const char *words;              /* SCHEMA_CHOICE: separated by spaces */
	enum schema_section section;    /* SECTION, NAMED, ITEMS */
	bool required;
	const char *standard;           /* the default as YAML, or "" */
	const char *help;               /* one or more sentences without the last full stop */
};

extern const struct schema_row schema_rows[];
extern const uint32_t nschema_rows;

/*
 * What repairing a finding costs: minutes, and `per` minutes more for each unit.  The rows are
 * costs.def; analyzers/debt counts the units.
 */
enum cost_unit {
	COST_ONCE,                      /* nothing is counted */
	COST_POINTS,                    /* above the rule's limit */
	COST_IMPORTERS,                 /* of the package: Ca */
	COST_SYMBOLS,                   /* that the import uses */
	COST_CUT,                       /* for each edge of the knot's cut, symbols that it uses */
};
struct cost_row {
	const char *rule;               /* its name */
	uint32_t minutes, per;
	enum cost_unit unit;
	const char *source;             /* where the minutes come from */
};
extern const struct cost_row cost_rows[];
extern const uint32_t ncost_rows;
/* "point above the limit"; NULL for COST_ONCE. */
const char *cost_unit_name(enum cost_unit unit);
/* NULL where the rule (its name) has none. */
const struct cost_row *cost_row_find(const char *rule);

/* A parameter that `rules` takes for one rule, besides level. */
struct schema_param {
	const char *rule;               /* its name */
	const char *key;
	enum schema_type type;          /* SCHEMA_NUMBER or SCHEMA_TEXTS */
	const char *words;              /* of SCHEMA_TEXTS: what they may be, or NULL */
	const char *standard, *help;
};

extern const struct schema_param schema_params[];
extern const uint32_t nschema_params;
/* NULL where the rule (its name) takes no such parameter. */
const struct schema_param *schema_param_find(const char *rule, const char *key);

const char *schema_section_name(enum schema_section s); /* "a layer": for messages */
/* "a list of path patterns", "one of separate, ignore": what a value may be. */
const char *schema_type_text(const struct schema_row *row, struct arena *arena);

/* The JSON Schema (draft-07) of the language. */
int schema_write_json(FILE *out, struct err *err);
/* Every key with its default and its help as comment; YAML that reads back. */
void schema_write_defaults(FILE *out);
/* The merged policy, each value with the place it comes from. */
void policy_write(const struct policy *p, FILE *out);

#endif
