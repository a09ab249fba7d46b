package store

type Locker interface{ Lock() }
