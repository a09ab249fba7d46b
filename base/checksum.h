/* SPDX-License-Identifier: MIT */
/*
 * checksum.h - a fast 64-bit checksum of a block of memory, against damage, not
 * against forgery.  Four lanes of multiply and rotate, as in Y. Collet's XXH64
 * but not equal to it.  Differs between byte orders: for what stays on one machine.
 */
#ifndef MESHCTL_CHECKSUM_H
#define MESHCTL_CHECKSUM_H

#include "base/base.h"

uint64_t checksum(uint64_t seed, const void *bytes, size_t len);

#endif
