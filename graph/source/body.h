/* SPDX-License-Identifier: MIT */
/*
 * body.h - what is in a whole Go file, as facts: declarations, functions and
 * their complexity, references, calls, literals.
 *
 * The facts of a file depend on its bytes alone, so that they can be cached by
 * blob id.  They are columns of small records and one string table, packed in
 * one block of memory: body_pack() makes the block, body_open() looks at it.
 * A str is an offset in body.text, where text ends with a NUL; 0 is "".
 * Lines and columns count from 1, columns in bytes; 0 = none.
 *
 * Normalised types read like go/printer's on one line, `map[string][]*T`, with
 * what does not tell types apart left out: parentheses, comments, names of
 * parameters (`a, b int` is `int, int`).  A signature is `[K comparable, V any](K,
 * ...V) error` or `() (int, error)`.  A package is written as its import path, as
 * far as the file's imports tell which one it is (link_name.h): net/http.Handler;
 * so the last '.' behind the last '/' parts it from the name.  Of the predeclared
 * aliases one is written: any, byte, int32.  Struct types have their fields one a
 * name and their tags, `struct{A int "x"; B int}`.  Texts end at LIMIT_TYPE_BYTES.
 */
#ifndef MESHCTL_BODY_H
#define MESHCTL_BODY_H

#include "base/arena.h"

/* Raise it with every change of a record or of what is put in one: part of the cache's key. */
#define BODY_VERSION 2u

#define BODY_NONE UINT32_MAX            /* no decl, no call */

typedef uint32_t body_str;

enum decl_kind { DECL_FUNC, DECL_METHOD, DECL_TYPE, DECL_VAR, DECL_CONST };
enum decl_flag {
	/* of a method: its own name; the type's is another matter */
	DECL_EXPORTED  = 1 << 0,
	DECL_POINTER   = 1 << 1,        /* method with a pointer receiver */
	DECL_ALIAS     = 1 << 2,        /* type A = B */
	DECL_GENERIC   = 1 << 3,        /* has type parameters */
	DECL_BODY      = 1 << 4,        /* a function with a body */
	/* a type whose underlying type is written as a struct here */
	DECL_STRUCT    = 1 << 5,
	DECL_INTERFACE = 1 << 6,        /* ... as an interface */
	/* in a const/var/type ( ... ) group with the one before it */
	DECL_GROUPED   = 1 << 7,
};

/* A declaration of the package level; each name of `var a, b int` is one.  _ is kept, init too. */
struct body_decl {
	body_str name;
	body_str receiver;              /* method: the base type's name, "" when malformed */
	/*
	 * Normalised; of a var or const its written type; of a type "struct",
	 * "interface" or what it is declared as, behind its type parameters.
	 */
	body_str signature;
	uint8_t kind;                   /* enum decl_kind */
	uint8_t flags;                  /* enum decl_flag */
	uint16_t unused;
	uint32_t line, col;             /* of the name */
	uint32_t start_line, end_line;  /* of the declaration or spec, without its doc comment */
	/* Where the doc comment begins, as go/parser sees it; that of a ( ... ) group is none. */
	uint32_t doc_line;
	uint32_t member_first, nmembers;
};

enum member_kind { MEMBER_FIELD, MEMBER_EMBEDDED, MEMBER_METHOD, MEMBER_TERM };
/*
 * A field, an embedded type, a method of an interface, a union or ~T of a
 * constraint.  A name by itself in an interface is embedded: it may be a term.
 */
struct body_member {
	/* embedded: the type's own name, without package, * and [] */
	body_str name;
	body_str type;                  /* normalised; a method's signature */
	body_str tag;                   /* unquoted */
	uint32_t line;
	uint32_t kind;                  /* enum member_kind */
};

enum func_flag {
	FUNC_LITERAL         = 1 << 0,  /* the value of a package-level var: gocyclo counts it */
	FUNC_GOCYCLO_IGNORE  = 1 << 1,  /* //gocyclo:ignore in its doc comment */
	FUNC_GOCOGNIT_IGNORE = 1 << 2,
	FUNC_BODY            = 1 << 3,
};

/* A function, method, or function literal at the package level; nested literals belong to it. */
struct body_func {
	body_str name;                  /* as gocyclo prints it: F, (T).M, (*T).M */
	uint32_t decl;                  /* the decl; of a literal its var */
	uint32_t line, col;             /* where gocyclo says it is */
	uint32_t end_line;
	uint32_t flags;
	uint32_t cyclomatic;            /* fzipp/gocyclo */
	uint32_t cognitive;             /* uudashr/gocognit; FUNC_LITERAL: as if it counted them */
	uint32_t cognitive_sonar;       /* G. Campbell, Cognitive Complexity (2018): else nests */
	uint32_t nesting;               /* deepest if, for, switch, select, literal; 1 = one */
	uint32_t params, results;       /* names or types: (a, b int) is 2 */
	uint32_t statements;
	/* lines of line..end_line: with a token, only comment, neither */
	uint32_t code, comments, blanks;
};

