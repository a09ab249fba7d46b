// Command admin serves the back office's pages and proxies the rest to the server.
package main

import (
	"fmt"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"time"

	webadmin "github.com/acme/shop/web/admin"
)

func main() {
	addr := os.Getenv("SERVER_ADDR")
	if addr == "" {
		addr = "server:8080"
	}
	target, err := url.Parse("http://" + addr)
	if err != nil {
		fmt.Fprintln(os.Stderr, "admin:", err)
		os.Exit(1)
	}
	mux := http.NewServeMux()
	mux.Handle("/ops/", httputil.NewSingleHostReverseProxy(target))
	mux.Handle("/", http.FileServer(http.FS(webadmin.Files)))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	srv := &http.Server{Addr: ":8082", Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	if err := srv.ListenAndServe(); err != nil {
		fmt.Fprintln(os.Stderr, "admin:", err)
		os.Exit(1)
	}
}
