package contract

const Name = "user"
