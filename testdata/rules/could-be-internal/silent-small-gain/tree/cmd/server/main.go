package main

import _ "example.com/mall/app/a"
