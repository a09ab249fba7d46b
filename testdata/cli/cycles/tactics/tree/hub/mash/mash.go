package mash

const N = 0
