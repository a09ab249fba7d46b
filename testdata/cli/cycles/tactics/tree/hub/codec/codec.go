package codec

import "example.com/mill/hub/store"

func init() { store.Save("codec") }
