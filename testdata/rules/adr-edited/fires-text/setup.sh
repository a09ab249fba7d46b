mkdir -p docs/decisions/
cat >go.mod <<'X'
module example.com/m

go 1.22
X
printf 'package m\n' >m.go
cat >docs/decisions/0001-a.md <<'X'
---
status: "proposed"
---

# A

## Context

Why it is so, and
what it costs.
X
git init -q . && git add . && git commit -qm draft
sed -i 's/proposed/accepted/; s/costs/is worth/' docs/decisions/0001-a.md && git commit -qam accept
sed -i 's/is worth/saves/' docs/decisions/0001-a.md && git commit -qam edit
