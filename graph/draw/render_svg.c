/* SPDX-License-Identifier: MIT */
/*
 * render_svg.c - what the child does with a picture that is SVG already: loads librsvg and
 * cairo, which need not be installed, and writes it as PNG.  Only functions are used.
 */
#include "graph/draw/draw.h"
#include "graph/draw/render.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#define SCALE 2                         /* pixels of a unit, where the limits allow */

struct rectangle { double x, y, width, height; };

struct rsvg {
	void *svg, *cairo;              /* libraries */
	void *(*open)(const unsigned char *data, size_t len, void **error);
	int (*draw)(void *handle, void *context, const struct rectangle *at, void **error);
	void *(*surface)(int format, int width, int height);
	void *(*context)(void *surface);
	int (*write)(void *surface, int (*put)(void *to, const unsigned char *data, unsigned len),
		     void *to);
};

#ifdef __APPLE__
static const char *const svg_names[] = { "librsvg-2.dylib", "/opt/homebrew/lib/librsvg-2.dylib" };
static const char *const cairo_names[] = { "libcairo.dylib", "/opt/homebrew/lib/libcairo.dylib" };
#else
static const char *const svg_names[] = { "librsvg-2.so.2", "librsvg-2.so" };
static const char *const cairo_names[] = { "libcairo.so.2", "libcairo.so" };
#endif

static void *open_library(const char *const *name, unsigned count)
{
	void *handle = NULL;

	for (unsigned i = 0; i < count && !handle; i++)
		handle = dlopen(name[i], RTLD_NOW | RTLD_LOCAL);
	return handle;
}

/* POSIX lets a pointer to data be one to a function; C only through bytes. */
static bool find(void *handle, const char *name, void *ret_function)
{
	void *at = dlsym(handle, name);

	memcpy(ret_function, &at, sizeof(at));
	return at != NULL;
}

static bool load(struct rsvg *r)
{
	r->svg = open_library(svg_names, ARRAY_SIZE(svg_names));
	r->cairo = open_library(cairo_names, ARRAY_SIZE(cairo_names));
	return r->svg && r->cairo && find(r->svg, "rsvg_handle_new_from_data", &r->open) &&
	       find(r->svg, "rsvg_handle_render_document", &r->draw) &&
	       find(r->cairo, "cairo_image_surface_create", &r->surface) &&
	       find(r->cairo, "cairo_create", &r->context) &&
	       find(r->cairo, "cairo_surface_write_to_png_stream", &r->write);
}

static int put(void *to, const unsigned char *data, unsigned len)
{
	return fwrite(data, 1, len, to) == len ? 0 : 11;        /* CAIRO_STATUS_WRITE_ERROR */
}

/* Our own pictures say viewBox="0 0 WIDTH HEIGHT". */
static bool size_of(const char *svg, double *ret_width, double *ret_height)
{
	static const char box[] = "viewBox=\"0 0 ";
	const char *at = strstr(svg, box);
	char *end;

	if (!at)
		return false;
	*ret_width = strtod(at + sizeof(box) - 1, &end);
	*ret_height = strtod(end, &end);
	return *ret_width >= 1 && *ret_height >= 1 && *ret_width < 1e6 && *ret_height < 1e6;
}

static bool fits(double width, double height, const struct render_limits *limits)
{
	return width <= (double)limits->side && height <= (double)limits->side &&
	       width * height <= (double)limits->area;
}

int render_svg(const struct render_job *job, const struct render_limits *limits, FILE *out)
{
	struct render_head head = { .magic = RENDER_MAGIC, .percent = 100 };
	struct rectangle at = { 0 };
	struct rsvg r = { .svg = NULL };
	double width, height;

	if (!load(&r)) {
		fputs("librsvg is needed for it, and is not installed (Debian: librsvg2-2; Fedora: "
		      "librsvg2; Homebrew: librsvg): take --format svg\n", stderr);
		return EXIT_FAILURE;
	}
	if (!size_of(job->dot, &width, &height) || !fits(width, height, limits)) {
		fputs("it is too large for a bitmap: take --format svg\n", stderr);
		return EXIT_FAILURE;
	}
	bool twice = fits(width * SCALE, height * SCALE, limits);

	at.width = twice ? width * SCALE : width;
	at.height = twice ? height * SCALE : height;
	void *handle = r.open((const unsigned char *)job->dot, strlen(job->dot), NULL);
	void *surface = r.surface(0, (int)at.width, (int)at.height);
	void *context = surface ? r.context(surface) : NULL;

	if (!handle || !context || !r.draw(handle, context, &at, NULL)) {
		fputs("librsvg cannot draw it: take --format svg\n", stderr);
		return EXIT_FAILURE;
	}
	fwrite(&head, sizeof(head), 1, out);
	return r.write(surface, put, out) ? EXIT_FAILURE : EXIT_SUCCESS;
}

int draw_svg_as_png(const char *svg, FILE *out, struct err *err)
{
	const struct render_limits limits = render_limits();
	const struct render_job job = { .dot = svg, .format = "png", .bitmap = true };
	uint32_t percent;

	return render_run(render_svg, &job, &limits, out, &percent, err);
}
