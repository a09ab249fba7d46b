package use

const N = 1
