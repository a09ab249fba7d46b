# SPDX-License-Identifier: MIT
# make           build/meshctl                 make check    everything that CI runs
# make demo      install, build, look at the shop (REPO=path for your own)
# make bench · make fuzz · make install PREFIX= DESTDIR= PROGRAM= · make uninstall · make dist
VERSION := 0.1.0
PROGRAM ?= meshctl
BUILD   ?= build
CC      ?= cc
CSTD    := -std=c17 -D_POSIX_C_SOURCE=200809L
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
           -Wold-style-definition -Wvla -Wwrite-strings -Wpointer-arith -Wundef -Werror
CFLAGS  ?= -O2 -g
# make SAN=address,undefined ...: sanitizers, malloc-per-object arenas, injectable faults
ifdef SAN
CFLAGS  += -fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer -DARENA_DEBUG -DMESHCTL_FAULTS
endif

# The tree-sitter core and the Go grammar; a distribution points these at its own copies.
TS_DIR      ?= third_party/node_modules/tree-sitter/vendor/tree-sitter/lib
GRAMMAR_DIR ?= third_party/node_modules/tree-sitter-go/src

PKGS     := libgit2 libcjson libgvc libcgraph
PKG_CPP  := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs libgit2 libcjson libcgraph 2>/dev/null)
CPP_ALL  := -I. -isystem $(TS_DIR)/include $(patsubst -I%,-isystem %,$(PKG_CPP)) \
            -DMESHCTL_VERSION='"$(VERSION)"' -include base/banned.h
LIBS     := $(PKG_LIBS) -lpthread -lm

LIB_SRC  := $(sort $(wildcard base/*.c graph/*.c graph/source/*.c graph/draw/*.c analyzers/*.c \
              analyzers/policy/*.c templates/*.c))
CMD_SRC  := $(filter-out cmd/main.c,$(sort $(wildcard cmd/*.c cmd/report/*.c)))
UNIT_SRC := $(sort $(wildcard tests/unit/test_*.c))
LIB_OBJ  := $(LIB_SRC:%.c=$(BUILD)/%.o)
CMD_OBJ  := $(CMD_SRC:%.c=$(BUILD)/%.o)
TS_OBJ   := $(BUILD)/ts/lib.o $(BUILD)/ts/go.o
UNITS    := $(UNIT_SRC:%.c=$(BUILD)/%)
HEADERS  := $(sort $(wildcard base/*.h graph/*.h graph/*/*.h analyzers/*.h analyzers/*/*.h cmd/*.h cmd/report/*.h))

all: $(BUILD)/meshctl

$(BUILD)/meshctl: $(BUILD)/cmd/main.o $(CMD_OBJ) $(LIB_OBJ) $(TS_OBJ)
	$(CC) $(CFLAGS) $^ -o $@ $(LIBS)
$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CSTD) $(WARN) $(CFLAGS) $(CPP_ALL) -MMD -MP -c $< -o $@
# Foreign code: its own warnings are not ours, its speed is.
$(BUILD)/ts/lib.o: $(TS_DIR)/src/lib.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_POSIX_C_SOURCE=200112L -D_DEFAULT_SOURCE $(CFLAGS) -w -I$(TS_DIR)/include -I$(TS_DIR)/src -c $< -o $@
$(BUILD)/ts/go.o: $(GRAMMAR_DIR)/parser.c
	@mkdir -p $(@D)
	$(CC) -std=c11 $(CFLAGS) -w -I$(GRAMMAR_DIR) -c $< -o $@
# A unit test links everything but main.c.
$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(CMD_OBJ) $(LIB_OBJ) $(TS_OBJ)
	$(CC) $(CFLAGS) $^ -o $@ $(LIBS) -lcmocka

units: $(UNITS)
clean:
	rm -rf build build-*
.PHONY: all units clean
.SECONDARY:
-include $(wildcard $(BUILD)/*/*.d $(BUILD)/*/*/*.d $(BUILD)/*/*/*/*.d)
