package dao
