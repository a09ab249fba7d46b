/* SPDX-License-Identifier: MIT */
/* panel_proof.c - what was read, what was judged, what was left out and why. */
#include "cmd/page.h"
#include "cmd/report/proof.h"

int panel_proof(const struct page *p, struct json_out *out, struct err *err UNUSED)
{
	json_out_text(out, "words", proof_words(p->report, p->arena));
	json_out_text(out, "result", proof_result(p->report, p->arena));
	json_out_member(out, "proof", report_proof(p->report));
	return 0;
}
