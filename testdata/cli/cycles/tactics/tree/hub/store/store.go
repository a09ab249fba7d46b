package store

import "example.com/mill/hub/flour"

type Entry struct{ Text string }

var last Entry

func Save(text string) int {
	last = Entry{text}
	return flour.All()
}
