package husk

const N = 0
