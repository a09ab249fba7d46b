git init -q
git add -A
git commit -q -m all
