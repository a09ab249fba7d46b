/* SPDX-License-Identifier: MIT */
/* opt.c - drives getopt_long from the rows of options.def; says what is wrong by name. */
#include "cmd/opt.h"

#include "analyzers/policy/rule.h"
#include "base/suggest.h"
#include "cmd/command.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static const char *const choices_cgo[] = { "on", "off", NULL };
static const char *const choices_weigh[] = { "imports", "symbols", NULL };
static const char *const choices_cluster[] = {
	"module", "layer", "context", "domain", "none", "policy", NULL
};
static const char *const choices_theme[] = { "light", "dark", "print", NULL };
static const char *const choices_target[] = { "istio", "gateway-api", "consul", "nginx", NULL };
static const char *const choices_stage[] = { "mesh", "mono", "split", NULL };
static const char *const choices_color[] = { "auto", "always", "never", NULL };
static const char *const choices_fail_on[] = { "off", "info", "warning", "error", NULL };

#define CHOICES_BOOL(field) NULL
#define CHOICES_UINT(field) NULL
#define CHOICES_STRING(field) NULL
#define CHOICES_LIST(field) NULL
#define CHOICES_CHOICE(field) choices_##field

const struct opt opt_rows[OPT_COUNT] = {
#define OPTION(id, l, n, m, t, f, h) \
	[id] = { .type = TYPE_##t, .letter = l, .name = n, .metavar = m, .help = h, \
		 .at = offsetof(struct settings, f), .choices = CHOICES_##t(f) },
#include "cmd/options.def"
#undef OPTION
};

/* A row whose field has another type than the row says does not compile. */
#define FIELD_BOOL bool
#define FIELD_UINT unsigned
#define FIELD_STRING const char *
#define FIELD_LIST struct string_list
#define FIELD_CHOICE unsigned
#define OPTION(id, l, n, m, t, f, h) \
	_Static_assert(_Generic(((struct settings *)0)->f, FIELD_##t: 1, default: 0), \
		       "type of --" n);
#include "cmd/options.def"
#undef OPTION

#define LONG_BASE 256                   /* what getopt_long returns for row 0; letters are below */
#define TAKERS_MAX 5u                   /* commands that are named where an option is not taken */
#define SHOWN ".100s"                   /* as much of what the user typed goes into a message */

struct scan {
	opt_set allowed;
	int argc;
	char **argv;
	struct option longs[OPT_COUNT + 1];
	char shorts[2 * OPT_COUNT + 3];
};

void settings_init(struct settings *s)
{
	*s = (struct settings){ .dir = ".", .fail_on = SEV_ERROR };
}

void settings_release(struct settings *s)
{
	for (unsigned id = 0; id < OPT_COUNT; id++)
		if (opt_rows[id].type == TYPE_LIST)
			string_list_release((void *)((char *)s + opt_rows[id].at));
	settings_init(s);
}

void string_list_add(struct string_list *l, const char *item)
{
	VEC_RESERVE(l->item, l->cap, l->count + 1);
	l->item[l->count++] = item;
}

void string_list_release(struct string_list *l)
{
	free(l->item);
	*l = (struct string_list){ 0 };
}

void string_list_split(const struct string_list *l, struct arena *arena, struct string_list *ret)
{
	*ret = (struct string_list){ 0 };
	for (uint32_t i = 0; i < l->count; i++)
		for (const char *p = l->item[i]; *p; p += strspn(p, ",")) {
			size_t len = strcspn(p, ",");

			if (len)
				string_list_add(ret, arena_strndup(arena, p, len));
			p += len;
		}
}

/* Both say which tree is read. */
static int check_together(const struct settings *s, struct err *err)
{
	static const struct { enum opt_id one, other; } apart[] = {
		{ OPT_REV, OPT_STAGED },
	};

	for (unsigned i = 0; i < ARRAY_SIZE(apart); i++)
		if (s->given & OPT_BIT(apart[i].one) && s->given & OPT_BIT(apart[i].other))
			return err_set(err, ERR_USAGE, "--%s and --%s exclude each other",
				       opt_rows[apart[i].one].name, opt_rows[apart[i].other].name);
	return 0;
}

/* `order` is getopt's first character: '-' hands operands over in order, '+' stops at the first. */
static void scan_init(struct scan *s, char order, opt_set allowed, int argc, char **argv)
{
	size_t nlong = 0, nshort = 0;

	*s = (struct scan){ .allowed = allowed, .argc = argc, .argv = argv };
	s->shorts[nshort++] = order;
	s->shorts[nshort++] = ':';
	for (int id = 0; id < OPT_COUNT; id++) {
		const struct opt *o = &opt_rows[id];
		bool value = o->type != TYPE_BOOL;

		if (!(allowed & OPT_BIT(id)))
			continue;
		s->longs[nlong++] = (struct option){
			.name = o->name,
			.has_arg = value ? required_argument : no_argument,
			.val = LONG_BASE + id,
		};
		if (o->letter)
			s->shorts[nshort++] = o->letter;
		if (o->letter && value)
			s->shorts[nshort++] = ':';
	}
	/* The one process-wide state of getopt: start over, print nothing. */
#ifdef __GLIBC__
	optind = 0;
#else
	optind = 1;
	optreset = 1;
#endif
	opterr = 0;
}

static int id_of(int got)
{
	for (int id = 0; id < OPT_COUNT; id++)
		if (got == LONG_BASE + id || (got && got == opt_rows[id].letter))
			return id;
	BUG("getopt_long answered %d", got);
}

/* Rows of `among` whose name begins with name[0..len); an exact match stands alone. */
static opt_set rows_called(opt_set among, const char *name, size_t len)
{
	opt_set found = 0;

	for (int id = 0; id < OPT_COUNT; id++) {
		if (!(among & OPT_BIT(id)) || strncmp(opt_rows[id].name, name, len))
			continue;
		if (!opt_rows[id].name[len])
			return OPT_BIT(id);
		found |= OPT_BIT(id);
	}
	return found;
}

static bool is_single(opt_set set)
{
	return set && !(set & (set - 1));
}

static size_t add_name(char *buf, size_t size, size_t used, bool last, const char *dashes,
		       const char *name)
{
	const char *before = !used ? "" : last ? " and " : ", ";

	if (used < size)
		used += (size_t)snprintf(buf + used, size - used, "%s'%s%s'", before, dashes, name);
	return used;
}

static int not_taken(const struct scan *s, opt_set row, struct err *err)
{
	char takers[256] = "";
	size_t used = 0;
	unsigned left = 0, id = 0, shown;

	while (row >> id != 1)
		id++;
	for (unsigned i = 0; i < ncommands; i++)
		left += (commands[i]->options & row) != 0;
	/* What nearly all commands take is no list that anybody reads. */
	shown = left > TAKERS_MAX ? TAKERS_MAX - 1 : left;
	for (unsigned i = 0, n = 0; n < shown; i++) {
		if (!(commands[i]->options & row))
			continue;
		n++;
		used = add_name(takers, sizeof(takers), used, n == left && n > 1, "",
				commands[i]->name);
	}
	return err_set(err, ERR_USAGE, "'%" SHOWN "' takes no option '--%s'%s%s%s", s->argv[0],
		       opt_rows[id].name, used ? "; it belongs to " : "", takers,
		       shown < left ? " and others" : "");
}

static int unknown_long(const struct scan *s, const char *text, struct err *err)
{
	const char *name = text + 2;
	size_t len = strcspn(name, "="), used = 0;
	opt_set mine = rows_called(s->allowed, name, len);
	opt_set all = rows_called(~(opt_set)0, name, len);
	char buf[SUGGEST_BYTES] = "";
	struct suggest near;

	if (mine) {
		for (int id = 0; id < OPT_COUNT; id++)
			if (mine & OPT_BIT(id))
				used = add_name(buf, sizeof(buf), used, !(mine >> id >> 1), "--",
						opt_rows[id].name);
		return err_set(err, ERR_USAGE, "ambiguous option '%.*s': %s begin with it",
			       (int)(len > 98 ? 100 : len + 2), text, buf);
	}
	if (len && is_single(all))
		return not_taken(s, all, err);
	char typed[128];

	snprintf(typed, sizeof(typed), "%.*s", (int)(len > 100 ? 100 : len), name);
	suggest_init(&near, typed);
	for (int id = 0; id < OPT_COUNT; id++)
		if (s->allowed & OPT_BIT(id))
			suggest_offer(&near, opt_rows[id].name);
	return err_set(err, ERR_USAGE, "unknown option '--%s'%s", typed,
		       suggest_text(&near, "--", buf));
}

/* Go's own tools take -json for --json: say so.  Looks at the word that getopt_long is in. */
static const char *with_two_dashes(const struct scan *s, char *buf, size_t size)
{
	buf[0] = '\0';
	for (int at = optind - 1; at <= optind && at < s->argc; at++) {
		const char *text = s->argv[at];
		size_t len = strcspn(text, "=");
		opt_set row =
			len > 2 && text[0] == '-' ? rows_called(s->allowed, text + 1, len - 1) : 0;

		for (int id = 0; id < OPT_COUNT; id++)
			if (row == OPT_BIT(id) && !opt_rows[id].name[len - 1])
				snprintf(buf, size, "; did you mean '--%s'?", opt_rows[id].name);
	}
	return buf;
}

/* What getopt_long's '?' and ':' mean. */
static int refuse(const struct scan *s, int got, struct err *err)
{
	char hint[64];

	if (got == ':') {
		const struct opt *o = &opt_rows[id_of(optopt)];

		return err_set(err, ERR_USAGE, "option '--%s' needs a value: %s", o->name,
			       o->metavar);
	}
	if (optopt >= LONG_BASE)
		return err_set(err, ERR_USAGE, "option '--%s' takes no value",
			       opt_rows[id_of(optopt)].name);
	if (!optopt)
		return unknown_long(s, s->argv[optind - 1], err);
	with_two_dashes(s, hint, sizeof(hint));
	for (int id = 0; id < OPT_COUNT && !hint[0]; id++)
		if (opt_rows[id].letter == optopt)
			return not_taken(s, OPT_BIT(id), err);
	return err_set(err, ERR_USAGE, "unknown option '-%c'%s", optopt, hint);
}

static int wrong_choice(const struct opt *o, const char *value, struct err *err)
{
	char names[256] = "";
	size_t used = 0;

	for (unsigned i = 0; o->choices[i]; i++)
		used = add_name(names, sizeof(names), used, i && !o->choices[i + 1], "",
				o->choices[i]);
	return err_set(err, ERR_USAGE, "option '--%s' knows %s, not '%" SHOWN "'", o->name, names,
		       value);
}

static int store_number(const struct scan *s, const struct opt *o, unsigned *into,
			const char *value, struct err *err)
{
	char *end, hint[64];

	errno = 0;
	unsigned long n = strtoul(value, &end, 10);

	if (*value < '0' || *value > '9' || *end)
		return err_set(err, ERR_USAGE, "option '--%s' needs a number, not '%" SHOWN "'%s",
			       o->name, value, with_two_dashes(s, hint, sizeof(hint)));
	if (errno || n > UINT32_MAX)
		return err_set(err, ERR_USAGE, "option '--%s': '%" SHOWN "' is too large", o->name,
			       value);
	*into = (unsigned)n;
	return 0;
}

static int store(const struct scan *s, const struct opt *o, struct settings *into,
		 const char *value, struct err *err)
{
	void *field = (char *)into + o->at;

	switch (o->type) {
	case TYPE_BOOL:
		*(bool *)field = true;
		return 0;
	case TYPE_UINT:
		return store_number(s, o, field, value, err);
	case TYPE_STRING:
		*(const char **)field = value;
		return 0;
	case TYPE_LIST:
		string_list_add(field, value);
		return 0;
	case TYPE_CHOICE:
		for (unsigned i = 0; o->choices[i]; i++)
			if (!strcmp(o->choices[i], value)) {
				*(unsigned *)field = i;
				return 0;
			}
		return wrong_choice(o, value, err);
	}
	BUG("option type %d", o->type);
}

/*
 * Was a value of its own given before?  Which of two counts nobody could know.
 * Colour is set in aliases, for a later word to change.
 */
static bool is_repeated(const struct settings *set, int id, const char *value)
{
	const void *field = (const char *)set + opt_rows[id].at;

	if (!(set->given & OPT_BIT(id)) || id == OPT_COLOR)
		return false;
	switch (opt_rows[id].type) {
	case TYPE_BOOL:
	case TYPE_LIST:
		return false;
	case TYPE_STRING:
		return strcmp(*(const char *const *)field, value) != 0;
	case TYPE_UINT:
		return *(const unsigned *)field != strtoul(value, NULL, 10);
	case TYPE_CHOICE:
		return strcmp(opt_rows[id].choices[*(const unsigned *)field], value) != 0;
	}
	BUG("option type %d", (int)opt_rows[id].type);
}

static int scan_next(struct scan *s)
{
	return getopt_long(s->argc, s->argv, s->shorts, s->longs, NULL);
}

int opt_parse(opt_set allowed, int argc, char **argv, struct settings *ret_settings,
	      int *ret_operand, struct err *err)
{
	struct scan s;
	int noperands = 0, got;

	settings_init(ret_settings);
	*ret_operand = argc;
	if (argc < 1)
		BUG("no command name");
	scan_init(&s, '-', allowed | OPT_IMPLIED, argc, argv);
	while ((got = scan_next(&s)) != -1) {
		/* Operands gather at the front, in slots that getopt_long has left behind. */
		if (got == 1) {
			argv[1 + noperands++] = optarg;
			continue;
		}
		if (got == '?' || got == ':')
			return refuse(&s, got, err);
		int id = id_of(got);

		if (is_repeated(ret_settings, id, optarg))
			return err_set(err, ERR_USAGE, "option '--%s' is given twice, for '%" SHOWN
				       "' as well", opt_rows[id].name, optarg);
		ret_settings->given |= OPT_BIT(id);
		if (store(&s, &opt_rows[id], ret_settings, optarg, err) < 0)
			return -1;
	}
	*ret_operand = optind - noperands;
	memmove(argv + *ret_operand, argv + 1, (size_t)noperands * sizeof(*argv));
	return check_together(ret_settings, err);
}

int opt_first_operand(int argc, char **argv, int *ret_at, struct err *err)
{
	struct scan s;
	int got;

	scan_init(&s, '+', ~(opt_set)0, argc, argv);
	while ((got = scan_next(&s)) != -1)
		if (got == '?' || got == ':')
			return refuse(&s, got, err);
	*ret_at = optind;
	return 0;
}
