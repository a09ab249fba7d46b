package dust

const N = 0
