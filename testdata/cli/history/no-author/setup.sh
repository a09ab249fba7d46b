. "${0%/*}/../trend.sh"

# git goes on where a commit has no author; libgit2 takes it for none.
go lib/bare bare
git add -A
bare=$(printf 'tree %s\nparent %s\ncommitter C > D <c@x> 1772841600 +0000\n\nno author\n' "$(git write-tree)" \
	"$(git rev-parse HEAD)" | git hash-object --literally -w -t commit --stdin)
git update-ref refs/heads/main "$bare"
go lib/now now
at 2026-03-20 "now"
git branch bare "$bare"
