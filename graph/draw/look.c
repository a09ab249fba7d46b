/* SPDX-License-Identifier: MIT */
/* look.c - the tables of colours and lines; labels as Graphviz's HTML-like text. */
#include "graph/draw/look.h"
#include "graph/draw/escape.h"
#include "base/text.h"

#include <string.h>

static const struct theme themes[THEME_COUNT] = {
	[THEME_LIGHT] = {
		.page = "#ffffff", .ink = "#1f2328", .soft = "#59636e",
		.fill = "#ffffff", .line = "#6e7781", .edge = "#848d97", .behind = "#b9c1c9",
		.outside = "#eaeef2",
		.box = "#f6f8fa", .box_line = "#c3cbd3",
		.red = "#D55E00", .blue = "#0072B2", .green = "#00805d", .gray = "#6e7781",
		.red_fill = "#fdebdf", .blue_fill = "#e3f0f9", .green_fill = "#dff5ec",
		.tint = { "#e6f3fb", "#fdf2dc", "#e2f5ee", "#f9ecf3", "#fbf9dc", "#e9eef9" },
	},
	[THEME_DARK] = {
		.page = "#0d1117", .ink = "#f0f6fc", .soft = "#a7b0ba",
		.fill = "#1c232c", .line = "#8b949e", .edge = "#8b949e", .behind = "#59636e",
		.outside = "#30363d",
		.box = "#141a21", .box_line = "#454d57",
		.red = "#ff8c42", .blue = "#56B4E9", .green = "#2fd3a0", .gray = "#8b949e",
		.red_fill = "#4a2a12", .blue_fill = "#123349", .green_fill = "#0f3b2f",
		.tint = { "#10293a", "#35290f", "#0f3027", "#331f2c", "#302e10", "#1b2540" },
	},
	/* Black and white: lines alone must tell what is what. */
	[THEME_PRINT] = {
		.page = "#ffffff", .ink = "#000000", .soft = "#333333",
		.fill = "#ffffff", .line = "#000000", .edge = "#777777", .behind = "#aaaaaa",
		.outside = "#e6e6e6",
		.box = "#ffffff", .box_line = "#777777",
		.red = "#000000", .blue = "#000000", .green = "#000000", .gray = "#555555",
		.red_fill = "#ffffff", .blue_fill = "#ffffff", .green_fill = "#ffffff",
		.tint = { "#ffffff", "#f4f4f4", "#ffffff", "#f4f4f4", "#ffffff", "#f4f4f4" },
	},
};

#define PLAIN_BOX "rounded,filled"

const struct look draw_looks[DRAW_LOOKS] = {
	[MARK_CYCLE] = { "cycle", INK_RED, PLAIN_BOX, "solid", "box", "normal", false, true,
			 NULL, "━━▶", "in a circle" },
	[MARK_CUT] = { "cut", INK_RED, PLAIN_BOX, "dashed", "box", "normal", false, true,
		       "cut", "╍╍▶", "remove first" },
	[MARK_PATH] = { "path", INK_BLUE, PLAIN_BOX, "solid", "box", "vee", false, true,
			NULL, "━━❯", "the path" },
	[MARK_ADDED] = { "added", INK_GREEN, PLAIN_BOX, "solid", "box", "diamond", false, true,
			 "new", "━━◆", "new" },
	[MARK_REMOVED] = { "removed", INK_GRAY, PLAIN_BOX ",dashed", "dashed", "box", "onormal",
			   false, false, "removed", "┄┄▷", "removed" },
	[MARK_CHANGED] = { "changed", INK_BLUE, PLAIN_BOX, "solid", "box", "normal", false, true,
			   NULL, "━━▶", "changed" },
	[MARK_FORBIDDEN] = { "forbidden", INK_RED, PLAIN_BOX, "solid", "box", "normal", true, true,
			     "forbidden", "══▶", "forbidden by the policy" },
	[MARK_COUNT + KIND_PLAIN] = { "plain", INK_LINE, PLAIN_BOX, "solid", "box", "normal",
				      false, false, NULL, "──▶", NULL },
	[MARK_COUNT + KIND_TEST] = { "test", INK_GRAY, PLAIN_BOX ",dashed", "dashed", "box",
				     "normal", false, false, NULL, "┄┄▶", "by tests only" },
	[MARK_COUNT + KIND_OUTSIDE] = { "outside", INK_GRAY, "filled", "solid", "box", "empty",
					false, false, NULL, "──▷", "from outside of the tree" },
	[MARK_COUNT + KIND_GROUP] = { "group", INK_LINE, "filled", "solid", "folder", "normal",
				      false, false, NULL, "──▶", "several packages" },
	[MARK_COUNT + KIND_NOTE] = { "note", INK_GRAY, "filled", "solid", "note", "normal",
				     false, false, NULL, "──▶", NULL },
};

const struct theme *draw_theme(enum draw_theme theme)
{
	return &themes[theme];
}

