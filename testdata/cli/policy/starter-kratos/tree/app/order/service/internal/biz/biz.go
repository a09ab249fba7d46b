package biz
