package main

import (
	_ "github.com/acme/sql"
	_ "io/ioutil"
)
