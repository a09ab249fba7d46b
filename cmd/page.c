/* SPDX-License-Identifier: MIT */
/* page.c - the panels as rows, and the page around their data. */
#include "cmd/page.h"
#include "base/text.h"
#include "cmd/report/report_words.h"
#include "templates/report_page.h"

#include <string.h>

const struct panel panels[] = {
#define PANEL(ident, id, title, needs) { id, title, needs, panel_##ident },
#include "cmd/panels.def"
#undef PANEL
};
const uint32_t npanels = ARRAY_SIZE(panels);

uint32_t page_needs(void)
{
	uint32_t needs = 0;

	for (uint32_t i = 0; i < npanels; i++)
		needs |= panels[i].needs;
	return needs;
}

static bool wanted(const struct page *p, const struct panel *panel)
{
	return !(panel->needs & FACT_POLICY) || p->report->mapping;
}

struct run page_run(const struct page *p, struct settings *ret_set)
{
	struct run own = *p->run;

	*ret_set = *p->run->set;
	ret_set->quiet = true;
	own.set = ret_set;
	return own;
}

const char *page_no_git(const struct page *p)
{
	const struct source_rev *rev = &p->report->source->rev;

	return rev->known && *rev->commit ? NULL : "this is no git repository, or has no commit";
}

/* Where a text is markup: what could be read as such is written as a number. */
static void write_text(FILE *out, const char *text, struct arena *a)
{
	for (const char *s = clean_utf8(text_escape(a, text), a); *s; s++) {
		if (strchr("<>&\"'", *s))
			fprintf(out, "&#%d;", *s);
		else
			fputc(*s, out);
	}
}

static int write_panel(const struct page *p, const struct panel *panel, FILE *out, struct err *err)
{
	struct err finish = ERR_INIT;
	struct json_out j;

	/* A block of data: browsers neither run it nor ask the policy of the page for it. */
	fprintf(out, "<script type=\"application/json\" id=\"data-%s\" data-title=\"%s\">",
		panel->id, panel->title);
	json_out_init(&j, out, JSON_SCRIPT);
	json_out_open(&j, NULL, JSON_OBJECT);
	int rc = panel->write(p, &j, err);

	while (j.depth)
		json_out_close(&j);
	if (json_out_finish(&j, &finish) && !rc) {
		*err = finish;
		rc = -1;
	}
	fputs("</script>\n", out);
	return rc;
}

int page_write(const struct page *p, FILE *out, struct err *err)
{
	const struct report_page page = report_page();
	int rc = 0;

	fwrite(page.head, 1, page.head_len, out);
	fputs("<title>", out);
	write_text(out, session_module(p->report->source, p->arena), p->arena);
	fputs(": meshctl report</title>\n", out);
	for (uint32_t i = 0; i < npanels && !rc; i++) {
		arena_reset(p->arena);
		if (wanted(p, &panels[i]))
			rc = write_panel(p, &panels[i], out, err);
	}
	fwrite(page.tail, 1, page.tail_len, out);
	return rc ? rc : report_flush(out, err);
}
