/* SPDX-License-Identifier: MIT */
/* kept_file.c - marker, comparison of three texts, writing below one folder. */
#include "templates/kept_file.h"
#include "base/replace.h"
#include "graph/source/tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_BYTES ((size_t)16 << 20)
#define MARK "meshctl:generated "
#define MARK_WORDS " What you change stays; see 'meshctl help mesh'."
#define HEX_DIGITS 16u

const char *const kept_name[KEPT_COUNT] = {
	[KEPT_NEW] = "written", [KEPT_UPDATED] = "updated", [KEPT_SAME] = "unchanged",
	[KEPT_EDITED] = "edited", [KEPT_CONFLICT] = "conflict", [KEPT_FOREIGN] = "foreign",
};

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && !strcmp(s + n - m, end);
}

/* What stands before the marker: the interpreter's line of a script. */
static size_t head_of(const char *body)
{
	return strncmp(body, "#!", 2) ? 0 : strcspn(body, "\n") + 1;
}

static uint64_t hash_of(const char *a, size_t alen, const char *b)
{
	return hash_bytes(hash_bytes(HASH_INIT, a, alen), b, strlen(b));
}

const char *kept_marked(const char *path, const char *body, struct arena *arena)
{
	bool markdown = ends_with(path, ".md");
	size_t head = head_of(body);

	return arena_printf(arena, "%.*s%s%s%016llx%s%s\n%s", (int)head, body,
			    markdown ? "<!-- " : "# ", MARK,
			    (unsigned long long)hash_of(body, head, body + head), MARK_WORDS,
			    markdown ? " -->" : "", body + head);
}

/* The marker's hash and that of all but its line; false without a marker. */
static bool read_mark(const char *text, uint64_t *ret_marked, uint64_t *ret_actual)
{
	size_t head = head_of(text), line = strcspn(text + head, "\n");
	const char *from = text + head, *mark = strstr(from, MARK);
	char digits[HEX_DIGITS + 1], *end;

	if (!mark || (size_t)(mark - from) >= line ||
	    strlen(mark) < sizeof(MARK) - 1 + HEX_DIGITS)
		return false;
	memcpy(digits, mark + sizeof(MARK) - 1, HEX_DIGITS);
	digits[HEX_DIGITS] = '\0';
	*ret_marked = strtoull(digits, &end, 16);
	from += line + (from[line] == '\n');
	*ret_actual = hash_of(text, head, from);
	return !*end;
}

/* Each folder of the path, made where it is missing; none may be a link. */
static int walk(const char *dir, const char *path, bool make, struct arena *arena,
		struct err *err)
{
	for (const char *p = strchr(path, '/');; p = strchr(p + 1, '/')) {
		size_t len = p ? (size_t)(p - path) : strlen(path);
		const char *at = path_join(arena, dir, arena_strndup(arena, path, len));
		struct stat st;

		if (!lstat(at, &st)) {
			if (S_ISLNK(st.st_mode))
				return err_set(err, ERR_INPUT, "'%.200s' is a symbolic link: "
					       "nothing "
					       "is written through it", at);
			if (p ? !S_ISDIR(st.st_mode) : !S_ISREG(st.st_mode))
				return err_set(err, ERR_INPUT, "'%.200s' is in the way: it is no "
					       "%s",
					       at, p ? "folder" : "file");
		} else if (errno != ENOENT) {
			return err_set(err, ERR_SYSTEM, "cannot look at '%.200s': %s", at,
				       strerror(errno));
		} else if (p && make && mkdir(at, 0777) && errno != EEXIST) {
			return err_set(err, ERR_SYSTEM, "cannot make the folder '%.200s': %s", at,
				       strerror(errno));
		}
		if (!p)
			return 0;
	}
}

/* `dir` itself, with all above it; links are the caller's own choice there. */
static int make_dir(const char *dir, struct arena *arena, struct err *err)
{
	struct stat st;

	for (const char *p = strchr(dir + 1, '/');; p = strchr(p + 1, '/')) {
		const char *at = p ? arena_strndup(arena, dir, (size_t)(p - dir)) : dir;

		if (mkdir(at, 0777) && errno != EEXIST && stat(at, &st))
			return err_set(err, ERR_SYSTEM, "cannot make the folder '%.200s': %s", at,
				       strerror(errno));
		if (!p)
			break;
	}
	if (stat(dir, &st) || !S_ISDIR(st.st_mode))
		return err_set(err, ERR_INPUT, "'%.200s' is no folder", dir);
	return 0;
}

