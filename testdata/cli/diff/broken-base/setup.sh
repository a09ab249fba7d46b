. "${0%/*}/../setup.sh"
git checkout -q main; rm .meshctl.yaml; for i in 1 2 3; do echo "package (" >internal/user/domain/x$i.go; done; git add -A; git commit -qm broken; git checkout -q -b fix; rm internal/user/domain/x*.go; git commit -qam fix
