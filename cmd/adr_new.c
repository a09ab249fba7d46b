/* SPDX-License-Identifier: MIT */
/* adr_new.c - meshctl adr new: the next record, from a template. */
#include "base/date.h"
#include "base/limits.h"
#include "base/suggest.h"
#include "base/text.h"
#include "base/yaml.h"
#include "cmd/adr.h"
#include "cmd/adr_draft.h"
#include "cmd/adr_edit.h"
#include "cmd/session.h"
#include "cmd/subcommand.h"
#include "graph/source/tree.h"
#include "templates/adr_text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define SLUG_BYTES 60u
#define NUMBER_MOST 999999999u          /* nine digits are read as a number */

struct new_record {
	struct run *run;
	struct adr_desk desk;
	struct adr_draft draft;
	enum adr_format format;
	const char *title, *status, *date;
	uint32_t old[16], nold;         /* records that it supersedes */
	struct adr self;                /* number, path and format are known */
};

/* ---- names ---- */

/* Letters and digits of any language; what lies between them is one dash. */
static bool in_slug(uint32_t point)
{
	if (point < 0x80)
		return (point >= 'a' && point <= 'z') || (point >= '0' && point <= '9') ||
		       (point >= 'A' && point <= 'Z');
	return point >= 0xc0 && point != 0xd7 && point != 0xf7 &&
	       !(point >= 0x2000 && point <= 0x2bff) && !(point >= 0x3000 && point <= 0x303f) &&
	       !(point >= 0xe000 && point <= 0xf8ff) && !(point >= 0xfe00 && point <= 0xfe6f) &&
	       !(point >= 0xff00 && point <= 0xff0f) && !(point >= 0xff1a && point <= 0xff20) &&
	       !(point >= 0x1f000 && point <= 0x1ffff) && point < 0xe0000 &&
		!text_is_hostile(point);
}

static const char *slug_of(const char *title, struct arena *arena)
{
	char *slug = arena_alloc(arena, SLUG_BYTES + 8, 1);
	size_t len = strlen(title), n = 0;

	for (size_t at = 0; at < len;) {
		uint32_t point;
		size_t step = utf8_decode(title + at, len - at, &point);

		if (n + step > SLUG_BYTES)
			break;
		if (point != UTF8_INVALID && in_slug(point)) {
			memcpy(slug + n, title + at, step);
			if (slug[n] >= 'A' && slug[n] <= 'Z')
				slug[n] = (char)(slug[n] - 'A' + 'a');
			n += step;
		} else if (n && slug[n - 1] != '-') {
			slug[n++] = '-';
		}
		at += step;
	}
	while (n && slug[n - 1] == '-')
		n--;
	slug[n] = '\0';
	return n ? slug : "decision";
}

static const char *path_of(const struct new_record *w, uint32_t number)
{
	struct arena *a = w->run->arena;
	const char *slug = slug_of(w->title, a), *name;

	if (w->format == ADR_LOG4BRAINS)
		name = arena_printf(a, "%.4s%.2s%.2s-%s", w->date, w->date + 5, w->date + 8, slug);
	else
		name = arena_printf(a, "%04u-%s", number, slug);
	return path_join(a, w->desk.all.dir, arena_printf(a, "%s%s", name, adr_suffix(w->format)));
}

/* ---- the text ---- */

static const char *capital(const char *text, struct arena *arena)
{
	char *copy = arena_strdup(arena, text);

	if (*copy >= 'a' && *copy <= 'z')
		*copy = (char)(*copy - 'a' + 'A');
	return copy;
}

/* Words with one space between them. */
static const char *one_line(const char *title, struct arena *arena)
{
	char *copy = arena_alloc(arena, strlen(title) + 1, 1);
	size_t n = 0;

	for (title += strspn(title, " \t\r\n"); *title;) {
		size_t word = strcspn(title, " \t\r\n");

		memcpy(copy + n, title, word);
		n += word;
		title += word;
		title += strspn(title, " \t\r\n");
		if (*title)
			copy[n++] = ' ';
	}
	copy[n] = '\0';
	return copy;
}

/* A title is one line, and nothing of it is a heading's end or a tag. */
static const char *title_words(const char *title, struct arena *arena)
{
	char *copy = arena_strdup(arena, text_escape(arena, one_line(title, arena)));
	size_t len = strlen(copy), mark = len;
	bool tag = false;

	while (mark && copy[mark - 1] == '#')
		mark--;
	while (mark < len && mark && copy[mark - 1] == ' ')
		copy[--mark] = '\0';
	for (char *p = copy; *p; p++)
		if (*p == '<' && p[1] && !strchr(" =-<", p[1])) {
			*p = '(';
			tag = true;
		} else if (*p == '>' && tag) {
			*p = ')';
			tag = false;
		}
	return copy;
}

