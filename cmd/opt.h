/* SPDX-License-Identifier: MIT */
/*
 * opt.h - command-line options as data: the rows of options.def.  The parser
 * (getopt_long), --help, man pages and completions read the same table.
 */
#ifndef MESHCTL_OPT_H
#define MESHCTL_OPT_H

#include "base/err.h"

struct string_list {
	const char **item;              /* borrowed from argv */
	uint32_t count, cap;
};

enum cgo_choice { CGO_ON, CGO_OFF };
enum color_choice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* Every option's field; zero is "not given" except where settings_init() says otherwise. */
struct settings {
	const char *dir, *rev, *output, *level, *go_version;
	struct string_list formats, platforms, tags, rules;
	unsigned cgo, fail_on, color, jobs;     /* fail_on: index into choices_fail_on */
	bool json, all_rules, tests, all, quiet, verbose, help;
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
	const char *const *choices;     /* NULL-terminated; CHOICE only */
};

extern const struct opt opt_rows[OPT_COUNT];

/* A set of options, one bit each. */
#define OPT_BIT(id) (UINT64_C(1) << (id))
_Static_assert(OPT_COUNT <= 64, "option sets are 64-bit masks");

void settings_init(struct settings *s);
void settings_release(struct settings *s);
/*
 * Parses argv[1..); options and operands may mix, `--` ends the options.
 * Operands are moved to *ret_operand in order.  Unknown options, ambiguous
 * abbreviations, missing and wrong values are ERR_USAGE naming the nearest row.
 */
int opt_parse(uint64_t allowed, int argc, char **argv, struct settings *ret_settings,
	      int *ret_operand, struct err *err);

#endif
