package bell

import "example.com/mill/hub/store"

func Ring(text string) error {
	store.Save(text)
	return nil
}
