package a

func broken( {
