package dto

import _ "github.com/google/uuid"

import _ "example.com/shop/internal/models"
