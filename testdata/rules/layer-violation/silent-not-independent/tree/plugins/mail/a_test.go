package mail_test

import (
	_ "example.com/shop/plugins/mail"
	_ "example.com/shop/plugins/pdf"
)