/* Is the number that its title seems to give its own, or none? */
static int check_title(const struct new_record *w, const char *text, struct err *err)
{
	struct adr_problem problem;
	struct adr r;

	if (!adr_parse(w->self.path, text, strlen(text), w->run->arena, &r, &problem) ||
	    !r.title_number || r.title_number == w->self.number)
		return 0;
	return err_set(err, ERR_USAGE, "the title '%.80s' begins with a number, which meshctl "
		       "gives", w->title);
}

static int write_text(struct new_record *w, const char **ret, struct err *err)
{
	struct arena *a = w->run->arena;
	struct json *data = json_object(), *old = json_array();
	const struct policy_text *own = &w->desk.policy->adr.templates;
	const char *folder = w->desk.policy->folder, *dir = w->run->set->template_dir;
	const char *title = title_words(w->title, a);
	int rc;

	if (!dir && own->text)
		dir = adr_typed(&w->desk, path_join(a, folder ? folder : "", own->text), a);
	if (w->self.number)
		json_set_int(data, "number", w->self.number);
	json_set_text(data, "number4", arena_printf(a, "%04u", w->self.number));
	json_set_text(data, "title", title);
	json_set_text(data, "title_yaml", yaml_scalar(title, false, a));
	json_set_text(data, "status", w->status);
	json_set_text(data, "Status", capital(w->status, a));
	json_set_text(data, "status_yaml", yaml_scalar(w->status, false, a));
	json_set_text(data, "date", w->date);
	for (uint32_t i = 0; i < w->nold; i++) {
		const struct adr *r = &w->desk.all.item[w->old[i]];
		struct adr_other o = adr_other_of(&w->self, r, a);
		struct json *one = json_object();

		json_set_text(one, "label", o.label);
		json_set_text(one, "file", o.file);
		json_set_text(one, "number", o.number ? arena_printf(a, "%u", o.number) :
			      yaml_scalar(o.file, false, a));
		json_push(old, one);
	}
	json_set(data, "supersedes", old);
	json_set_bool(data, "has_supersedes", w->nold != 0);
	draft_fill(&w->draft, data);
	rc = adr_text(w->format, dir, data, a, ret, err);
	json_free(data);
	return rc ? rc : check_title(w, *ret, err);
}

/* ---- the file ---- */

/* Links may not lead out of the repository. */
static int check_inside(const struct new_record *w, const char *dir, struct err *err)
{
	char root[PATH_MAX], real[PATH_MAX];
	struct stat st;

	if (!realpath(w->desk.place.root, root) || !realpath(dir, real))
		return err_set(err, ERR_SYSTEM, "cannot look at '%.200s': %s", dir,
			       strerror(errno));
	if (!path_below(real, root))
		return err_set(err, ERR_INPUT, "'%.200s' leads out of the repository, to '%.200s'",
			       dir, real);
	return !stat(real, &st) && S_ISDIR(st.st_mode) ? 0 :
		err_set(err, ERR_INPUT, "'%.200s' is no folder", dir);
}

/* Nothing is made behind a link that leads out of the repository. */
static int make_folders(const struct new_record *w, const char *path, struct err *err)
{
	struct arena *arena = w->run->arena;

	for (const char *p = path; *p; p++) {
		bool last = !p[1];

		if (*p != '/' && !last)
			continue;
		size_t len = (size_t)(p - path) + (last && *p != '/');
		const char *dir = arena_strndup(arena, path, len);
		const char *slash = strrchr(dir, '/');
		const char *above = !slash ? "." : slash == dir ? "/" :
			arena_strndup(arena, dir, (size_t)(slash - dir));

		if (!*dir || !access(dir, F_OK))
			continue;
		if (check_inside(w, above, err))
			return -1;
		if (mkdir(dir, 0777) && errno != EEXIST)
			return err_set(err, ERR_SYSTEM, "cannot make the folder '%.200s': %s", dir,
				       strerror(errno));
	}
	return 0;
}

