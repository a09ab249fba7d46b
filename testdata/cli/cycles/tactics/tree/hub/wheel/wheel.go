package wheel

import "example.com/mill/hub/store"

func Keep() int { return store.Save("wheel") }