const char *look_line(const struct theme *t, const struct look *l)
{
	switch (l->ink) {
	case INK_LINE:
		return t->line;
	case INK_RED:
		return t->red;
	case INK_BLUE:
		return t->blue;
	case INK_GREEN:
		return t->green;
	case INK_GRAY:
		return t->gray;
	}
	BUG("ink %d", (int)l->ink);
}

const char *look_fill(const struct theme *t, enum draw_mark mark, enum draw_kind kind)
{
	switch (mark) {
	case MARK_CYCLE:
	case MARK_CUT:
	case MARK_FORBIDDEN:
		return t->red_fill;
	case MARK_PATH:
	case MARK_CHANGED:
		return t->blue_fill;
	case MARK_ADDED:
		return t->green_fill;
	case MARK_NONE:
	case MARK_REMOVED:
	case MARK_COUNT:
		break;
	}
	return kind == KIND_OUTSIDE ? t->outside : t->fill;
}

const char *look_edge(struct arena *a, const struct theme *t, const struct look *l, bool behind)
{
	const char *ink = l->ink != INK_LINE ? look_line(t, l) : behind ? t->behind : t->edge;

	return l->twice ? arena_printf(a, "%s:invis:%s", ink, ink) : ink;
}

unsigned look_points(uint32_t size, uint32_t largest)
{
	uint64_t part = largest ? (uint64_t)size * 121 / largest : 0;
	unsigned more = 0;

	/* The area goes with the size: a square root, of 121 at most. */
	while ((uint64_t)(more + 1) * (more + 1) <= part)
		more++;
	return 11 + more;
}

/* Longer names are cut, of longer folders the beginning: a picture has room for others. */
#define NAME_COLUMNS 80u
#define FOLDER_COLUMNS 240u

static const char *name_text(struct arena *a, const char *text)
{
	return xml_text(a, text_cut(a, text_escape(a, text), NAME_COLUMNS));
}

/* A long path is broken behind a slash. */
#define LINE_BYTES 34u

static const char *folder(struct arena *a, const char *whole, size_t whole_len)
{
	const char *text = "", *path = text_cut_left(a, text_escape_bytes(a, whole, whole_len),
						     FOLDER_COLUMNS);
	size_t begin = 0, slash = 0, len = strlen(path);

	for (size_t i = 0; i < len; i++) {
		if (i - begin > LINE_BYTES && slash > begin) {
			text = arena_printf(a, "%s%s<BR/>", text,
					    name_text(a, arena_strndup(a, path + begin,
								       slash - begin)));
			begin = slash;
		}
		if (path[i] == '/')
			slash = i + 1;
	}
	return arena_printf(a, "%s%s", text,
			    name_text(a, arena_strndup(a, path + begin, len - begin)));
}

const char *look_label(struct arena *a, const struct theme *t, const char *text, unsigned size)
{
	const char *slash = strrchr(text, '/');
	/* "//fmt" is not in the folder "/". */
	size_t len = slash && slash[1] && slash > text ? (size_t)(slash - text) + 1 : 0;
	const char *name = arena_printf(a, "<FONT POINT-SIZE=\"%u\"><B>%s</B></FONT>", size,
					name_text(a, text[len] ? text + len : " "));

	if (len && strspn(text, "/") < len)
		name = arena_printf(a, "<FONT POINT-SIZE=\"9\" COLOR=\"%s\">%s</FONT><BR/>%s",
				    t->soft, folder(a, text, len), name);
	else if (len)
		name = arena_printf(a, "<FONT POINT-SIZE=\"%u\"><B>%s</B></FONT>", size,
				    name_text(a, text));
	return name;
}

const char *look_detailed(struct arena *a, const struct theme *t, const char *detail,
			  const char *text, unsigned size)
{
	const char *name = "";

	for (const char *p = text, *end; *p || p == text; p = end + (*end == '\n')) {
		end = p + strcspn(p, "\n");
		name = arena_printf(a, "%s<BR/><FONT POINT-SIZE=\"%u\"><B>%s</B></FONT>", name,
				    size, name_text(a, end > p ? arena_strndup(a, p,
						(size_t)(end - p)) : " "));
		if (!*end)
			break;
	}
	return arena_printf(a, "<FONT POINT-SIZE=\"9\" COLOR=\"%s\">%s</FONT>%s", t->soft,
			    name_text(a, *detail ? detail : " "), name);
}

const char *look_box_label(struct arena *a, const struct theme *t, const struct draw_cluster *c)
{
	const char *text = name_text(a, *c->label ? c->label : " ");

	if (c->box == BOX_LAYER)
		return arena_printf(a, "<FONT POINT-SIZE=\"10\" COLOR=\"%s\">%s</FONT>", t->soft,
				    text);
	return arena_printf(a, "<FONT POINT-SIZE=\"14\"><B>%s</B></FONT>", text);
}

const char *look_edge_label(struct arena *a, const struct theme *t, const struct look *l,
			    const char *text)
{
	return arena_printf(a, "<FONT POINT-SIZE=\"10\" COLOR=\"%s\">%s</FONT>",
			    l->ink == INK_LINE ? t->soft : look_line(t, l),
			    name_text(a, *text ? text : " "));
}
