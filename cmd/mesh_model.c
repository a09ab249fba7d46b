/* SPDX-License-Identifier: MIT */
/*
 * mesh_model.c - meshctl mesh model: the services as JSON, one document each in a stream;
 * cmd/report/mesh-model.schema.json describes it.
 */
#include "analyzers/services/services.h"
#include "base/json.h"
#include "base/suggest.h"
#include "cmd/output.h"
#include "cmd/session.h"
#include "cmd/subcommand.h"

#include <string.h>

static void set_text(struct json *o, const char *key, const char *text)
{
	json_set_text(o, key, text && *text ? text : NULL);
}

static void set_place(struct json *o, const struct service_place *at)
{
	set_text(o, "path", at->path);
	json_set_int(o, "line", at->line);
	json_set_int(o, "col", at->col);
	set_text(o, "symbol", at->symbol);
}

static struct json *joined(const struct service_text *t)
{
	struct json *o = json_object();

	json_set_text(o, "text", t->text);
	json_set_bool(o, "head", t->head);
	json_set_bool(o, "tail", t->tail);
	return o;
}

static const char *protocol(enum service_protocol p)
{
	return p == PROTO_UNKNOWN ? NULL : service_protocol_name[p];
}

static void set_number(struct json *o, const char *key, uint32_t number)
{
	if (number)
		json_set_int(o, key, number);
	else
		json_set(o, key, NULL);
}

static struct json *port_json(const struct service_port *p)
{
	struct json *o = json_object();

	set_text(o, "name", p->name);
	set_number(o, "number", p->number);
	set_text(o, "env", p->env);
	json_set_text(o, "protocol", protocol(p->protocol));
	set_place(o, &p->at);
	return o;
}

static struct json *route_json(const struct service_route *r)
{
	struct json *o = json_object();

	set_text(o, "method", r->method);
	json_set(o, "route", joined(&r->path));
	json_set_bool(o, "prefix", r->prefix);
	set_text(o, "framework", r->framework);
	json_set_text(o, "protocol", protocol(r->protocol));
	set_place(o, &r->at);
	return o;
}

static struct json *env_json(const struct service_env *e)
{
	struct json *o = json_object();

	json_set_text(o, "key", e->key);
	set_text(o, "default", e->standard);
	set_place(o, &e->at);
	return o;
}

static struct json *call_json(const struct services *s, const struct service_call *c)
{
	struct json *o = json_object();

	json_set_text(o, "to", c->to == SERVICE_NONE ? NULL : s->service[c->to].name);
	json_set(o, "host", joined(&c->host));
	set_number(o, "port", c->port);
	set_text(o, "env", c->env);
	set_text(o, "client", c->client);
	json_set_text(o, "protocol", protocol(c->protocol));
	json_set_bool(o, "tls", c->tls);
	set_text(o, "reason", c->reason);
	set_place(o, &c->at);
	return o;
}

static struct json *guard_json(const struct services *s, const struct service_guard *g)
{
	struct json *o = json_object(), *settings = json_array();

	json_set_text(o, "library", g->library);
	json_set_text(o, "kind", g->kind);
	set_text(o, "name", g->name);
	json_set_text(o, "to", g->to == SERVICE_NONE ? NULL : s->service[g->to].name);
	json_set_text(o, "reason", g->reason);
	for (uint32_t i = 0; i < g->nsettings; i++) {
		const struct service_setting *set = &g->setting[i];
		struct json *one = json_object();

		json_set_text(one, "key", set->key);
		json_set_text(one, "literal", set->literal);
		if (set->value == INT64_MIN)
			json_set(one, "value", NULL);
		else
			json_set_int(one, "value", set->value);
		set_place(one, &set->at);
		json_push(settings, one);
	}
	json_set(o, "settings", settings);
	set_place(o, &g->at);
	return o;
}

static struct json *discovery_json(const struct service_discovery *d)
{
	struct json *o = json_object();

	json_set_text(o, "library", d->library);
	json_set_text(o, "does", d->does);
	json_set(o, "name", joined(&d->name));
	set_place(o, &d->at);
	return o;
}

/* Members of the service's document, whose containers are streamed. */
static void put_head(struct json_out *j, const struct service *s)
{
	struct json *at = json_object(), *stores = json_array();

	json_out_text(j, "name", s->name);
	json_out_text(j, "context", *s->context ? s->context : NULL);
	json_out_text(j, "package", *s->package ? s->package : NULL);
	json_out_text(j, "namespace", *s->namespace_ ? s->namespace_ : NULL);
	json_out_text(j, "image", *s->image ? s->image : NULL);
	json_out_bool(j, "declared", s->declared);
	set_place(at, &s->at);
	json_out_member(j, "at", at);
	for (uint32_t i = 0; i < s->ndatastores; i++)
		json_push_text(stores, s->datastore[i]);
	json_out_member(j, "datastores", stores);
}

