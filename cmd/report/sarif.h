/* SPDX-License-Identifier: MIT */
/* sarif.h - what the two halves of the SARIF report share: results, and the rules of the tool. */
#ifndef MESHCTL_SARIF_H
#define MESHCTL_SARIF_H

#include "cmd/report/report.h"

/* The member `driver` of `tool`: name, version, and every rule in the order of rule_rows. */
void sarif_driver(const struct report *r, struct json_out *j);
const char *sarif_level(enum severity severity);
/* {"text": text} */
struct json *sarif_message(const char *text);

#endif
