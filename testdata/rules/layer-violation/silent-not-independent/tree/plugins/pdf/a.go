package pdf

import (
	_ "example.com/shop/kernel"
	_ "example.com/shop/plugins/mail"
)
