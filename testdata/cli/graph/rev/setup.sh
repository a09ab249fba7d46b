git init -q
git add .
git commit -q -m one
rm -r internal/order
git add -A
git commit -q -m two
