printf 'module ex.com/mall\n\ngo 1.22\n' >go.mod
mkdir order user
printf 'package order\n\nimport _ "ex.com/mall/user"\n' >order/order.go
printf 'package user\n' >user/user.go
mkdir -p docs/decisions/1/2/3/4/5/6/7/8/9/10
ln -s gone.md docs/decisions/0001-nowhere.md
ln -s ../../../away.md docs/decisions/0002-out.md
printf '# 2. Out\n\n## Status\n\nAccepted\n' >../away.md
printf '# 4. In\n\n## Status\n\nAccepted\n' >docs/in.md
ln -s ../in.md docs/decisions/0004-in.md
ln -s gone.txt docs/decisions/0005-no-record.txt
printf '# 6. Deep\n\n## Status\n\nAccepted\n' >docs/decisions/1/2/3/4/5/6/7/8/0006-deep.md
printf '# 7. Deeper\n\n## Status\n\nAccepted\n' >docs/decisions/1/2/3/4/5/6/7/8/9/0007-deeper.md
