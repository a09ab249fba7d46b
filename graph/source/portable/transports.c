/* SPDX-License-Identifier: MIT */
/*
 * transports.c - linked into the portable program alone, before libgit2.a: what
 * takes the place of its SSH, TLS and Kerberos.  meshctl reads repositories and
 * never talks to a network; so none of these libraries, and none of their
 * defects, is inside.  The names are internal ones of libgit2 1.5.
 */
#include <git2/errors.h>
#include <git2/sys/stream.h>
#include <git2/sys/transport.h>

struct git_net_url;
struct git_http_auth_context;

int git_transport_ssh_global_init(void);
int git_mbedtls_stream_global_init(void);
int git_mbedtls_stream_new(git_stream **ret, const char *host, const char *port);
int git_mbedtls_stream_wrap(git_stream **ret, git_stream *in, const char *host);
int git_mbedtls__set_cert_location(const char *file, const char *path);
int git_http_auth_negotiate(struct git_http_auth_context **ret, const struct git_net_url *url);

static int refuse(void)
{
	git_error_set_str(GIT_ERROR_NET, "this program does not talk to networks");
	return GIT_ERROR;
}

/* Nothing to begin: libgit2 asks both when it starts. */
int git_transport_ssh_global_init(void)
{
	return 0;
}

int git_mbedtls_stream_global_init(void)
{
	return 0;
}

int git_smart_subtransport_ssh(git_smart_subtransport **ret, git_transport *owner, void *param)
{
	(void)owner;
	(void)param;
	*ret = NULL;
	return refuse();
}

int git_mbedtls_stream_new(git_stream **ret, const char *host, const char *port)
{
	(void)host;
	(void)port;
	*ret = NULL;
	return refuse();
}

int git_mbedtls_stream_wrap(git_stream **ret, git_stream *in, const char *host)
{
	(void)in;
	(void)host;
	*ret = NULL;
	return refuse();
}

int git_mbedtls__set_cert_location(const char *file, const char *path)
{
	(void)file;
	(void)path;
	return refuse();
}

int git_http_auth_negotiate(struct git_http_auth_context **ret, const struct git_net_url *url)
{
	(void)url;
	*ret = NULL;
	return refuse();
}
