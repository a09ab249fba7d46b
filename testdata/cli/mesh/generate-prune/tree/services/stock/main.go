package main

import "net"

func main() {
	lis, err := net.Listen("tcp", ":7000")
	if err != nil {
		panic(err)
	}
	for {
		conn, err := lis.Accept()
		if err != nil {
			return
		}
		conn.Close()
	}
}
