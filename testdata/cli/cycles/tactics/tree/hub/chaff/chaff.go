package chaff

const N = 0
