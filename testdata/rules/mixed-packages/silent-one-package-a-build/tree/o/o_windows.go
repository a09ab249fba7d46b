package ow
