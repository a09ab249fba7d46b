module ex.com/m

go 1.24

require gorm.io/gorm v1.25.0
