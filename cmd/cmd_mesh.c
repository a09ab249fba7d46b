/* SPDX-License-Identifier: MIT */
/* cmd_mesh.c - meshctl mesh: what it says of itself, and which sub-commands it has. */
#include "cmd/subcommand.h"

#define MESH(name) extern const struct subcommand mesh_##name;
#include "cmd/meshes.def"
#undef MESH

static const struct subcommand *const list[] = {
#define MESH(name) &mesh_##name,
#include "cmd/meshes.def"
#undef MESH
};

static const char *const formats[] = {
#define REPORTER(name) #name,
#include "cmd/report/reporters.def"
#undef REPORTER
	NULL,
};

static const struct example examples[] = {
	{ "mesh model", "the services: what they listen on, serve and call, and where it stands" },
	{ "mesh generate --stage split --print -o deploy", "which files that would write" },
	{ "mesh lint deploy",
	  "the manifests below deploy against their schemas, each other and the code" },
};

static const char *const see_also[] = { "contexts", "gate", "adr", "policy", NULL };

static const char model_words[] =
	"TASK is `model`: the services of the tree, as JSON; SERVICE names those that are shown. "
	"A service is a `package main` that listens, or one that `services` of the policy names; "
	"its code is what it reaches by imports inside the tree. Read are: addresses that it "
	"listens on, HTTP routes with the prefixes of their groups, gRPC registrations and "
	"clients, keys of the environment, breakers, retries and timeouts with their literals, "
	"discovery inside the program, hosts outside, drivers of datastores. Constants, variables "
	"and parameters are followed as far as the code says them; `head` and `tail` of a text "
	"tell that something unknown stands before or behind it. A call belongs to the service "
	"that registers its gRPC service, that the policy's `calls` name, or whose name is in "
	"the key of the environment or the host that give the address; `reason` says which. What "
	"guards calls belongs to the service that its name says or that the calls within it "
	"are for: the function handed to a breaker or a retry, the requests of a client, the "
	"clients of a gRPC connection; its `reason` says why, or why it belongs to none.";

/* The table of what becomes of breakers, as the man page has it. */
#define FIELD_EJECT "outlierDetection.baseEjectionTime"
#define FIELD_INTERVAL "outlierDetection.interval"
#define FIELD_ERRORS "outlierDetection.consecutive5xxErrors"
#define FIELD_REQUESTS "connectionPool.http.http2MaxRequests"
#define FIELD_TIMEOUT "timeout of the route"
#define FIELD_ATTEMPTS "retries, one less, when the code tries no more"
#define FIELD_RETRIES "retries, when the code tries no more"
#define FIELD_LOST "nothing"
#define GUARD(library, key, field, lost) \
	"\n\n`" key "` of " library ": " FIELD_##field lost "."
#define NO_GUARD(library, key)

static const char guard_words[] =
	"What becomes of settings that guard calls, in Istio's words; timeouts and retries stand "
	"in the VirtualService, the others in the DestinationRule:"
#include "templates/mesh_guards.def"
	;
#undef GUARD
#undef NO_GUARD

static const char *const more[] = {
	"TASK is `generate`: writes the manifests of SERVICE, or of all, into the folder that -o "
	"names; without it they are printed as one stream for kubectl. --stage mono puts a Service "
	"for each service in front of the program that still serves them all, so that callers can "
	"move first; split gives each a Deployment, a Service with named ports and a "
	"ServiceAccount; mesh adds what --target routes and guards with. Probes are routes that "
	"the code serves. Breakers become outlier detection and connection pools, timeouts belong "
	"to the routes, and what nothing can carry over is a comment. Each fact has the line of "
	"code that it came from.\n\n"
	"With --steps N the named services are written as in the middle of a release: v2 stands "
	"beside v1 and gets N percent of the requests, and those that carry `x-release: v2` or "
	"`x-user-group: testers`; with --zone only callers of that zone count for the share. The "
	"files of the other services stay as they are.\n\n"
	"A service whose callers are not all among those that are written stays PERMISSIVE, and "
	"its authorization policy is only logged; else mTLS is STRICT.",
	"TASK is `plan`: the release of SERVICE, into the folder that -o names. Each numbered "
		"folder "
	"holds the whole state of one step in release.yaml, and rollback.sh, which goes back to "
		"the "
	"step before: the new version without requests, testers, the first of --steps in --zone "
	"alone, then across zones, up to all; then plain text is refused; then the old version "
	"goes. RUNBOOK.md says how long each step is held and what is watched meanwhile; "
	"adr-draft.md is the decision, to be finished and moved to the others.",
	guard_words,
	"Every file begins with a line that holds the hash of what was generated. Running it again "
	"updates the files that nobody changed. One that was changed by hand stays: where the "
	"code has changed since as well, the new text is put beside it as FILE.generated, to be "
	"merged together with its first line. Such a file, and one that meshctl did not write, "
	"is told, and the exit status is 1. Nothing is written outside the folder or through a "
	"link in it. --print tells what would be written. A file that was generated for a service "
	"that is gone, or that no longer needs it, is told; --prune deletes it unless somebody "
	"changed it.",
	"TASK is `lint`: reads Kubernetes and mesh manifests below DIR, here unless told: "
	"documents with apiVersion and kind in *.yaml, *.yml and *.json, but for what is "
	"hidden, vendor, node_modules and testdata. DIR may be one file, may lie outside of the "
	"repository, and `-` is standard input, whose findings are in <stdin>. "
	"A List is what it lists. Each is held "
	"against the closed schema of its kind, against the others, and against the services "
	"in the code. Templates of a Helm chart are programs: they are counted, and judged "
	"once `helm template` has rendered them. Status 1 from warnings up unless --fail-on "
	"says otherwise, 3 where there is no manifest. The policy's `manifests` makes analyze"
	" and gate judge them as well.",
	NULL,
};

const struct command command_mesh = {
	.name = "mesh",
	.summary = "the services in the code, for a service mesh",
	.group = GROUP_SHIP,
	.operands = "TASK [SERVICE...|DIR|-]",
	.min_operands = 1,
	.max_operands = 100,
	.detail = model_words,
	.more = more,
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_CONFIG) | OPT_TREE | OPT_BIT(OPT_FORMAT) |
		   OPT_BIT(OPT_JSON) | OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_PLATFORM) |
		   OPT_BIT(OPT_TAGS) | OPT_BIT(OPT_CGO) | OPT_BIT(OPT_GO) |
		   OPT_BIT(OPT_ALL) | OPT_BIT(OPT_RULE) | OPT_BIT(OPT_TAG) |
		   OPT_BIT(OPT_ALL_RULES) | OPT_BIT(OPT_OWNER) | OPT_BIT(OPT_FAIL_ON) |
		   OPT_BIT(OPT_NOW) | OPT_BIT(OPT_SHOW_SUPPRESSED) | OPT_BIT(OPT_COLOR) |
		   OPT_BIT(OPT_NO_CACHE) | OPT_BIT(OPT_JOBS) | OPT_BIT(OPT_QUIET) |
		   OPT_BIT(OPT_TARGET) | OPT_BIT(OPT_STAGE) | OPT_BIT(OPT_PRINT) |
		   OPT_BIT(OPT_STEPS) | OPT_BIT(OPT_ZONE) | OPT_BIT(OPT_PRUNE),
	.formats = formats,
	.task = list, .ntasks = ARRAY_SIZE(list),
	.examples = examples,
	.nexamples = ARRAY_SIZE(examples),
	.see_also = see_also,
};
