git init -q
git add .
git commit -q -m 'first'
echo // >>go.mod
