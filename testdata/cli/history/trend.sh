# Ten weeks of a small repository: no Go at first, circles from 2026-02-20 on, a policy at the end.
git init -q -b main
at() {
	git add -A
	GIT_AUTHOR_DATE="$1T12:00:00Z" GIT_COMMITTER_DATE="$1T12:00:00Z" git commit -q --allow-empty -m "$2"
}
go() { # go FOLDER FILE IMPORT...
	folder=$1 file=$2
	shift 2
	mkdir -p "$folder"
	{
		echo "package ${folder##*/}"
		for path; do
			printf '\nimport _ "ex.com/mall/%s"\n' "$path"
		done
	} >"$folder/$file.go"
}
echo mall >README
at 2026-01-05 "begin"
printf 'module ex.com/mall\n\ngo 1.22\n' >go.mod
go store/order order
go app/order order store/order
at 2026-01-16 "order: an app and its store"
go store/user user
go app/user user store/user
at 2026-01-28 "user: the same"
go lib/price price
go app/order price lib/price
at 2026-02-11 "price: one place for it"
go store/order price lib/price
go lib/price/rules rules app/user
go app/user price lib/price
at 2026-02-20 "price: rules ask for the user"
echo docs >docs.md
at 2026-03-02 "docs"
mkdir .github
printf '/store/ @data\n/app/ @trade\n' >.github/CODEOWNERS
cat >.meshctl.yaml <<'Y'
version: 1
layers:
  app: { in: ["app/**"], uses: [store, lib] }
  store: { in: ["store/**"], uses: [lib] }
  lib: { in: ["lib/**"] }
Y
at 2026-03-09 "a policy"
go store/order hooks app/order/hooks
go app/order/hooks hooks
at 2026-03-13 "order: hooks"
