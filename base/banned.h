/* SPDX-License-Identifier: MIT */
/*
 * banned.h - functions that do not compile here, because every use of them is
 * a bug or hides one.  The Makefile includes it before each file (-include).
 */
#ifndef MESHCTL_BANNED_H
#define MESHCTL_BANNED_H

/* Declared first, so that poisoning does not hit the system headers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

/* glibc makes it a macro. */
#undef alloca

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf strtok strtok_r
#pragma GCC poison atoi atol atoll atof gets scanf sscanf fscanf alloca
#pragma GCC poison gmtime localtime asctime rand srand system tmpnam mktemp

#endif
