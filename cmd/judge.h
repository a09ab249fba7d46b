/* SPDX-License-Identifier: MIT */
/*
 * judge.h - what the commands that exit 1 on findings have in common: read, let
 * analyses judge, decide the status, write every report that was asked for.
 */
#ifndef MESHCTL_JUDGE_H
#define MESHCTL_JUDGE_H

#include "analyzers/decisions.h"
#include "cmd/hold.h"
#include "cmd/report/report.h"
#include "cmd/session.h"

struct judge {
	struct session session;
	struct findings findings;
	struct rules_ran ran;
	struct hold hold;               /* what holds findings back; settled after judging */
	struct rule_set chosen;
	struct rule_set unasked;        /* of rules_always: those that judge.c adds to chosen */
	struct symbols *symbols;        /* what edges use; reads nothing before it is asked */
	struct decisions decisions;     /* reads nothing before it is asked */
	const struct services *services;        /* that the command found; or NULL */
	bool weigh;                     /* cuts weigh it: --weigh symbols */
	bool brief;                     /* see struct analysis */
	bool held;                      /* the baseline was asked for */
	struct report report;           /* the command adds its blocks */
};

/*
 * One command's way of judging: fills judge.chosen, then adds to judge.findings,
 * fills judge.ran, and adds to judge.report.  ctx of the report is `ctx`.
 * Rules of rules_always are judged before, and are not in judge.chosen then.
 */
struct judge_steps {
	const char *command;
	bool contexts;                  /* the graph knows them, of a policy or guessed */
	bool domains;                   /* the same of domains */
	/* The folder of the manifests that are judged; NULL = the files that the policy names. */
	const char *manifests;
	bool by_owner;                  /* --owner chooses what counts */
	bool brief;                     /* see struct analysis; not where debt is reckoned */
	bool may_miss_baseline;         /* one that the policy asks for need not be there */
	bool beside_go;                 /* as report.beside_go */
	bool warnings_fail;             /* whatever the policy says, where --fail-on is not given */
	const char *again;              /* as report.again */
	bool again_all;                 /* as report.again_all */
	const struct adrs *decisions;   /* of this tree, where somebody read them; or NULL */
	/* NULL = what judge_rules() says of the options. */
	int (*choose)(const struct run *run, struct judge *j, void *ctx, struct err *err);
	/* NULL = what was chosen runs, and nothing else happens. */
	int (*judge)(const struct run *run, struct judge *j, void *ctx, struct err *err);
	/*
	 * When everything that holds findings back was asked, and before they are sorted:
	 * may hold more back, and add some.  NULL = nothing.
	 */
	int (*settled)(const struct run *run, struct judge *j, void *ctx, struct err *err);
	/*
	 * When the source was read, but for its status (source_status()): may begin what goes on
	 * beside the judging of it.  Whoever does not get to `settled` ends it by `dropped`.
	 */
	void (*beside)(const struct run *run, struct judge *j, void *ctx);
	void (*dropped)(void *ctx);
	void *ctx;
	/* Instead of what the tree has; NULL = what it has. */
	const struct policy *policy;
	const struct judge *baseline_of;        /* another tree's, which may have none */
	const struct source *like;              /* see struct source_options */
	bool watch, committed;                  /* the same */
	/*
	 * When the source and the baseline were read: is that all that is wanted of it?  Then
	 * there is neither a graph nor a finding, and the report is empty.  NULL = no.
	 */
	bool (*enough)(const struct judge *j, void *ctx);
};

/* The whole run of a command: an exit_status, or -1.  A JSON report tells the error too. */
int judge_command(struct run *run, const struct judge_steps *steps, struct err *err);

/*
 * judge_command() without the reports: everything up to the report's status.  To
 * be released whatever it returns.
 */
int judge_run(struct run *run, const struct judge_steps *steps, struct judge *ret,
	      struct err *err);
/*
 * Its two halves, for who has something to do in between: reading files, and with `enough` the
 * baseline; then all else, if need be.  The steps and the run are the same ones.
 */
int judge_read(struct run *run, const struct judge_steps *steps, struct judge *ret,
	       struct err *err);
int judge_go_on(struct run *run, const struct judge_steps *steps, struct judge *j,
		struct err *err);
void judge_release(struct judge *j, const struct settings *set);

/*
 * Every stream that was asked for gets the report, in the order of the options; then
 * what the place where this runs adds, see ci.h.
 */
int judge_reports(struct run *run, struct report *report, struct err *err);

/* What analyses are given. */
struct analysis judge_analysis(struct judge *j);

/*
 * "--rule a,MC110": those; otherwise every rule that is not off under the policy,
 * with --all-rules those as well.
 */
int judge_rules(const struct settings *set, const struct policy *policy, struct arena *arena,
		struct rule_set *ret, struct err *err);

#endif
