package {{x}}
