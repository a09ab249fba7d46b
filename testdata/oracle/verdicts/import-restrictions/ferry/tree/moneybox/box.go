package moneybox