enum ref_role {
	/* anything else: a function passed on, a constant, a variable */
	REF_VALUE,
	REF_CALL,                       /* q.F(...): also a conversion, which syntax cannot tell */
	REF_TYPE,                       /* where only a type may stand, in a body */
	REF_SIGNATURE,                  /* a type in a signature or a constraint */
	REF_FIELD,                      /* a type in a struct or another declared type */
	REF_EMBEDDED,                   /* embedded in a struct or an interface */
	REF_LITERAL,                    /* q.T{...}, &q.T{...} */
	REF_WRITE,                      /* q.V = ..., q.V++, &q.V */
	/* q.F(...) as a statement, go or defer: nobody takes a result */
	REF_STATEMENT,
};

/*
 * q.Name where q is bound to nothing in the file but an import, or to nothing at
 * all: another package, or a variable of another file of this package.  Which of
 * the two, link.h says.  q is no body_use then.
 */
struct body_ref {
	body_str qualifier, name;
	uint32_t decl;                  /* where it stands; BODY_NONE = nowhere */
	uint32_t line;
	uint16_t col;                   /* of the qualifier; 65535 = there or behind */
	uint8_t role;                   /* enum ref_role */
	uint8_t exported;               /* the name begins with an upper-case letter */
};

enum use_flag {
	/* assigned, ++, --, or its address taken; also x.f = and x[i] = */
	USE_WRITE = 1 << 0,
	USE_CALL  = 1 << 1,
	USE_TYPE  = 1 << 2,             /* where only a type may stand */
};

/*
 * A name that a declaration uses and that no enclosing block binds: of this
 * package, predeclared, or from a dot import.  Once for each (decl, name).
 * Keys of composite literals are not uses (they may be fields), nor are _, nil,
 * true, false and iota.  x.f uses x.
 */
struct body_use {
	body_str name;
	uint32_t decl;
	uint32_t line;                  /* of the first; of the first write if there is one */
	uint32_t flags;
	uint32_t count;
};

enum call_flag { CALL_GO = 1 << 0, CALL_DEFER = 1 << 1, CALL_SPREAD = 1 << 2 };

/*
 * A call whose function is written as a name or a selector: f(...), a.b.C(...),
 * f[int](...), (f)(...); also a conversion to a type with a name.  In the order
 * in which the calls begin: of f(g()) f is first.
 */
struct body_call {
	/* "a.b" of a.b.C(...); "" of f(...); "()" of anything else */
	body_str qualifier;
	body_str name;
	uint32_t decl;
	uint32_t line;                  /* of the name: calls in a chain begin at one place */
	uint16_t col;
	uint8_t nargs;                  /* 255 = so many or more */
	uint8_t flags;
};

/* T{...}: the type as written, normalised.  Elements without a type of their own are not told. */
struct body_literal {
	body_str type;
	uint32_t decl;
	uint32_t line, col;
};

enum string_flag {
	STRING_RAW    = 1 << 0,
	STRING_FOLDED = 1 << 1,         /* "a" + "b" of literals only */
	STRING_CUT    = 1 << 2,         /* longer than LIMIT_STRING_BYTES: its beginning */
	STRING_PREFIX = 1 << 3,         /* followed by + and something that is no literal */
	STRING_BINARY = 1 << 4,         /* has a NUL in it: cut there */
};

/* A string literal outside of imports and tags, unquoted; where the first of "a" + "b" is. */
struct body_string {
	body_str value;
	uint32_t decl;
	uint32_t call;                  /* the call that it is an argument of, or added to one */
	uint32_t line;
	uint16_t col;
	uint8_t arg;                    /* which argument, from 0; 255 = so many or more */
	uint8_t flags;
};

/*
 * A comment for us: //meshctl:WORD..., // domain: NAME (any spacing, one word); the
 * text behind the slashes, without white space at its ends.
 */
struct body_directive {
	body_str text;
	uint32_t line;
	uint32_t decl;                  /* of the declaration that it documents; BODY_NONE */
	uint32_t trailing;              /* stands behind code on its line */
};

/*
 * //line FILE:LINE: what stands at or behind line:col, up to the next of these, was
 * written elsewhere.  meshctl shows files as they are; gocyclo and gocognit, which
 * use go/token, print these places.
 */
struct body_remap {
	uint32_t line, col;             /* behind the comment */
	uint32_t own;                   /* of this file itself: as_file is "" */
	body_str as_file;               /* as written; relative to the file's folder */
	uint32_t as_line, as_col;       /* as_col 0: columns behind it are not known */
};

struct body {
	uint32_t status;                /* enum syntax_status */
	uint32_t error_line, error_col;
	uint32_t rewritten;             /* see syntax.h */
	uint32_t bytes, lines;          /* of the file */
	uint32_t code, comments, blanks;/* lines with a token; only with comments; neither */
	uint32_t nselectors;            /* selector expressions and qualified types, all of them */
#define COLUMN(field, type) const type *field; uint32_t n##field##s;
#include "graph/source/body_columns.def"
#undef COLUMN
	const char *text;               /* the string table */
	uint32_t text_bytes;            /* of text, the last NUL included */
};

static inline const char *body_text(const struct body *b, body_str s)
{
	return b->text + s;
}

/*
 * Packed facts: one block, position independent, this machine's byte order.
 * body_open() makes *ret point into it; the block is aligned to 8 bytes and
 * outlives *ret.  False when it is not such a block of this BODY_VERSION: every
 * count and the size are checked, the contents are the checksum's affair
 * (factcache.h).
 */
bool body_open(const void *block, size_t size, struct body *ret);

#endif
