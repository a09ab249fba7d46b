/* SPDX-License-Identifier: MIT */
/* adr.c - the records of a tree, as the sub-commands of `meshctl adr` see them. */
#include "cmd/adr.h"
#include "analyzers/policy/discover.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/suggest.h"
#include "base/text.h"
#include "cmd/hold.h"
#include "graph/source/tree.h"

#include <string.h>

int adr_open(const struct run *run, struct adr_desk *ret, struct err *err)
{
	const struct source_options o = {
		.dir = ".", .rev = run->set->rev, .staged = run->set->staged,
	};
	const char *dir = NULL;

	*ret = (struct adr_desk){ .policy = NULL };
	if (policy_load(&o, run->set->config, run->arena, &ret->policy, NULL, err) ||
	    source_place(&o, run->arena, &ret->place, err))
		return -1;
	const struct policy_adr *adr = &ret->policy->adr;
	const char *folder = ret->policy->folder ? ret->policy->folder : ret->place.below;

	if (adr->dir.text)
		dir = path_join(run->arena, folder, adr->dir.text);
	adrs_read(ret->place.tree, folder, dir, run->arena, &ret->all);
	return 0;
}

void adr_close(struct adr_desk *d)
{
	tree_close(d->place.tree);
	d->place.tree = NULL;
}

/* A number that two records have names neither of them. */
static int check_one(const struct adr_desk *d, const char *text, uint32_t at, struct err *err)
{
	const struct adr *r = &d->all.item[at], *next = r + 1;

	if ((!r->number && !r->is_zero) || at + 1 == d->all.count || adr_order(next) != r->number ||
	    !strcmp(text, r->name) || !strcmp(text, r->path) ||
	    strspn(text, "adrADR-_ #0123456789") != strlen(text))
		return 0;
	return err_set(err, ERR_USAGE, "'%.60s' is the number of more than one record: say "
		       "'%.200s' "
		       "or '%.200s'", text, r->name, next->name);
}

int adr_named(const struct adr_desk *d, const char *text, uint32_t *ret, struct err *err)
{
	char near[SUGGEST_BYTES];
	struct suggest s;

	*ret = adr_find(&d->all, text);
	if (*ret != ADR_NONE)
		return check_one(d, text, *ret, err);
	if (!d->all.count)
		return err_set(err, ERR_USAGE, "there are no decision records%s%s",
			       d->all.dir ? " in "
				: ": 'meshctl adr new TITLE' writes the first one",
			       d->all.dir ? d->all.dir : "");
	suggest_init(&s, text);
	for (uint32_t i = 0; i < d->all.count; i++)
		suggest_offer(&s, d->all.item[i].name);
	return err_set(err, ERR_USAGE, "there is no decision record '%.100s'%s", text,
		       s.count ? suggest_text(&s, "", near) : "; 'meshctl adr list' shows them");
}

int record_lock(const struct adr_desk *d, uint32_t at, struct arena *arena,
		struct open_record *ret, struct err *err)
{
	const struct adr *r = &d->all.item[at];
	const char *path = adr_typed(d, r->path, arena), *bytes;
	struct adr_problem problem;
	size_t len;

	if (replace_begin(path, arena, &ret->file, err))
		return -1;
	if (replace_read(&ret->file, (size_t)limit_of(LIMIT_ADR_BYTES), arena, &bytes, &len,
			 err)) {
		replace_end(&ret->file);
		return -1;
	}
	if (!bytes || memchr(bytes, '\0', len) ||
	    !adr_parse(r->path, bytes, len, arena, &ret->now, &problem)) {
		replace_end(&ret->file);
		return err_set(err, ERR_INPUT, "'%.200s' is no decision record any more", path);
	}
	ret->text = bytes;
	return 0;
}

int record_put(const struct open_record *r, struct err *err)
{
	if (!strcmp(r->text, r->now.bytes))
		return 0;
	return replace_put(&r->file, r->text, strlen(r->text), err);
}

void record_back(const struct open_record *r)
{
	struct err ignored = ERR_INIT;

	if (strcmp(r->text, r->now.bytes) != 0)
		replace_put(&r->file, r->now.bytes, r->now.len, &ignored);
}

const char *adr_typed(const struct adr_desk *d, const char *path, struct arena *arena)
{
	return hold_typed(d->place.root, path, arena);
}

const char *adr_status_shown(const struct adr *r, struct arena *arena)
{
	if (r->state != ADR_STRANGE)
		return r->state == ADR_NO_STATUS ? "no status" : adr_status_name[r->state];
	return text_cut(arena, text_escape(arena, r->status.text), 20);
}

struct json *adr_json(const struct adrs *all, const struct adr *r)
{
	struct json *o = json_object(), *links = json_array();

	if (r->number || r->is_zero)
		json_set_int(o, "number", r->number);
	else
		json_set(o, "number", NULL);
	json_set_text(o, "name", r->name);
	json_set_text(o, "title", r->title.text);
	json_set_text(o, "status", adr_status_name[r->state]);
	json_set_text(o, "status_text", r->status.text);
	json_set_text(o, "date", *r->date.text ? r->date.text : NULL);
	json_set_text(o, "format", adr_format_name[r->format]);
	json_set_text(o, "path", r->path);
	for (uint32_t i = 0; i < r->nlinks; i++) {
		const struct adr_link *l = &r->link[i];
		struct json *link = json_object();

		json_set_text(link, "relation", adr_relation_name[l->relation]);
		json_set_text(link, "target", l->target);
		json_set_text(link, "path", l->record == ADR_NONE ? NULL :
			      all->item[l->record].path);
		json_set_int(link, "line", l->at.line);
		json_set_bool(link, "broken", l->broken);
		json_push(links, link);
	}
	json_set(o, "links", links);
	return o;
}
