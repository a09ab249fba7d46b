package winonly

import "example.com/mall/internal/linonly"

func init() { linonly.Init() }
