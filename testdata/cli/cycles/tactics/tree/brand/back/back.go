package back

import "example.com/mill/hub/row"

type Sheet struct{ rows []row.Row }

func (s *Sheet) Put(r row.Row) { s.rows = append(s.rows, r) }
