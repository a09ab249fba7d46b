/* SPDX-License-Identifier: MIT */
/*
 * fuzz_opt.c - any argument vector: parsed or refused with a message, never a
 * crash.  Input: 8 bytes of allowed options, then arguments ended by NUL.
 * Fuzz targets link the library without cmd/, hence the include.
 */
#include "cmd/opt.c"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static const struct command fuzzed = {
	.name = "fuzzed", .options = OPT_BIT(OPT_FORMAT) | OPT_BIT(OPT_JOBS),
};
const struct command *const commands[] = { &fuzzed };
const unsigned ncommands = 1;

static void check(int result, const struct err *err)
{
	if ((result < 0) != (err->code == ERR_USAGE) || (result < 0) != (err->msg[0] != '\0'))
		BUG("answer %d with message '%s'", result, err->msg);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	enum { WORDS = 64 };
	char *argv[WORDS + 1], *text;
	struct settings set;
	struct arena arena = ARENA_INIT;
	struct string_list pieces;
	struct err err = ERR_INIT, second = ERR_INIT;
	uint64_t allowed;
	int argc = 0, first;

	if (len < sizeof(allowed))
		return 0;
	memcpy(&allowed, bytes, sizeof(allowed));
	text = arena_strndup(&arena, (const char *)bytes + sizeof(allowed), len - sizeof(allowed));
	argv[argc++] = arena_strdup(&arena, "fuzzed");
	for (char *p = text; p < text + len - sizeof(allowed) && argc < WORDS; p += strlen(p) + 1)
		argv[argc++] = p;
	argv[argc] = NULL;
	check(opt_first_operand(argc, argv, &first, &err), &err);
	if (err.code == ERR_NONE && (first < 1 || first > argc))
		BUG("first operand %d of %d", first, argc);
	int result = opt_parse(allowed, argc, argv, &set, &first, &second);

	check(result, &second);
	if (!result && (first < 1 || first > argc))
		BUG("operands from %d of %d", first, argc);
	for (int i = first; !result && i < argc; i++)
		if (!argv[i])
			BUG("operand %d is lost", i);
	string_list_split(&set.rules, &arena, &pieces);
	string_list_release(&pieces);
	settings_release(&set);
	arena_release(&arena);
	return 0;
}
