package mail

type Sender interface{ Send(text string) error }
