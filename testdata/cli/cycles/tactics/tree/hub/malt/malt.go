package malt

const N = 0