static int create(const char *path, const char *text, struct err *err)
{
	size_t len = strlen(text);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
	bool written;

	if (!f) {
		err_set(err, ERR_SYSTEM, "cannot write '%.200s': %s", path, strerror(errno));
		if (fd >= 0)
			close(fd);
		return -1;
	}
	written = fwrite(text, 1, len, f) == len && !fflush(f) && !fsync(fd);
	if (fclose(f) || !written) {
		err_set(err, ERR_SYSTEM, "cannot write '%.200s': %s", path, strerror(errno));
		unlink(path);
		return -1;
	}
	return 0;
}

static int next_number(const struct adrs *all, uint32_t *ret, struct err *err)
{
	uint32_t most = all->most;

	/* What cannot be listed may have any number. */
	if (all->unlisted)
		return err_set(err, ERR_INPUT, "the next number is not known: the folder '%.200s' "
			       "cannot be listed", all->unlisted);
	for (uint32_t i = 0; i < all->count; i++)
		most = all->item[i].number > most ? all->item[i].number : most;
	if (most >= NUMBER_MOST)
		return err_set(err, ERR_INPUT, "there is no number behind %u", most);
	*ret = most + 1;
	return 0;
}

/* The other side of "supersedes", in all of them or in none. */
static int mark_old(struct new_record *w, struct err *err)
{
	struct arena *a = w->run->arena;
	struct open_record *r = arena_array(a, struct open_record, w->nold);
	uint32_t locked = 0, put = 0;
	int rc = 0;

	for (; !rc && locked < w->nold; locked += !rc)
		rc = record_lock(&w->desk, w->old[locked], a, &r[locked], err);
	for (uint32_t i = 0; !rc && i < w->nold; i++) {
		struct adr_other by = adr_other_of(&r[i].now, &w->self, a);

		rc = adr_edit_superseded(&r[i].now, &by, a, &r[i].text, err);
	}
	for (; !rc && put < w->nold; put += !rc)
		rc = record_put(&r[put], err);
	while (rc && put)
		record_back(&r[--put]);
	while (locked)
		replace_end(&r[--locked].file);
	return rc;
}

static int name_self(struct new_record *w, struct err *err)
{
	uint32_t number = 0;

	if (w->format != ADR_LOG4BRAINS && next_number(&w->desk.all, &number, err))
		return -1;
	w->self.number = number;
	w->self.path = path_of(w, w->self.number);
	w->self.format = w->format;
	w->self.title.text = title_words(w->title, w->run->arena);
	const char *base = strrchr(w->self.path, '/') ? strrchr(w->self.path, '/') + 1
		: w->self.path;

	w->self.name = arena_strndup(w->run->arena, base, strcspn(base, "."));
	return 0;
}

/* Each once, by path, as record_lock() wants them. */
static void add_old(struct new_record *w, uint32_t at)
{
	const struct adr *item = w->desk.all.item;
	uint32_t n = w->nold;

	for (uint32_t i = 0; i < n; i++)
		if (w->old[i] == at)
			return;
	for (; n && strcmp(item[w->old[n - 1]].path, item[at].path) > 0; n--)
		w->old[n] = w->old[n - 1];
	w->old[n] = at;
	w->nold++;
}

static int choose_old(struct new_record *w, struct err *err)
{
	const struct string_list *list = &w->run->set->supersedes;

	if (list->count > ARRAY_SIZE(w->old))
		return err_set(err, ERR_USAGE, "a record cannot supersede more than %zu others",
			       ARRAY_SIZE(w->old));
	for (uint32_t i = 0; i < list->count; i++) {
		uint32_t at;

		if (adr_named(&w->desk, list->item[i], &at, err))
			return -1;
		add_old(w, at);
	}
	return 0;
}

/* With the lock of the folder nobody else takes the same number. */
static int write_locked(struct new_record *w, const char *dir, const char **ret_path,
			struct err *err)
{
	struct arena *a = w->run->arena;
	const char *text;
	struct replace lock;
	int rc;

	if (replace_begin(path_join(a, dir, ".next"), a, &lock, err))
		return -1;
	const char *kept = w->desk.all.dir;

	adr_close(&w->desk);
	rc = adr_open(w->run, &w->desk, err);
	/* An empty folder that nobody names is not found by its name. */
	if (!rc && !w->desk.all.dir)
		w->desk.all.dir = kept;
	w->nold = 0;
	rc = rc || choose_old(w, err) || name_self(w, err) ? -1 : 0;
	if (!rc) {
		*ret_path = adr_typed(&w->desk, w->self.path, a);
		rc = write_text(w, &text, err) || create(*ret_path, text, err) ? -1 : 0;
	}
	if (!rc && mark_old(w, err)) {
		unlink(*ret_path);
		rc = -1;
	}
	replace_end(&lock);
	return rc;
}

