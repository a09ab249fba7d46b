package mail

import (
	_ "net/smtp"
	_ "example.com/ferry/common"
)
