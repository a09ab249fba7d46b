// SPDX-License-Identifier: MIT

// Command mux writes lines of pattern, method and path, with what net/http's ServeMux says.
//
//go:debug httpmuxgo121=0
package main

import (
	"bufio"
	"fmt"
	"math/rand"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
)

type handler struct{}

func (handler) ServeHTTP(http.ResponseWriter, *http.Request) {}

func pattern(r *rand.Rand) string {
	segments := []string{"a", "b", "ab", "{x}", "{y}", "a-b", "v1"}
	p := ""
	for i, n := 0, r.Intn(4); i < n; i++ {
		s := segments[r.Intn(len(segments))]
		if strings.Contains(p, s) && s[0] == '{' {
			s = "a"
		}
		p += "/" + s
	}
	switch r.Intn(5) {
	case 0:
		p += "/"
	case 1:
		p += "/{rest...}"
	case 2:
		p += "/{$}"
	}
	if p == "" {
		p = "/"
	}
	return []string{"", "GET ", "POST ", "HEAD "}[r.Intn(4)] + p
}

func path(r *rand.Rand) string {
	segments := []string{"a", "b", "ab", "x", "a-b", "v1", "abc"}
	p := ""
	for i, n := 0, r.Intn(5); i < n; i++ {
		p += "/" + segments[r.Intn(len(segments))]
	}
	if p == "" || r.Intn(4) == 0 {
		p += "/"
	}
	return p
}

func main() {
	count, _ := strconv.Atoi(os.Args[1])
	r := rand.New(rand.NewSource(1))
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for i := 0; i < count; i++ {
		p, url := pattern(r), path(r)
		method := []string{"GET", "POST", "HEAD", "PUT"}[r.Intn(4)]
		mux := http.NewServeMux()
		mux.Handle(p, handler{})
		h, _ := mux.Handler(httptest.NewRequest(method, url, nil))
		_, served := h.(handler)
		fmt.Fprintf(out, "%s\t%s\t%s\t%t\n", p, method, url, served)
	}
}
