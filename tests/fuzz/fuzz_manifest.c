/* SPDX-License-Identifier: MIT */
/*
 * fuzz_manifest.c - any bytes as a file of manifests: documents that follow each other without a
 * gap, places that lie in the file, and schemas that can be asked about whatever they hold.
 */
#include "analyzers/mesh/schema.h"
#include "base/yaml.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

struct seen { uint32_t lines, faults; };

static void tell(void *ctx, const struct schema_fault *f)
{
	struct seen *seen = ctx;

	if (f->at->line < 1 || f->at->line > seen->lines || !*f->message || !*f->where)
		BUG("a fault at line %u of %u: '%s'", f->at->line, seen->lines, f->message);
	seen->faults++;
}

static void check_part(const struct yaml_part *p, struct seen *seen)
{
	static const char *const kinds[][2] = {
		{ "apps/v1", "Deployment" }, { "networking.istio.io/v1", "VirtualService" },
		{ "gateway.networking.k8s.io/v1", "HTTPRoute" },
	};
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct yaml_node *root;

	if (yaml_read_part("f", p->bytes, p->len, p->line, &arena, &root, &err)) {
		if (strncmp(err.msg, "f:", 2) != 0)
			BUG("an error without a place: '%s'", err.msg);
	} else if (root->weight < 20000) {
		struct schema_run *run = schema_run_new(&arena);

		for (unsigned i = 0; i < ARRAY_SIZE(kinds); i++)
			schema_check(run, root, schema_find(kinds[i][0], kinds[i][1]), false,
				     &arena, tell, seen);
	}
	arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct yaml_stream s = { .bytes = (const char *)bytes, .len = len, .line = 1 };
	struct seen seen = { .lines = 1 };
	const char *last = s.bytes;
	struct yaml_part part;

	for (size_t i = 0; i < len; i++)
		seen.lines += bytes[i] == '\n';
	while (yaml_next_part(&s, &part)) {
		if (part.bytes < last || part.bytes + part.len > s.bytes + len ||
		    part.line > seen.lines)
			BUG("a document at byte %zu, line %u", (size_t)(part.bytes - s.bytes),
			    part.line);
		last = part.bytes + part.len;
		check_part(&part, &seen);
	}
	return 0;
}
