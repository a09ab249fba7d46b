package store

import _ "gorm.io/gorm"

import _ "gorm.io/driver/x"

import _ "unsafe"

import _ "example.com/shop/pkg/log"