static int write_file(const char *file, const char *text, struct arena *arena, struct err *err)
{
	struct replace r;
	int rc;

	if (replace_begin(file, arena, &r, err))
		return -1;
	rc = replace_put(&r, text, strlen(text), err);
	replace_end(&r);
	if (!rc && ends_with(file, ".sh") && chmod(file, 0755))
		rc = err_set(err, ERR_SYSTEM, "cannot make '%.200s' executable: %s", file,
			     strerror(errno));
	return rc;
}

static enum kept judge(const char *old, size_t len, const char *fresh)
{
	uint64_t marked, actual, wanted = 0, ignored;

	if (!old)
		return KEPT_NEW;
	if (strlen(fresh) == len && !memcmp(old, fresh, len))
		return KEPT_SAME;
	if (strlen(old) != len || !read_mark(old, &marked, &actual))
		return KEPT_FOREIGN;
	if (marked == actual)
		return KEPT_UPDATED;
	read_mark(fresh, &wanted, &ignored);
	return marked == wanted ? KEPT_EDITED : KEPT_CONFLICT;
}

/* The new text beside what a person wrote; away again when there is nothing to merge. */
static int put_beside(const char *dir, const char *path, const char *text, enum kept kind,
		      struct arena *arena, struct err *err)
{
	const char *beside = arena_printf(arena, "%s%s", path, KEPT_BESIDE);
	const char *file = path_join(arena, dir, beside), *old;
	uint64_t marked, actual;
	size_t len;

	if (walk(dir, beside, false, arena, err))
		return -1;
	if (kind == KEPT_CONFLICT)
		return write_file(file, text, arena, err);
	if (file_read(file, FILE_BYTES, arena, &old, &len, err))
		return -1;
	if (old && read_mark(old, &marked, &actual) && marked == actual && unlink(file))
		return err_set(err, ERR_SYSTEM, "cannot delete '%.200s': %s", file,
			       strerror(errno));
	return 0;
}

static int put(const char *dir, const char *path, const char *text, bool once, bool dry,
	       struct arena *arena, enum kept *ret, struct err *err)
{
	const char *file = path_join(arena, dir, path), *old;
	size_t len;

	if ((!dry && make_dir(dir, arena, err)) || walk(dir, path, !dry, arena, err) ||
	    file_read(file, FILE_BYTES, arena, &old, &len, err))
		return -1;
	*ret = once && old ? KEPT_SAME : judge(old, len, text);
	if (dry)
		return 0;
	if ((*ret == KEPT_NEW || *ret == KEPT_UPDATED) && write_file(file, text, arena, err))
		return -1;
	return once || *ret == KEPT_FOREIGN ? 0 : put_beside(dir, path, text, *ret, arena, err);
}

int kept_put(const char *dir, const char *path, const char *body, bool dry, struct arena *arena,
	     enum kept *ret, struct err *err)
{
	return put(dir, path, kept_marked(path, body, arena), false, dry, arena, ret, err);
}

int kept_put_once(const char *dir, const char *path, const char *body, bool dry,
		  struct arena *arena, enum kept *ret, struct err *err)
{
	return put(dir, path, body, true, dry, arena, ret, err);
}

bool kept_is_generated(const char *dir, const char *path, struct arena *arena, bool *ret_edited)
{
	struct err ignored = ERR_INIT;
	uint64_t marked, actual;
	const char *text;
	size_t len;

	if (walk(dir, path, false, arena, &ignored) ||
	    file_read(path_join(arena, dir, path), FILE_BYTES, arena, &text, &len, &ignored) ||
	    !text || strlen(text) != len || !read_mark(text, &marked, &actual))
		return false;
	*ret_edited = marked != actual;
	return true;
}

int kept_remove(const char *dir, const char *path, struct arena *arena, struct err *err)
{
	const char *file = path_join(arena, dir, path);
	size_t len = strlen(path);

	if (walk(dir, path, false, arena, err))
		return -1;
	if (unlink(file))
		return err_set(err, ERR_SYSTEM, "cannot delete '%.200s': %s", file,
			       strerror(errno));
	/* Folders in which something else is stay. */
	while (len && path[--len] != '/')
		;
	while (len && !rmdir(path_join(arena, dir, arena_strndup(arena, path, len))))
		while (len && path[--len] != '/')
			;
	return 0;
}
