# SPDX-License-Identifier: MIT
# make           build/meshctl                 make check    everything that CI runs
# make demo      install, build, look at the shop (REPO=path for your own)
# make deps      install what the build needs  make bench · make fuzz (SECONDS_EACH=n)
# make install PREFIX= DESTDIR= PROGRAM=name · make uninstall · make dist · make clean
# make tarball   the portable program      make deb      a Debian package
VERSION := 0.1.0
PROGRAM ?= meshctl
PREFIX  ?= /usr/local
REPO    ?= testdata/repos/shop
BUILD   ?= build$(if $(SAN),-san)
CC      ?= cc
# _DEFAULT_SOURCE: d_type, which saves a stat for each entry of a folder.
CSTD    := -std=c17 -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
           -Wold-style-definition -Wvla -Wwrite-strings -Wpointer-arith -Wundef -Werror
CFLAGS  ?= -O2 -g
# make SAN=address,undefined ...: sanitizers, malloc-per-object arenas, injectable faults
ifdef SAN
SANFLAGS := -fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer -DARENA_DEBUG -DMESHCTL_FAULTS
endif
ifdef FUZZ
SANFLAGS += -fsanitize=fuzzer-no-link
endif

# The tree-sitter core and the Go grammar: from `make dist`, else from npm; a distribution
# points these at its own copies.
TS_SRC      := $(firstword $(wildcard third_party/sources) third_party/node_modules)
TS_DIR      ?= $(TS_SRC)/tree-sitter/vendor/tree-sitter/lib
GRAMMAR_DIR ?= $(TS_SRC)/tree-sitter-go/src
# What lays out the graph of `meshctl report`, from the same places.
LAYOUT_JS   ?= $(firstword $(wildcard third_party/sources/dagre/dagre.min.js) third_party/node_modules/@dagrejs/dagre/dist/dagre.min.js)

PKGS     := libgit2 zlib libcjson libcgraph yaml-0.1 libpcre2-8 lmdb
PKG_CPP  := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null)
CPP_ALL  := -I. -isystem $(TS_DIR)/include $(patsubst -I%,-isystem %,$(PKG_CPP)) \
            -DMESHCTL_VERSION='"$(VERSION)"' -include base/banned.h
LIBS     := $(PKG_LIBS) -lpthread -lm
COMPILE   = $(CC) $(CSTD) $(WARN) $(CFLAGS) $(SANFLAGS) $(CPP_ALL) $(CPP_RECIPE)
LINK      = $(CC) $(CFLAGS) $(SANFLAGS) $(LDFLAGS)

ROOMS    := base graph/source graph/source/adr graph/source/manifests graph graph/draw analyzers/policy analyzers analyzers/debt analyzers/foreign \
	    analyzers/services analyzers/mesh templates
