/* SPDX-License-Identifier: MIT */
/*
 * report_page.h - the page of `meshctl report`, as templates/report/bundle.sh made it: all
 * of its style, its scripts and the policy that forbids everything else, but no data.
 */
#ifndef MESHCTL_REPORT_PAGE_H
#define MESHCTL_REPORT_PAGE_H

#include <stddef.h>

/* Data belong between the two, in the page's <head>. */
struct report_page {
	const char *head, *tail;
	size_t head_len, tail_len;
};

struct report_page report_page(void);

#endif
