. "${0%/*}/../setup.sh"
git mv order sale; sed -i 's,^package order,package sale,' sale/*.go; sed -i 's,shop/order,shop/sale,' web/web.go; commit "Bob" 04-07 "sale is the word"
git mv stock/stock.go stock/store.go; commit "Bob" 04-08 "store"
change sale/order.go; commit "Ann Lee" 04-09 "after the move"
