package od