/* ---- the run ---- */

static int choose_format(struct new_record *w, struct err *err)
{
	const char *as = w->run->set->adr_as;
	uint32_t said = w->desk.policy->adr.format.value;

	w->format = said ? (enum adr_format)(said - 1) : w->desk.all.format;
	if (!as)
		return 0;
	for (unsigned f = 0; f < ADR_FORMATS; f++)
		if (!strcmp(adr_format_name[f], as)) {
			w->format = (enum adr_format)f;
			return 0;
		}
	return err_set(err, ERR_USAGE, "unknown format '%.60s': choose madr, nygard, log4brains or "
		       "yaml", as);
}

static int choose_date(struct new_record *w, struct err *err)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	char *buf = arena_alloc(w->run->arena, DATE_BYTES, 1);
	int64_t now;

	if (session_day(w->run->set, &now, err))
		return -1;
	if (!w->run->set->now)
		now = epoch && *epoch ? strtoll(epoch, NULL, 10) : (int64_t)time(NULL);
	w->date = date_text(now, buf);
	return 0;
}

static int prepare(struct new_record *w, struct err *err)
{
	struct run *run = w->run;
	const struct settings *set = run->set;

	w->draft.arena = run->arena;
	w->status = set->status ? set->status : "proposed";
	if (adr_status_of(w->status) == ADR_STRANGE || strpbrk(w->status, "\n\r\"<"))
		return err_set(err, ERR_USAGE, "'%.60s' is no status: choose proposed, accepted, "
			       "rejected or deprecated", w->status);
	if (choose_format(w, err) || choose_date(w, err) || choose_old(w, err) ||
	    (set->from && draft_from(run, set->from, &w->draft, err)))
		return -1;
	for (int i = 0; i < run->noperands; i++)
		w->title = w->title ? arena_printf(run->arena, "%s %s", w->title, run->operand[i]) :
			run->operand[i];
	if (!w->title)
		w->title = w->draft.title;
	if (!w->title || !*title_words(w->title, run->arena))
		return err_set(err, ERR_USAGE, "missing operand: meshctl adr new TITLE");
	if (!w->desk.all.dir) {
		const char *folder = w->desk.policy->folder ? w->desk.policy->folder : "";

		w->desk.all.dir = path_join(run->arena, folder, w->format == ADR_NYGARD
			? "doc/adr" :
					    w->format == ADR_LOG4BRAINS ? "docs/adr" :
					    "docs/decisions");
	}
	return 0;
}

static int write_record(struct new_record *w, struct err *err)
{
	struct run *run = w->run;
	const char *text, *path, *dir;

	if (run->set->print) {
		if (name_self(w, err) || write_text(w, &text, err))
			return -1;
		fputs(text, run->out);
		return 0;
	}
	dir = adr_typed(&w->desk, w->desk.all.dir, run->arena);

	if (make_folders(w, dir, err) || check_inside(w, dir, err))
		return -1;
	if (write_locked(w, dir, &path, err))
		return -1;
	fprintf(run->out, "%s\n", text_escape(run->arena, path));
	adr_editor(run, path);
	return 0;
}

static int run(struct run *run, struct err *err)
{
	struct new_record w = { .run = run };
	int rc = adr_open(run, &w.desk, err);

	if (rc)
		return rc;
	rc = prepare(&w, err);
	rc = rc ? rc : write_record(&w, err);
	adr_close(&w.desk);
	return rc ? -1 : EXIT_CLEAN;
}

const struct subcommand adr_new = {
	.name = "new", .summary = "the next record, from a template",
	.operands = "TITLE...", .min_operands = 0, .max_operands = 99,
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_CONFIG) | OPT_BIT(OPT_OUTPUT) |
		   OPT_BIT(OPT_FROM) | OPT_BIT(OPT_STATUS) | OPT_BIT(OPT_SUPERSEDES) |
		   OPT_BIT(OPT_TEMPLATE) | OPT_BIT(OPT_ADR_FORMAT) | OPT_BIT(OPT_PRINT) |
		   OPT_BIT(OPT_NOW) | OPT_BIT(OPT_NO_CACHE) | OPT_BIT(OPT_JOBS) |
		   OPT_BIT(OPT_COLOR) | OPT_BIT(OPT_QUIET),
	.run = run,
};
