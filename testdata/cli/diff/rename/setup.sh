. "${0%/*}/../setup.sh"
git mv internal/user internal/member; sed -i s,internal/user,internal/member,g .meshctl.yaml cmd/server/main.go internal/member/application/*.go internal/order/application/*.go; git commit -qam rename
