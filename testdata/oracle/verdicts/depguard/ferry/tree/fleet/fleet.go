package fleet

import (
	_ "github.com/acme/sql/types"
	_ "github.com/acme/sql"
	_ "github.com/acmetools/x"
	_ "io/ioutil"
)
