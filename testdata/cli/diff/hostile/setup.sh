. "${0%/*}/../setup.sh"
d="pkg/<img src=x>|\`a\`](http:)@you"; mkdir -p "$d"; printf "package evil\n\nimport _ \"ex.com/mall/internal/user/domain\"\n" >"$d/a.go"; git add -A; git commit -qm evil
