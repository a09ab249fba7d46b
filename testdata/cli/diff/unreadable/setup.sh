. "${0%/*}/../setup.sh"
git checkout -q main; for i in 1 2 3 4 5 6 7 8; do mkdir -p lib/l$i; echo "package lib" >lib/l$i/l.go; done; echo "package (" >internal/user/domain/x.go; git add -A; git commit -qm broken; git tag broken; git commit -q --allow-empty -m same
