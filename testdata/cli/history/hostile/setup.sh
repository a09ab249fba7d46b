. "${0%/*}/../setup.sh"
git mv web/web.go "$(printf 'web/w\033[31m.go')"; commit "Cho" 04-10 "odd"
GIT_COMMITTER_DATE=2027-01-01T00:00:00Z git commit -q --allow-empty -m future
change order/order.go; commit "$(printf 'Eve\033[31m')" 04-11 "fix"
tree=$(git rev-parse HEAD^{tree}); at=$(git rev-parse HEAD)
bare=$(printf 'tree %s\nparent %s\n\nno author\n' "$tree" "$at" | git hash-object --literally -w -t commit --stdin)
eight=$(GIT_COMMITTER_DATE=2026-04-12T00:00:00Z git commit-tree -p "$bare" -p HEAD~1 -p HEAD~2 -p side -m octopus "$tree")
git update-ref refs/heads/main "$eight"; git replace HEAD~3 HEAD~4
