/* SPDX-License-Identifier: MIT */
/*
 * buildcfg.c - the tables of platforms and tool tags, and go/build's questions
 * over them.  Each Go file asks several times, so a tag is looked at by its
 * first bytes before any table is walked.
 */
#include "graph/source/buildcfg.h"

#include "base/suggest.h"

#include <stdio.h>
#include <string.h>

struct word {
	const char *text;
	size_t len;
};

#define W(s) { (s), sizeof(s) - 1 }

struct os_row {
	struct word name;
	bool is_unix;
	unsigned since;
};

static const struct os_row os_rows[] = {
#define OS(name, is_unix, since) { W(name), is_unix, since },
#define ARCH(name)
#define PLATFORM(goos, goarch)
#include "graph/source/platforms.def"
#undef OS
#undef ARCH
#undef PLATFORM
};

static const struct word arch_rows[] = {
#define OS(name, is_unix, since)
#define ARCH(name) W(name),
#define PLATFORM(goos, goarch)
#include "graph/source/platforms.def"
#undef OS
#undef ARCH
#undef PLATFORM
};

static const struct platform_row {
	const char *goos, *goarch;
} platform_rows[] = {
#define OS(name, is_unix, since)
#define ARCH(name)
#define PLATFORM(goos, goarch) { goos, goarch },
#include "graph/source/platforms.def"
#undef OS
#undef ARCH
#undef PLATFORM
};

static const struct experiment_row {
	struct word name;
	unsigned first, last;
	const char *goos, *goarch;
} experiment_rows[] = {
#define EXPERIMENT(name, first, last, goos, goarch) { W(name), first, last, goos, goarch },
#define FEATURE(goarch, name, since)
#include "graph/source/experiments.def"
#undef EXPERIMENT
#undef FEATURE
};

static const struct feature_row {
	struct word tag;
	unsigned since;
	const char *goarch;
} feature_rows[] = {
#define EXPERIMENT(name, first, last, goos, goarch)
#define FEATURE(goarch, name, since) { W(goarch "." name), since, goarch },
#include "graph/source/experiments.def"
#undef EXPERIMENT
#undef FEATURE
};

static bool same(const char *text, const char *tag, size_t len)
{
	return *text == *tag && strlen(text) == len && !memcmp(text, tag, len);
}

static bool word_is(struct word w, const char *tag, size_t len)
{
	return w.len == len && !memcmp(w.text, tag, len);
}

static bool is_known_os(const char *name, size_t len, unsigned go_minor)
{
	for (size_t i = 0; i < ARRAY_SIZE(os_rows); i++)
		if (word_is(os_rows[i].name, name, len))
			return os_rows[i].since <= go_minor;
	return false;
}

static bool is_known_arch(const char *name, size_t len)
{
	for (size_t i = 0; i < ARRAY_SIZE(arch_rows); i++)
		if (word_is(arch_rows[i], name, len))
			return true;
	return false;
}

static bool is_unix(const char *goos)
{
	for (size_t i = 0; i < ARRAY_SIZE(os_rows); i++)
		if (!strcmp(os_rows[i].name.text, goos))
			return os_rows[i].is_unix;
	return false;
}

/* words: "a b" = one of them, "!a b" = none of them, "" = any. */
static bool word_among(const char *words, const char *name)
{
	bool none = *words == '!';
	size_t len = strlen(name);

	if (!*words)
		return true;
	for (const char *p = words + none; *p;) {
		size_t n = strcspn(p, " ");

		if (n == len && !memcmp(p, name, n))
			return !none;
		p += n + strspn(p + n, " ");
	}
	return none;
}

/* ---- tags ---- */

/* go1.1 .. go1.<go_minor>, written exactly so. */
static bool is_release_tag(const struct build_config *c, const char *tag, size_t len)
{
	unsigned minor = 0;

	if (len < 5 || len > 7 || memcmp(tag, "go1.", 4) || tag[4] == '0')
		return false;
	for (size_t i = 4; i < len; i++) {
		if (tag[i] < '0' || tag[i] > '9')
			return false;
		minor = minor * 10 + (unsigned)(tag[i] - '0');
	}
	return minor <= c->go_minor;
}

static bool is_experiment(const struct build_config *c, const char *tag, size_t len)
{
	static const struct word prefix = W("goexperiment.");

	if (len < prefix.len || memcmp(tag, prefix.text, prefix.len))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(experiment_rows); i++) {
		const struct experiment_row *r = &experiment_rows[i];

		if (word_is(r->name, tag + prefix.len, len - prefix.len) &&
		    c->go_minor >= r->first && c->go_minor <= r->last &&
		    word_among(r->goos, c->goos) && word_among(r->goarch, c->goarch))
			return true;
	}
	return false;
}

static bool is_feature(const struct build_config *c, const char *tag, size_t len)
{
	if (!memchr(tag, '.', len))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(feature_rows); i++)
		if (word_is(feature_rows[i].tag, tag, len))
			return c->go_minor >= feature_rows[i].since &&
			       !strcmp(feature_rows[i].goarch, c->goarch);
	return false;
}

bool build_config_tag(const struct build_config *c, const char *tag, size_t len)
{
	static const struct word boring = W("goexperiment.boringcrypto");

	if (!len)
		return false;
	if (same(c->goos, tag, len) || same(c->goarch, tag, len) || same("gc", tag, len))
		return true;
	if (c->cgo && same("cgo", tag, len))
		return true;
	if (same("linux", tag, len) && !strcmp(c->goos, "android"))
		return true;
	if (same("solaris", tag, len) && !strcmp(c->goos, "illumos"))
		return true;
	if (same("darwin", tag, len) && !strcmp(c->goos, "ios"))
		return true;
	/* Since Go 1.19. */
	if (same("unix", tag, len) && c->go_minor >= 19 && is_unix(c->goos))
		return true;
	if (same("boringcrypto", tag, len)) {
		tag = boring.text;
		len = boring.len;
	}
	for (uint32_t i = 0; i < c->ntags; i++)
		if (same(c->tags[i], tag, len))
			return true;
	return is_release_tag(c, tag, len) || is_experiment(c, tag, len) || is_feature(c, tag, len);
}

