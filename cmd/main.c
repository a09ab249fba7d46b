/* SPDX-License-Identifier: MIT */
/*
 * main.c - find the command, parse its options, open its outputs, run it,
 * report the error.  The only file that prints a struct err or chooses an exit
 * status for one.  Signals keep their default action, see output.h.
 */
#include "base/pool.h"
#include "base/suggest.h"
#include "base/text.h"
#include "cmd/help.h"
#include "cmd/man.h"
#include "cmd/opt.h"
#include "cmd/output.h"
#include "cmd/report/report.h"
#include "cmd/subcommand.h"

#include <errno.h>
#include <fcntl.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <string.h>
#include <unistd.h>

/* A file must not get the number of a standard stream that the caller closed. */
static void fill_standard_streams(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
		    open("/dev/null", fd ? O_RDONLY : O_WRONLY) != fd)
			_exit(EXIT_INCOMPLETE);
}

/* `command` is "" where none was found yet. */
static int fail(const char *command, const struct err *err)
{
	struct arena arena = ARENA_INIT;

	fprintf(stderr, "meshctl: %s\n", text_escape(&arena, err->msg));
	if (err->code == ERR_USAGE)
		fprintf(stderr, "Try 'meshctl %s%s--help'\n", command, *command ? " " : "");
	arena_release(&arena);
	return report_failure(err->code);
}

static int unknown_command(const char *name, struct err *err)
{
	char near[SUGGEST_BYTES];
	struct suggest s;

	if (!strcmp(name, "version"))
		return err_set(err, ERR_USAGE,
			       "unknown command 'version'; did you mean 'meshctl --version'?");
	suggest_init(&s, name);
	for (unsigned i = 0; i < ncommands; i++)
		suggest_offer(&s, commands[i]->name);
	suggest_offer(&s, "help");
	return err_set(err, ERR_USAGE, "unknown command '%.100s'%s", name,
		       suggest_text(&s, "", near));
}

/*
 * Closes all of them when the command answered or told its error there, else
 * throws them away; the first failure counts.
 */
static int close_outputs(struct output *output, unsigned count, int status, bool told,
			 struct err *err)
{
	bool answered = status >= 0, replaced = false;

	for (unsigned i = 0; i < count; i++) {
		struct err own = ERR_INIT;
		bool broken = ferror(output[i].file);

		if (!answered && !broken && (!told || output[i].silent)) {
			output_discard(&output[i]);
			continue;
		}
		if (!output_close(&output[i], &own))
			continue;
		/* Nobody reads any more: nobody wants to hear about it. */
		if (output[i].failure == EPIPE)
			own.msg[0] = '\0';
		if (!replaced && (answered || broken))
			*err = own;
		replaced = true;
		status = -1;
	}
	return status;
}

/* Opens what the settings ask for, runs, closes. */
static int run_command(const struct command *c, const struct settings *set, int noperands,
		       char **operand, struct arena *arena, struct err *err)
{
	struct output_target *target;
	unsigned count = 0, opened = 0;

	if (output_targets(c, set, arena, &target, &count, err) < 0)
		return -1;
	if (c->task && noperands && subcommand_fills_folder(c, operand[0]))
		target[0].path = NULL;
	struct output *output = arena_array(arena, struct output, count);

	while (opened < count && !output_open(&target[opened], (enum color_choice)set->color, arena,
					      &output[opened], err))
		opened++;
	if (opened < count) {
		while (opened)
			output_discard(&output[--opened]);
		return -1;
	}
	struct run run = {
		.set = set,
		.operand = operand, .noperands = noperands,
		.out = output[0].file, .format = output[0].format, .color = output[0].color,
		.output = output, .noutputs = count,
		.arena = arena,
	};

	int status = c->task ? subcommand_run(c, &run, err) : c->run(&run, err);

	return close_outputs(output, count, status, run.told, err);
}

/* Help and the like: printed, and known to have arrived. */
static int print_page(void (*page)(FILE *out), const struct command *c,
		      void (*command_page)(const struct command *c, FILE *out), struct err *err)
{
	struct output output = { .file = stdout };

	if (c)
		command_page(c, stdout);
	else
		page(stdout);
	return close_outputs(&output, 1, EXIT_CLEAN, false, err);
}

static int check_operands(const struct command *c, int count, char **operand, struct err *err)
{
	if (count < c->min_operands)
		return err_set(err, ERR_USAGE, "missing operand: meshctl %s %s", c->name,
			       c->operands);
	if (count > c->max_operands)
		return err_set(err, ERR_USAGE, "unexpected operand '%.100s': meshctl %s%s%s",
			       operand[c->max_operands], c->name, *c->operands ? " " : "",
			       c->operands);
	return 0;
}

/*
 * "As if started in DIR" holds for the repository, the policy and every path on
 * the command line; one chdir before anything is read or written says all that.
 */
static int enter(struct settings *set, struct err *err)
{
	if (strcmp(set->dir, ".") && chdir(set->dir) < 0)
		return err_set(err, ERR_INPUT, "cannot enter '%.300s': %s", set->dir,
			       strerror(errno));
	set->dir = ".";
	return 0;
}

