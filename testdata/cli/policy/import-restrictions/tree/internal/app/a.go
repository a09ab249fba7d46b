package app

import _ "example.com/shop/internal/store"

import _ "example.com/shop/pkg/legacy/old"

import _ "example.com/shop/cmd/tool"

import _ "gorm.io/gorm"
