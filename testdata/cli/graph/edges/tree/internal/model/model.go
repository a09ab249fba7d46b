package model

import "example.com/shop/pkg/util/text"

func Sum(n []int) int { return len(n) + len(text.Empty) }
