/* SPDX-License-Identifier: MIT */
/*
 * certificates.c - libgit2 with mbedTLS reads all certificates of the system when it
 * starts, which takes longer than reading a small repository, and has no option
 * against it.  meshctl never talks to a network: what the program defines comes before
 * what a shared library does, and here no file holds a certificate, so that nobody would
 * be trusted.  A libgit2 that asks others for them is not changed.
 */
struct mbedtls_x509_crt;

int mbedtls_x509_crt_parse_file(struct mbedtls_x509_crt *chain, const char *path);
int mbedtls_x509_crt_parse_path(struct mbedtls_x509_crt *chain, const char *path);

int mbedtls_x509_crt_parse_file(struct mbedtls_x509_crt *chain, const char *path)
{
	(void)chain;
	(void)path;
	return 0;
}

int mbedtls_x509_crt_parse_path(struct mbedtls_x509_crt *chain, const char *path)
{
	(void)chain;
	(void)path;
	return 0;
}
