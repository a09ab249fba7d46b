package main

import "github.com/gin-gonic/gin"

func broken(r *gin.Engine) {
	r.GET("/half", nil
	r.POST("/rest" +
