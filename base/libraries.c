/* SPDX-License-Identifier: MIT */
/* libraries.c - asks the libraries for their versions. */
#include "base/libraries.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <cjson/cJSON.h>
#include <pcre2.h>
#include <string.h>
#include <yaml.h>

void base_libraries(struct arena *arena, struct library ret[BASE_LIBRARIES])
{
	char pcre[64] = "";

	/* "10.42 2022-12-11" */
	if (pcre2_config(PCRE2_CONFIG_VERSION, NULL) <= (int)sizeof(pcre))
		pcre2_config(PCRE2_CONFIG_VERSION, pcre);
	pcre[strcspn(pcre, " ")] = '\0';
	ret[0] = (struct library){
		"cJSON", arena_strdup(arena, cJSON_Version()),
		arena_printf(arena, "%d.%d.%d", CJSON_VERSION_MAJOR, CJSON_VERSION_MINOR,
			     CJSON_VERSION_PATCH),
	};
	ret[1] = (struct library){
		"libyaml", arena_strdup(arena, yaml_get_version_string()), NULL,
	};
	ret[2] = (struct library){
		"PCRE2", arena_strdup(arena, pcre),
		arena_printf(arena, "%d.%d", PCRE2_MAJOR, PCRE2_MINOR),
	};
}
