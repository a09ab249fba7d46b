/* SPDX-License-Identifier: MIT */
/* report_page.c - the page that the build embeds, cut where data belong. */
#include "templates/report_page.h"
#include "base/base.h"

#include <string.h>

/* Written by the build, see templates/embed.sh. */
extern const unsigned char report_page_text[];
extern const size_t report_page_len;

struct report_page report_page(void)
{
	static const char mark[] = "<!-- data -->\n";
	const char *text = (const char *)report_page_text;
	const char *at = strstr(text, mark);
	size_t before = at ? (size_t)(at - text) : report_page_len;

	if (before == report_page_len)
		BUG("the page has no place for data");
	return (struct report_page){
		.head = text, .head_len = before,
		.tail = text + before + strlen(mark),
		.tail_len = report_page_len - before - strlen(mark),
	};
}
