module example.com/m

go 1.22

// Nobody requires it, so Go never looks there.
replace example.com/gone => ../gone
