// Command migrate applies migrations/sql in order; there is no way back.
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/acme/shop/migrations"
	"github.com/acme/shop/pkg/store"
)

func main() {
	dry := flag.Bool("n", false, "print the statements only")
	flag.Parse()
	if err := run(*dry); err != nil {
		fmt.Fprintln(os.Stderr, "migrate:", err)
		os.Exit(1)
	}
}

func run(dry bool) error {
	files, err := migrations.All()
	if err != nil {
		return err
	}
	if dry {
		for _, f := range files {
			fmt.Printf("-- %s: %d statements\n", f.Name, len(f.Statements))
		}
		return nil
	}
	db, err := store.Open(store.Config{DSN: os.Getenv("MYSQL_DSN"), MaxOpen: 1})
	if err != nil {
		return err
	}
	for _, f := range files {
		for _, st := range f.Statements {
			if err := db.Exec(st).Error; err != nil {
				return fmt.Errorf("%s: %w", f.Name, err)
			}
		}
		fmt.Println("applied", f.Name)
	}
	return nil
}