/* Who reads JSON reads no stderr: what goes wrong before outputs are open is told there too. */
static void tell_in_json(const struct command *c, const struct settings *set, struct arena *arena,
			 const struct err *err)
{
	const struct report report = {
		.command = c->name, .error = err->msg, .status = report_failure(err->code),
	};
	struct err ignored = ERR_INIT;
	struct output_target *target;
	unsigned count = 0;

	if (!c->envelope || output_targets(c, set, arena, &target, &count, &ignored) < 0)
		return;
	for (unsigned i = 0; i < count; i++)
		if (!strcmp(target[i].format, "json") && !target[i].path)
			reporter_find("json")->write(&report, stdout, &ignored);
}

static int dispatch(const struct command *c, int argc, char **argv, struct settings *set,
		    struct arena *arena, struct err *err)
{
	int first;

	if (opt_parse(c->options, argc, argv, set, &first, err) < 0)
		return -1;
	if (set->help)
		return print_page(NULL, c, help_command, err);
	if (set->version)
		return print_page(help_version, NULL, NULL, err);
	if (check_operands(c, argc - first, argv + first, err) < 0)
		return -1;
	if (enter(set, err) < 0) {
		tell_in_json(c, set, arena, err);
		return -1;
	}
	set->jobs = set->jobs < POOL_MAX_WORKERS ? set->jobs : POOL_MAX_WORKERS;
	return run_command(c, set, argc - first, argv + first, arena, err);
}

static void print_names(FILE *out)
{
	for (unsigned i = 0; i < ncommands; i++)
		fprintf(out, "%s\n", commands[i]->name);
}

/*
 * What is no command of its own: help, and __man and __commands, with which
 * man/ and completions/ are made.  *ret_page is NULL where it is none of these.
 */
static int built_in(int argc, char **argv, struct settings *set, struct err *err)
{
	bool man = !strcmp(argv[0], "__man");
	const struct command *c = NULL;
	int first;

	if (opt_parse(0, argc, argv, set, &first, err) < 0)
		return -1;
	if (argc - first > 1)
		return err_set(err, ERR_USAGE, "unexpected operand '%.100s': meshctl %s [COMMAND]",
			       argv[first + 1], argv[0]);
	if (!strcmp(argv[0], "__commands"))
		return print_page(print_names, NULL, NULL, err);
	if (man && first < argc && !strcmp(argv[first], "meshctl.yaml"))
		return print_page(man_policy, NULL, NULL, err);
	if (first < argc && strcmp(argv[first], "help") && !(c = command_find(argv[first])))
		return unknown_command(argv[first], err);
	return print_page(man ? man_program : help_all, c, man ? man_command : help_command, err);
}

/* No command, only options. */
static int alone(int argc, char **argv, struct settings *set, struct err *err)
{
	int first;

	if (opt_parse(~(opt_set)0, argc, argv, set, &first, err) < 0)
		return -1;
	if (set->help)
		return print_page(help_all, NULL, NULL, err);
	if (set->version)
		return print_page(help_version, NULL, NULL, err);
	return err_set(err, ERR_USAGE, "no command");
}

/* `meshctl -C dir list x` is `meshctl list -C dir x`: moves the command to the front. */
static void command_first(char **argv, int at)
{
	char *name = argv[at];

	memmove(argv + 2, argv + 1, (size_t)(at - 1) * sizeof(*argv));
	argv[1] = name;
}

/*
 * What was freed is needed again a moment later: given back to the system each time, it
 * costs a tenth of a short run, in page faults and in what one thread's unmapping makes
 * the others do.
 */
static void keep_memory(void)
{
#ifdef __GLIBC__
	mallopt(M_TRIM_THRESHOLD, 256 << 20);
	mallopt(M_MMAP_THRESHOLD, 32 << 20);
	mallopt(M_TOP_PAD, 4 << 20);
#endif
}

int main(int argc, char **argv)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct settings set;
	const struct command *c = NULL;
	int at, r = -1;

	keep_memory();
	fill_standard_streams();
	settings_init(&set);
	if (argc < 2) {
		help_all(stderr);
		return EXIT_USAGE;
	}
	if (!opt_first_operand(argc, argv, &at, &err)) {
		if (at < argc)
			command_first(argv, at);
		c = at < argc ? command_find(argv[1]) : NULL;
		if (c)
			r = dispatch(c, argc - 1, argv + 1, &set, &arena, &err);
		else if (at == argc)
			r = alone(argc, argv, &set, &err);
		else if (!strcmp(argv[1], "help") || !strcmp(argv[1], "__man") ||
			 !strcmp(argv[1], "__commands"))
			r = built_in(argc - 1, argv + 1, &set, &err);
		else
			unknown_command(argv[1], &err);
	}
	if (r < 0)
		r = err.msg[0] ? fail(c ? c->name : "", &err) : EXIT_INCOMPLETE;
	settings_release(&set);
	arena_release(&arena);
	return r;
}
