package main

import (
	"net/http"
	"time"

	"github.com/go-zookeeper/zk"
)

const folder = "/services/zookeeper"

func main() {
	conn, _, err := zk.Connect([]string{"zk:2181"}, time.Second)
	if err != nil {
		panic(err)
	}
	conn.CreateProtectedEphemeralSequential(folder+"/n-", []byte("10.0.0.1:8080"), zk.WorldACL(zk.PermAll))
	conn.ChildrenW("/services/micro")
	http.ListenAndServe(":8080", nil)
}