#define PUT_LIST(j, key, n, one) \
	do { \
		json_out_open((j), (key), JSON_ARRAY); \
		for (uint32_t i = 0; i < (n); i++) \
			json_out_value((j), (one)); \
		json_out_close(j); \
	} while (0)

static void put_service(struct json_out *j, const struct services *all, const struct service *s)
{
	json_out_open(j, NULL, JSON_OBJECT);
	put_head(j, s);
	PUT_LIST(j, "ports", s->nports, port_json(&s->port[i]));
	PUT_LIST(j, "routes", s->nroutes, route_json(&s->route[i]));
	PUT_LIST(j, "env", s->nenvs, env_json(&s->env[i]));
	PUT_LIST(j, "calls", s->ncalls, call_json(all, &s->call[i]));
	PUT_LIST(j, "guards", s->nguards, guard_json(all, &s->guard[i]));
	PUT_LIST(j, "discovery", s->ndiscoveries, discovery_json(&s->discovery[i]));
	json_out_close(j);
}

static bool wanted(const struct run *run, const struct service *s)
{
	for (int i = 0; i < run->noperands; i++)
		if (!strcmp(run->operand[i], s->name))
			return true;
	return !run->noperands;
}

static int check_names(const struct run *run, const struct services *s, struct err *err)
{
	char near[SUGGEST_BYTES];

	for (int i = 0; i < run->noperands; i++) {
		struct suggest hint;

		if (services_get(s, run->operand[i]))
			continue;
		suggest_init(&hint, run->operand[i]);
		for (uint32_t k = 0; k < s->count; k++)
			suggest_offer(&hint, s->service[k].name);
		return err_set(err, ERR_USAGE, "there is no service '%.100s'%s", run->operand[i],
			       hint.count ? suggest_text(&hint, "", near) :
					    "; 'meshctl mesh model' shows them");
	}
	return 0;
}

static int put(const struct run *run, const struct services *s, FILE *out, struct err *err)
{
	struct json *work = json_object();
	struct json_out j;

	json_set_int(work, "programs", s->programs);
	json_set_int(work, "skipped_programs", s->skipped_programs);
	json_set_int(work, "files", s->files);
	json_set_int(work, "bytes", s->bytes);
	json_set_int(work, "degraded", s->degraded);
	json_set_int(work, "unresolved_routes", s->unresolved_routes);
	json_set_int(work, "unresolved_calls", s->unresolved_calls);
	json_out_init(&j, out, JSON_INDENTED);
	json_out_open(&j, NULL, JSON_OBJECT);
	json_out_int(&j, "schema", 1);
	json_out_text(&j, "command", "mesh");
	json_out_text(&j, "tool", "model");
	json_out_open(&j, "services", JSON_ARRAY);
	for (uint32_t i = 0; i < s->count; i++)
		if (wanted(run, &s->service[i]))
			put_service(&j, s, &s->service[i]);
	json_out_close(&j);
	json_out_member(&j, "work", work);
	json_out_close(&j);
	return json_out_finish(&j, err);
}

static int model_run(struct run *run, struct err *err)
{
	const struct session_wish wish = { .graph = true };
	struct arena scratch = ARENA_INIT;
	struct run own = *run;
	struct services services;
	struct session s;

	own.noperands = 0;              /* names of services, no PATTERN */
	if (session_open(&own, &wish, &s, err))
		return -1;
	const struct analysis a = {
		.source = s.source, .graph = s.graph, .policy = s.policy, .mapping = s.mapping,
		.scratch = &scratch, .no_cache = !s.options.cache,
	};
	int rc = services_find(&a, run->arena, &services, err);

	session_told(&s);
	if (!rc)
		rc = check_names(run, &services, err);
	for (unsigned i = 0; !rc && i < run->noutputs; i++)
		rc = put(run, &services, run->output[i].file, err);
	if (!rc)
		session_tell_broken(&own, s.source, false);
	arena_release(&scratch);
	session_close(&s);
	return rc ? -1 : EXIT_CLEAN;
}

/* JSON whatever is asked for: the format of the command is text unless told. */
static const char *const formats[] = { "text", "json", NULL };

const struct subcommand mesh_model = {
	.name = "model", .summary = "the services in the code and the policy, as JSON",
	.operands = "[SERVICE...]", .max_operands = 99,
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_CONFIG) | OPT_TREE | OPT_BIT(OPT_FORMAT) |
		   OPT_BIT(OPT_JSON) | OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_PLATFORM) |
		   OPT_BIT(OPT_TAGS) | OPT_BIT(OPT_CGO) | OPT_BIT(OPT_GO) |
		   OPT_BIT(OPT_NO_CACHE) | OPT_BIT(OPT_JOBS) | OPT_BIT(OPT_QUIET),
	.formats = formats, .run = model_run,
};