/* ---- file names ---- */

bool build_config_name(const struct build_config *c, const char *file_name)
{
	size_t end = strcspn(file_name, ".");
	const char *first = memchr(file_name, '_', end);
	struct word part[2] = { { "", 0 }, { "", 0 } }; /* last, last but one */

	if (!first)
		return true;
	/* Only what follows the first '_' counts, so that linux.go is no linux file. */
	size_t start = (size_t)(first - file_name);

	if (end - start >= 5 && !memcmp(file_name + end - 5, "_test", 5))
		end -= 5;
	for (size_t n = 0; n < ARRAY_SIZE(part) && end > start; n++) {
		size_t at = end;

		while (file_name[at - 1] != '_')
			at--;
		part[n] = (struct word){ file_name + at, end - at };
		end = at - 1;
	}
	bool last_arch = is_known_arch(part[0].text, part[0].len);

	if (last_arch && is_known_os(part[1].text, part[1].len, c->go_minor))
		return build_config_tag(c, part[0].text, part[0].len) &&
		       build_config_tag(c, part[1].text, part[1].len);
	if (last_arch || is_known_os(part[0].text, part[0].len, c->go_minor))
		return build_config_tag(c, part[0].text, part[0].len);
	return true;
}

/* ---- from text ---- */

/* Why there is no such platform, and what was probably meant. */
static int bad_platform(const char *platform, size_t oslen, struct err *err)
{
	char goos[64], text[SUGGEST_BYTES];
	const char *goarch = platform + oslen + 1;
	struct suggest s;
	bool known = false;

	snprintf(goos, sizeof(goos), "%.*s", (int)(oslen < 63 ? oslen : 63), platform);
	suggest_init(&s, goos);
	for (size_t i = 0; i < ARRAY_SIZE(platform_rows); i++) {
		known |= !strcmp(platform_rows[i].goos, goos);
		if (!i || strcmp(platform_rows[i - 1].goos, platform_rows[i].goos))
			suggest_offer(&s, platform_rows[i].goos);
	}
	if (!known)
		return err_set(err, ERR_USAGE, "unknown GOOS '%s'%s", goos,
			       suggest_text(&s, "", text));
	suggest_init(&s, goarch);
	for (size_t i = 0; i < ARRAY_SIZE(platform_rows); i++)
		if (!strcmp(platform_rows[i].goos, goos))
			suggest_offer(&s, platform_rows[i].goarch);
	if (is_known_arch(goarch, strlen(goarch)))
		return err_set(err, ERR_USAGE, "Go does not build for '%s'%s", platform,
			       suggest_text(&s, "", text));
	return err_set(err, ERR_USAGE, "unknown GOARCH '%s'%s", goarch, suggest_text(&s, "", text));
}

int build_config_init(struct arena *arena, const char *platform, bool cgo, unsigned go_minor,
		      const char *const *tags, uint32_t ntags, struct build_config *ret,
		      struct err *err)
{
	size_t n = strcspn(platform, "/");

	if (!platform[n])
		return err_set(err, ERR_USAGE, "platform '%s' is not of the form GOOS/GOARCH",
			       platform);
	for (size_t i = 0; i < ARRAY_SIZE(platform_rows); i++) {
		const struct platform_row *r = &platform_rows[i];

		if (!same(r->goos, platform, n) || strcmp(r->goarch, platform + n + 1))
			continue;
		*ret = (struct build_config){
			.goos = r->goos, .goarch = r->goarch,
			.name = arena_printf(arena, "%s%s", platform, cgo ? "" : " without cgo"),
			.tags = tags, .ntags = ntags, .cgo = cgo, .go_minor = go_minor,
		};
		return 0;
	}
	return bad_platform(platform, n, err);
}

/* Digits of a number without leading zeros; false when there are none. */
static bool take_number(const char **p, unsigned *ret)
{
	const char *s = *p;

	*ret = 0;
	if (*s == '0' && s[1] >= '0' && s[1] <= '9')
		return false;
	for (; *s >= '0' && *s <= '9'; s++)
		*ret = *ret < 100000 ? *ret * 10 + (unsigned)(*s - '0') : *ret;
	bool some = s != *p;

	*p = s;
	return some;
}

/* rc1, beta2; behind them or behind the number "-custom" as in toolchain names. */
static bool is_version_tail(const char *p)
{
	const char *digits;
	unsigned n;

	if (*p >= 'a' && *p <= 'z') {
		while (*p >= 'a' && *p <= 'z')
			p++;
		digits = p;
		p += strspn(p, "0123456789");
		if (p == digits)
			return false;
	} else if (*p == '.') {
		p++;
		if (!take_number(&p, &n))
			return false;
	}
	return !*p || (*p == '-' && p[1]);
}

int go_version_minor(const char *text, unsigned *ret_minor, struct err *err)
{
	const char *p = strncmp(text, "go", 2) ? text : text + 2;
	unsigned major, minor;

	if (!take_number(&p, &major) || major != 1 || *p++ != '.' || !take_number(&p, &minor) ||
	    minor > 9999 || !is_version_tail(p))
		return err_set(err, ERR_USAGE, "'%s' is not a Go version such as 1.%u or go1.21.3",
			       text, GO_NEWEST_MINOR);
	*ret_minor = minor;
	return 0;
}
