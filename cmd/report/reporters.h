/* SPDX-License-Identifier: MIT */
/* reporters.h - every reporter by name; each is defined in the file of its format. */
#ifndef MESHCTL_REPORTERS_H
#define MESHCTL_REPORTERS_H

#include "cmd/report/report.h"

extern const struct reporter reporter_text;
extern const struct reporter reporter_json;

#endif
