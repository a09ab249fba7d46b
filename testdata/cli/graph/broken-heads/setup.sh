for i in 1 2 3 4 5 6 7 8 9; do mkdir p$i; echo "package p" >p$i/p.go; done
for i in 1 2 3 4 5 6 7 8 9 a b c; do mkdir -p q; printf "package q\nimport 1\n" >q/$i.go; done
