/* SPDX-License-Identifier: MIT */
/* policy_services.c - the section `services`: names, ports, contexts, whom they call. */
#include "analyzers/policy/policy_reader.h"
#include "base/suggest.h"

#include <string.h>

#define LABEL_MAX 63u
#define PORT_MAX 65535u

static const char *const protocols[] = {
	[POLICY_HTTP] = "http", [POLICY_HTTPS] = "https", [POLICY_GRPC] = "grpc",
	[POLICY_TCP] = "tcp", [POLICY_UDP] = "udp",
};

static bool is_label_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool policy_dns_label(const char *name)
{
	size_t len = strlen(name);

	if (!len || len > LABEL_MAX || name[0] < 'a' || name[0] > 'z' ||
	    !is_label_byte(name[len - 1]))
		return false;
	for (size_t i = 0; i < len; i++)
		if (!is_label_byte(name[i]) && name[i] != '-')
			return false;
	return true;
}

bool policy_port_read(const struct policy_text *text, struct arena *arena, struct policy_port *ret)
{
	const char *s = text->text, *colon = strchr(s, ':'), *slash;

	*ret = (struct policy_port){ .name = "" };
	if (colon) {
		ret->name = arena_strndup(arena, s, (size_t)(colon - s));
		if (!policy_dns_label(ret->name))
			return false;
		s = colon + 1;
	}
	slash = strchr(s, '/');
	if (*s < '1' || *s > '9')
		return false;
	for (; *s >= '0' && *s <= '9' && ret->number <= PORT_MAX; s++)
		ret->number = ret->number * 10 + (uint32_t)(*s - '0');
	if (ret->number > PORT_MAX || s != (slash ? slash : s + strlen(s)))
		return false;
	for (uint32_t i = 0; slash && i < ARRAY_SIZE(protocols); i++)
		if (!strcmp(protocols[i], slash + 1)) {
			ret->protocol = (struct policy_choice){ i, text->at };
			return true;
		}
	return !slash;
}

void policy_read_services(struct policy_reader *r, const struct yaml_node *n)
{
	struct policy_service *list = arena_array(r->arena, struct policy_service, n->count);

	for (uint32_t i = 0; i < n->count; i++) {
		const struct yaml_pair *pair = &n->pair[i];

		list[i].name = pair->key->text;
		list[i].at = policy_pos_of(pair->key);
		if (!policy_dns_label(list[i].name))
			policy_problem(r, list[i].at, "'%.100s' is no name of a service: small "
				       "letters, digits and '-', a letter first, at most 63",
				       list[i].name);
		/* `cart:` alone is a service that has nothing to say but its name. */
		if (yaml_is_null(pair->value))
			continue;
		if (pair->value->kind == YAML_MAP)
			policy_read_section(r, SECTION_SERVICE, pair->value, list[i].at, &list[i]);
		else
			policy_problem(r, policy_pos_of(pair->value), "service '%.100s' is a map, "
				       "not %s", list[i].name, yaml_kind_name(pair->value));
	}
	r->policy->service = list;
	r->policy->nservices = n->count;
}

static bool has_template(const struct policy *p)
{
	for (uint32_t i = 0; i < p->ncontexts; i++)
		if (p->context[i].template)
			return true;
	return false;
}

/* What a template captures is known with the packages only. */
static void check_context(struct policy_reader *r, const struct policy_service *s)
{
	const struct policy *p = r->policy;
	char near[SUGGEST_BYTES];
	struct suggest hint;

	if (!s->context.text || has_template(p))
		return;
	suggest_init(&hint, s->context.text);
	for (uint32_t i = 0; i < p->ncontexts; i++) {
		if (!strcmp(p->context[i].name, s->context.text))
			return;
		suggest_offer(&hint, p->context[i].name);
	}
	policy_problem(r, s->context.at, "unknown context '%.100s'%s", s->context.text,
		       suggest_text(&hint, "", near));
}

static void check_calls(struct policy_reader *r, const struct policy_service *s)
{
	for (uint32_t i = 0; i < s->calls.count; i++) {
		const struct policy_text *name = &s->calls.item[i];

		if (!policy_dns_label(name->text))
			policy_problem(r, name->at, "'%.100s' is no name of a service", name->text);
		else if (!strcmp(name->text, s->name))
			policy_problem(r, name->at, "service '%.100s' calls itself", name->text);
	}
}

static void check_ports(struct policy_reader *r, const struct policy_service *s)
{
	struct policy_port port;

	if (s->port.at.file && (!s->port.value || s->port.value > PORT_MAX))
		policy_problem(r, s->port.at, "a port is 1 to 65535, not %u", s->port.value);
	for (uint32_t i = 0; i < s->ports.count; i++)
		if (!policy_port_read(&s->ports.item[i], r->arena, &port))
			policy_problem(r, s->ports.item[i].at, "'%.100s' is no port: "
				       "[NAME:]NUMBER[/PROTOCOL], 1 to 65535, and %s",
				       s->ports.item[i].text,
				       policy_words("http https grpc tcp udp", r->arena));
}

void policy_check_services(struct policy_reader *r)
{
	for (uint32_t i = 0; i < r->policy->nservices; i++) {
		const struct policy_service *s = &r->policy->service[i];

		check_context(r, s);
		check_calls(r, s);
		check_ports(r, s);
		if (s->namespace_.text && !policy_dns_label(s->namespace_.text))
			policy_problem(r, s->namespace_.at, "'%.100s' is no name of a namespace",
				       s->namespace_.text);
	}
}
