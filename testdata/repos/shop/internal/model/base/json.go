package base

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
)

// JSON stores any value as a text column.
type JSON[T any] struct{ V T }

func (j JSON[T]) Value() (driver.Value, error) { return json.Marshal(j.V) }

func (j *JSON[T]) Scan(src any) error {
	switch b := src.(type) {
	case nil:
		return nil
	case []byte:
		return json.Unmarshal(b, &j.V)
	case string:
		return json.Unmarshal([]byte(b), &j.V)
	}
	return fmt.Errorf("base.JSON: cannot scan %T", src)
}