LIB_SRC  := $(sort $(foreach d,$(ROOMS),$(wildcard $(d)/*.c)))
CMD_SRC  := $(filter-out cmd/main.c,$(sort $(wildcard cmd/*.c cmd/report/*.c)))
UNIT_SRC := $(sort $(wildcard tests/unit/test_*.c))
FUZZ_SRC := $(sort $(wildcard tests/fuzz/fuzz_*.c))
TOOL_SRC := tests/facts.c tests/mustache.c tests/changes.c tests/truncate.c tests/bench/bodies.c tests/bench/cuts.c tests/bench/passes.c tests/bench/synth.c
STARTERS := $(sort $(wildcard templates/policy/*.yaml))
CI_FILES := $(sort $(wildcard templates/ci/*.*))
ADR_FILES := $(sort $(wildcard templates/adr/*.*))
MESH_FILES := $(sort $(wildcard templates/mesh/*.*))
# In the order in which they are run.
PAGE_JS  := $(patsubst %,templates/report/%.js,base model layout view tree) \
	    $(sort $(wildcard templates/report/panel-*.js)) templates/report/start.js
PAGE     := $(BUILD)/templates/report/page.html
LIB_OBJ  := $(LIB_SRC:%.c=$(BUILD)/%.o) $(BUILD)/templates/policy/starters.o $(BUILD)/templates/ci/files.o \
            $(BUILD)/templates/adr/files.o $(BUILD)/templates/mesh/files.o $(BUILD)/templates/report/files.o
CMD_OBJ  := $(CMD_SRC:%.c=$(BUILD)/%.o)
TS_OBJ   := $(BUILD)/ts/lib.o $(BUILD)/ts/go.o
UNITS    := $(UNIT_SRC:%.c=$(BUILD)/%)
REPLAYS  := $(FUZZ_SRC:tests/fuzz/fuzz_%.c=$(BUILD)/tests/fuzz/replay_%)
FUZZERS  := $(FUZZ_SRC:%.c=$(BUILD)/%)
TOOLS    := $(TOOL_SRC:%.c=$(BUILD)/%)
HEADERS  := $(sort $(foreach d,$(ROOMS) cmd cmd/report,$(wildcard $(d)/*.h)))
SOURCES  := $(LIB_SRC) $(CMD_SRC) cmd/main.c graph/source/portable/transports.c

all: $(BUILD)/meshctl

$(BUILD)/meshctl: $(BUILD)/cmd/main.o $(CMD_OBJ) $(LIB_OBJ) $(TS_OBJ)
	$(call quiet,LINK)$(LINK) $^ -o $@ $(LIBS)
$(BUILD)/%.o: %.c $(BUILD)/.flags | preflight
	@mkdir -p $(@D)
	$(call quiet,CC)$(COMPILE) -MMD -MP -c $< -o $@
# Facts in the cache are those of this recipe: what reads Go, the grammar and the core.
RECIPE := $(wildcard graph/source/*.[ch] graph/source/*.def base/limits.def $(GRAMMAR_DIR)/*.c $(TS_DIR)/src/*.[ch])
$(BUILD)/graph/source/factcache_key.o: $(RECIPE)
$(BUILD)/graph/source/factcache_key.o: private CPP_RECIPE = -DBODY_RECIPE='"$(shell cat $(RECIPE) | cksum | tr ' ' -)"'
# The starter policies, and what CI systems read, are part of the binary.
$(BUILD)/templates/policy/starters.c: templates/embed.sh $(STARTERS)
	@mkdir -p $(@D)
	@sh templates/embed.sh starter $(STARTERS) >$@.tmp && mv $@.tmp $@
$(BUILD)/templates/ci/files.c: templates/embed.sh $(CI_FILES)
	@mkdir -p $(@D)
	@sh templates/embed.sh ci $(CI_FILES) >$@.tmp && mv $@.tmp $@
$(PAGE): templates/report/bundle.sh templates/report/shell.html templates/report/style.css $(PAGE_JS) $(LAYOUT_JS) | preflight
	@mkdir -p $(@D)
	@sh templates/report/bundle.sh $(LAYOUT_JS) templates/report/shell.html templates/report/style.css $(PAGE_JS) >$@.tmp && mv $@.tmp $@
$(BUILD)/templates/report/files.c: templates/embed.sh $(PAGE)
	@sh templates/embed.sh report $(PAGE) >$@.tmp && mv $@.tmp $@
$(LAYOUT_JS): | preflight
$(BUILD)/templates/adr/files.c: templates/embed.sh $(ADR_FILES)
	@mkdir -p $(@D)
	@sh templates/embed.sh adr $(ADR_FILES) >$@.tmp && mv $@.tmp $@
$(BUILD)/templates/mesh/files.c: templates/embed.sh $(MESH_FILES)
	@mkdir -p $(@D)
	@sh templates/embed.sh mesh $(MESH_FILES) >$@.tmp && mv $@.tmp $@
$(BUILD)/templates/policy/starters.o $(BUILD)/templates/ci/files.o $(BUILD)/templates/adr/files.o $(BUILD)/templates/mesh/files.o $(BUILD)/templates/report/files.o: %.o: %.c $(BUILD)/.flags | preflight
	$(call quiet,CC)$(COMPILE) -c $< -o $@
# Foreign code: its own warnings are not ours, its speed is.
$(BUILD)/ts/lib.o: $(TS_DIR)/src/lib.c | preflight
	@mkdir -p $(@D)
	$(call quiet,CC)$(CC) -std=c11 -D_POSIX_C_SOURCE=200112L -D_DEFAULT_SOURCE $(CFLAGS) $(SANFLAGS) -w -I$(TS_DIR)/include -I$(TS_DIR)/src -c $< -o $@
$(BUILD)/ts/go.o: $(GRAMMAR_DIR)/parser.c | preflight
	@mkdir -p $(@D)
	$(call quiet,CC)$(CC) -std=c11 $(CFLAGS) $(SANFLAGS) -w -I$(GRAMMAR_DIR) -c $< -o $@
# A unit test links everything but main.c; a tool and a fuzz target link the library only.
$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(CMD_OBJ) $(LIB_OBJ) $(TS_OBJ)
	$(call quiet,LINK)$(LINK) $^ -o $@ $(LIBS) -lcmocka
$(BUILD)/tests/fuzz/replay_%: $(BUILD)/tests/fuzz/replay.o $(BUILD)/tests/fuzz/fuzz_%.o $(LIB_OBJ) $(TS_OBJ)
	$(call quiet,LINK)$(LINK) $^ -o $@ $(LIBS)
$(BUILD)/tests/fuzz/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.o $(LIB_OBJ) $(TS_OBJ)
	$(call quiet,LINK)$(LINK) -fsanitize=fuzzer $^ -o $@ $(LIBS)
$(BUILD)/tests/%: $(BUILD)/tests/%.o $(LIB_OBJ) $(TS_OBJ)
	$(call quiet,LINK)$(LINK) $^ -o $@ $(LIBS)

# One short line a file; V=1 shows the commands.
quiet = $(if $(V),,@printf '  %-5s %s\n' $(1) $@; )

units: $(UNITS)
replays: $(REPLAYS)
fuzzers: $(FUZZERS)
tools: $(TOOLS)

# Other flags, other objects: without this `make CFLAGS=-O0` would keep the old ones.
quoted = '$(subst ','\'',$(1))'
$(BUILD)/.flags: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' $(call quoted,$(COMPILE)) | cmp -s - $@ || printf '%s\n' $(call quoted,$(COMPILE)) >$@

# Nothing is installed unless asked for: `make` says what is missing, `make deps` gets it.
export TS_DIR GRAMMAR_DIR LAYOUT_JS
preflight:
	@sh tests/install.sh --verify build
deps:
	@sh tests/install.sh build
deps-check:
	@sh tests/install.sh build check

# The libraries may have arrived just now, after this make looked for them: start another.
demo: deps
	@$(MAKE) --no-print-directory all
	@echo; echo "$$ meshctl analyze   (in $(REPO))"
# The shop is a repository of its own here: paths and revision are not those of this checkout.
	@GIT_CEILING_DIRECTORIES=$(call quoted,$(CURDIR)/testdata/repos) \
		$(BUILD)/meshctl -C $(call quoted,$(REPO)) analyze || test $$? -eq 1
	@GIT_CEILING_DIRECTORIES=$(call quoted,$(CURDIR)/testdata/repos) $(BUILD)/meshctl -q -C $(call quoted,$(REPO)) \
		graph --level dir:2 --highlight cut -o $(call quoted,$(abspath $(BUILD)/knot.png)) && \
		{ echo; echo "$(BUILD)/knot.png is the picture: meshctl graph --level dir:2 --highlight cut -o knot.png"; } || :
check: deps-check
	@python3 tests/run.py --make $(call quoted,$(MAKE)) --build $(BUILD) $(CHECK)
bench: deps-check
	@$(MAKE) --no-print-directory all tools
	@python3 tests/bench/bench.py --build $(BUILD) $(BENCH)
SECONDS_EACH ?= 60
fuzz: deps-check
	@$(MAKE) --no-print-directory BUILD=build-fuzz CC=clang SAN=address,undefined FUZZ=1 fuzzers
	@python3 tests/fuzz/fuzz.py --build build-fuzz --seconds $(SECONDS_EACH)

check-layers:
	@python3 tests/lint/layers.py
check-headers: $(HEADERS:%.h=$(BUILD)/%.hok)
	@python3 tests/lint/spdx.py
$(BUILD)/%.hok: %.h $(BUILD)/.flags | preflight
	@mkdir -p $(@D)
	@$(COMPILE) -MMD -MP -MT $@ -MF $(@:.hok=.hok.d) -fsyntax-only -x c $< && touch $@
# The analyzer walks at most this many states of a function: 225000, its own default, takes four times
# as long and more (`make lint TIDY_NODES=225000`).
TIDY_NODES ?= 22000
TIDY_ARGS := $(patsubst %,--extra-arg=%,-Xclang -analyzer-config -Xclang max-nodes=$(TIDY_NODES))
lint: $(SOURCES:%.c=$(BUILD)/%.tidy) $(BUILD)/cppcheck.ok
$(BUILD)/%.tidy: $(BUILD)/%.o .clang-tidy
	@clang-tidy --quiet --warnings-as-errors='*' $(TIDY_ARGS) $*.c -- $(CSTD) $(WARN) $(CPP_ALL) 2>$@.log || \
		{ cat $@.log; exit 1; }
	@touch $@
$(BUILD)/cppcheck.ok: $(SOURCES) $(HEADERS) tests/lint/cppcheck.txt
	@mkdir -p $(@D)
	@cppcheck -q -j2 --std=c11 --enable=warning,performance,portability --error-exitcode=1 --inline-suppr \
		--suppressions-list=tests/lint/cppcheck.txt -I. -DMESHCTL_VERSION='"$(VERSION)"' $(SOURCES)
	@touch $@

# Reproducible: sorted names, the commit's date, no owner.  The sources of the grammar and of the
# core are inside, so that the tarball builds without npm.
DIST     := meshctl-$(VERSION)
DIST_TMP := $(BUILD)/dist
DIST_TS  := $(DIST_TMP)/$(DIST)/third_party/sources
dist:
	@git rev-parse -q --verify HEAD >/dev/null || { echo "make dist: not a git checkout" >&2; exit 1; }
	@test -f $(TS_DIR)/src/lib.c || { echo "tree-sitter sources not found: run 'make deps'" >&2; exit 1; }
	@rm -rf $(DIST_TMP) && mkdir -p $(DIST_TMP) dist
	@git archive --format=tar --prefix=$(DIST)/ HEAD | tar -x -C $(DIST_TMP)
	@mkdir -p $(DIST_TS)/tree-sitter/vendor/tree-sitter $(DIST_TS)/tree-sitter-go
	@cp -R $(TS_DIR) $(DIST_TS)/tree-sitter/vendor/tree-sitter/lib
	@cp -R $(GRAMMAR_DIR) $(DIST_TS)/tree-sitter-go/src
	@mkdir -p $(DIST_TS)/dagre
	@cp $(LAYOUT_JS) $(LAYOUT_JS).LEGAL.txt $(DIST_TS)/dagre/
	@for p in tree-sitter tree-sitter-go; do \
		if [ -f $(TS_SRC)/$$p/LICENSE ]; then cp $(TS_SRC)/$$p/LICENSE $(DIST_TS)/$$p/; fi; done
	@chmod -R u=rwX,go=rX $(DIST_TMP)/$(DIST)
	@tar -c -C $(DIST_TMP) --format=ustar --sort=name --owner=0 --group=0 --numeric-owner \
		--mtime=@$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct)} $(DIST) | gzip -9n >dist/$(DIST).tar.gz
	@rm -rf $(DIST_TMP)
	@echo dist/$(DIST).tar.gz

# What runs where none of the build's libraries is: linked with their archives where Debian has them,
# else with the shared library beside the program.  PORTABLE_STATIC= takes no archive.
PORTABLE_STATIC ?= 1
export PORTABLE_STATIC
MACHINE       := $(firstword $(subst -, ,$(shell $(CC) -dumpmachine)))
PORTABLE      := meshctl-$(VERSION)-linux-$(MACHINE)
PORTABLE_BIN  := $(BUILD)/portable$(if $(PORTABLE_STATIC),,-shared)/meshctl
PORTABLE_OBJ  := $(if $(PORTABLE_STATIC),$(BUILD)/graph/source/portable/transports.o)
PORTABLE_LINK := -s -Wl,-z,relro,-z,now,--gc-sections,--as-needed,--disable-new-dtags,-rpath,'$$ORIGIN/../lib/meshctl'
PACKED         = SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct)}
$(PORTABLE_BIN): $(BUILD)/meshctl $(PORTABLE_OBJ) packaging/libraries.sh
	@mkdir -p $(@D)
	$(call quiet,LINK)$(LINK) $(BUILD)/cmd/main.o $(CMD_OBJ) $(LIB_OBJ) $(TS_OBJ) $(PORTABLE_OBJ) -o $@ \
		$(PORTABLE_LINK) $$(sh packaging/libraries.sh flags) -lpthread -lm
tarball: $(PORTABLE_BIN)
	@rm -rf $(BUILD)/tarball
	@$(MAKE) -s --no-print-directory install DESTDIR='$(CURDIR)/$(BUILD)/tarball/$(PORTABLE)' PREFIX= PROGRAM=meshctl >/dev/null
	@cp $(PORTABLE_BIN) $(BUILD)/tarball/$(PORTABLE)/bin/meshctl
	@$(PACKED) sh packaging/tarball.sh $(BUILD)/tarball $(PORTABLE) dist/$(PORTABLE).tar.gz
deb: $(BUILD)/meshctl
	@rm -rf $(BUILD)/deb
	@$(MAKE) -s --no-print-directory install DESTDIR='$(CURDIR)/$(BUILD)/deb/root' PREFIX=/usr PROGRAM=meshctl >/dev/null
	@$(PACKED) sh packaging/deb.sh $(BUILD)/deb $(VERSION) dist

# PROGRAM=name installs under another name, for hosts where another meshctl lives.  Names of files
# that belong to the format, not to the program (.meshctl.yaml, meshctl.yaml.5), stay.
SHARE     = $(DESTDIR)$(PREFIX)/share
MAN1     := $(sort $(wildcard man/*.1))
MAN5     := $(sort $(wildcard man/*.5))
SCHEMAS  := $(sort $(wildcard cmd/report/*.schema.json templates/*.schema.json))
renamed   = $(patsubst meshctl%,$(PROGRAM)%,$(notdir $(1)))
RENAME    = sed -E -e 's/(^|[^.A-Za-z_\/-])meshctl($$|[^A-Za-z_.\/])/\1$(PROGRAM)\2/g' \
	-e 's/(\\\(oq)meshctl/\1$(PROGRAM)/g' -e 's/(completions\/)meshctl/\1$(PROGRAM)/' \
	-e 's/(^|[^A-Za-z])_meshctl($$|[^A-Za-z_])/\1_$(PROGRAM)\2/g'
INSTALLED = '$(DESTDIR)$(PREFIX)/bin/$(PROGRAM)' $(foreach m,$(MAN1),'$(SHARE)/man/man1/$(call renamed,$(m))') \
	$(foreach m,$(MAN5),'$(SHARE)/man/man5/$(notdir $(m))') \
	'$(SHARE)/bash-completion/completions/$(PROGRAM)' '$(SHARE)/zsh/site-functions/_$(PROGRAM)' \
	'$(SHARE)/fish/vendor_completions.d/$(PROGRAM).fish'
install: all
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(SHARE)/man/man1' '$(SHARE)/man/man5' '$(SHARE)/$(PROGRAM)' \
		'$(SHARE)/bash-completion/completions' '$(SHARE)/zsh/site-functions' \
		'$(SHARE)/fish/vendor_completions.d' '$(SHARE)/doc/$(PROGRAM)'
	install -m 755 $(BUILD)/meshctl '$(DESTDIR)$(PREFIX)/bin/$(PROGRAM)'
	@set -e; put() { $(RENAME) "$$1" >"$$2"; chmod 644 "$$2"; echo "install $$2"; }; \
	$(foreach m,$(MAN1),put $(m) '$(SHARE)/man/man1/$(call renamed,$(m))'; ) \
	$(foreach m,$(MAN5),put $(m) '$(SHARE)/man/man5/$(notdir $(m))'; ) \
	put completions/meshctl.bash '$(SHARE)/bash-completion/completions/$(PROGRAM)'; \
	put completions/_meshctl '$(SHARE)/zsh/site-functions/_$(PROGRAM)'; \
	put completions/meshctl.fish '$(SHARE)/fish/vendor_completions.d/$(PROGRAM).fish'
	$(if $(SCHEMAS),install -m 644 $(SCHEMAS) '$(SHARE)/$(PROGRAM)')
	install -m 644 LICENSE third_party/NOTICE '$(SHARE)/doc/$(PROGRAM)'
uninstall:
	rm -f $(INSTALLED)
	rm -rf '$(SHARE)/$(PROGRAM)' '$(SHARE)/doc/$(PROGRAM)'

# What was downloaded for the tests stays in build/cache; distclean removes it too.
clean:
	rm -rf build-* $(filter-out build/cache,$(wildcard build/* build/.flags))
distclean: clean
	rm -rf build dist third_party/node_modules
FORCE:
.PHONY: all units replays fuzzers tools preflight deps deps-check demo check bench fuzz check-layers \
	check-headers lint dist tarball deb install uninstall clean distclean FORCE
.SECONDARY:
-include $(wildcard $(BUILD)/*/*.d $(BUILD)/*/*/*.d $(BUILD)/*/*/*/*.d)
