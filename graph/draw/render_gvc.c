/* SPDX-License-Identifier: MIT */
/*
 * render_gvc.c - what the child does: loads libgvc, which need not be installed, lets it
 * read the text, lay it out and render it.  Only functions are used, no structures:
 * any version will do that has them.
 */
#include "graph/draw/render.h"
#include "graph/draw/dot_ids.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define POINTS 72.0                     /* an inch */
#define DPI 96.0                        /* of Graphviz's bitmaps, unless told */
#define LEAST 25u                       /* percent: smaller, and nobody can read it */
#define GRAPH 0                         /* AGRAPH */

struct gvc;
#define agraph Agraph_s

/* libcgraph comes with it: its functions are found through the same handle. */
struct graphviz {
	void *handle;
	struct gvc *(*context)(void), *made;
	struct agraph *(*read)(const char *text);
	int (*layout)(struct gvc *gvc, struct agraph *g, const char *engine);
	void (*attach)(struct agraph *g);
	int (*render)(struct gvc *gvc, struct agraph *g, const char *format, FILE *out);
	char *(*get)(void *object, char *name);
	void *(*declare)(struct agraph *g, int kind, char *name, const char *value);
};

static const char *const names[] = {
#ifdef __APPLE__
	"libgvc.dylib", "/opt/homebrew/lib/libgvc.dylib", "/usr/local/lib/libgvc.dylib",
#else
	"libgvc.so.6", "libgvc.so.7", "libgvc.so",
#endif
};

static const char *const font_names[] = {
#ifdef __APPLE__
	"libfontconfig.1.dylib", "/opt/homebrew/lib/libfontconfig.1.dylib",
#else
	"libfontconfig.so.1",
#endif
};

/* POSIX lets a pointer to data be one to a function; C only through bytes. */
static bool find(void *handle, const char *name, void *ret_function)
{
	void *at = dlsym(handle, name);

	memcpy(ret_function, &at, sizeof(at));
	return at != NULL;
}

static bool load(struct graphviz *g)
{
	for (unsigned i = 0; i < ARRAY_SIZE(names) && !g->handle; i++)
		g->handle = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
	return g->handle && find(g->handle, "gvContext", &g->context) &&
	       find(g->handle, "agmemread", &g->read) && find(g->handle, "gvLayout", &g->layout) &&
	       find(g->handle, "attach_attrs", &g->attach) &&
	       find(g->handle, "gvRender", &g->render) && find(g->handle, "agget", &g->get) &&
	       find(g->handle, "agattr", &g->declare);
}

/*
 * How far a bitmap must be scaled down, in percent; 0 where too little would be left.
 * The size is known once it is laid out, as "x,y,x,y" in points.
 */
static uint32_t fit(struct graphviz *v, struct agraph *g, const struct render_limits *limits,
		    double *ret_width, double *ret_height)
{
	char name[] = "bb", *box, *end;
	double corner[4], width, height;

	v->attach(g);
	box = v->get(g, name);
	for (unsigned i = 0; i < ARRAY_SIZE(corner); i++) {
		corner[i] = box ? strtod(box, &end) : 0;
		box = box ? end + (*end == ',') : NULL;
	}
	width = (corner[2] - corner[0]) / POINTS * DPI + 2 * DPI;
	height = (corner[3] - corner[1]) / POINTS * DPI + 2 * DPI;
	*ret_width = width;
	*ret_height = height;
	for (uint32_t percent = 100; percent >= LEAST; percent--) {
		double w = width * percent / 100, h = height * percent / 100;

		if (w <= (double)limits->side && h <= (double)limits->side &&
		    w * h <= (double)limits->area)
			return percent;
	}
	return 0;
}

/*
 * With ids of our own, so that clusters come in the order of the text and not of
 * addresses in memory; where libgvc brought another libcgraph than ours, with its own.
 */
static struct agraph *read_text(const struct graphviz *v, const char *dot, Agdisc_t *disc)
{
	struct agraph *(*theirs)(void *file, Agdisc_t *disc) = NULL;
	struct agraph *g;
	FILE *in;

	if (!find(v->handle, "agread", &theirs) || theirs != agread)
		return v->read(dot);
	in = fmemopen(loose(dot), strlen(dot), "r");
	if (!in)
		return NULL;
	g = theirs(in, disc);
	fclose(in);
	return g;
}

static int draw(struct graphviz *v, const struct render_job *job,
		const struct render_limits *limits, FILE *out)
{
	struct render_head head = { .magic = RENDER_MAGIC, .percent = 100 };
	Agiddisc_t ids = dot_ids();
	Agdisc_t disc = { .id = &ids, .io = &AgIoDisc };
	struct gvc *context = v->made ? v->made : v->context();
	struct agraph *g = context ? read_text(v, job->dot, &disc) : NULL;
	double width = 0, height = 0;

	if (!g || v->layout(context, g, "dot"))
		return EXIT_FAILURE;
	if (job->bitmap)
		head.percent = fit(v, g, limits, &width, &height);
	if (!head.percent) {
		fprintf(stderr, "it would have %.0f x %.0f pixels, and %u at most are possible "
			"on a side: take --format svg, or draw less of it\n", width, height,
			(unsigned)limits->side);
		return EXIT_FAILURE;
	}
	if (head.percent < 100) {
		char name[] = "viewport", text[64];

		snprintf(text, sizeof(text), "%.0f,%.0f,%.2f", width * head.percent / 100,
			 height * head.percent / 100, head.percent / 100.0);
		v->declare(g, GRAPH, name, text);
	}
	fwrite(&head, sizeof(head), 1, out);
	return v->render(context, g, job->format, out) ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* Reading what fonts there are takes longer than all else before a small picture. */
static void read_fonts(void)
{
	int (*init)(void) = NULL;

	/* Only where Graphviz brought it: it writes its texts without, as well. */
	for (unsigned i = 0; i < ARRAY_SIZE(font_names); i++) {
		void *handle = dlopen(font_names[i], RTLD_NOW | RTLD_LOCAL | RTLD_NOLOAD);

		if (handle && find(handle, "FcInit", &init)) {
			init();
			return;
		}
	}
}

/* Nothing that drawing would not do as well; what is wrong here is told there. */
void *render_warm(void)
{
	struct graphviz *v = xcalloc(1, sizeof(*v));

	if (load(v))
		v->made = v->context();
	if (v->made)
		read_fonts();
	return v;
}

int render_graphviz(const struct render_job *job, const struct render_limits *limits, FILE *out)
{
	struct graphviz own = { 0 }, *v = job->warm ? job->warm : &own;

	if (!v->made && !load(v)) {
		const char *why = v->handle ? "libgvc lacks a function" : dlerror();

		fprintf(stderr, "Graphviz is needed for it, and is not installed (" RENDER_INSTALL
			"): %s\n", why ? why : "");
		return EXIT_FAILURE;
	}
	return draw(v, job, limits, out);
}
