/* SPDX-License-Identifier: MIT */
/* sourcelibraries.h - which versions of foreign libraries run: those that read the source. */
#ifndef MESHCTL_SOURCELIBRARIES_H
#define MESHCTL_SOURCELIBRARIES_H

#include "base/libraries.h"

#define SOURCE_LIBRARIES 3u

void source_libraries(struct arena *arena, struct library ret[SOURCE_LIBRARIES]);

#endif
