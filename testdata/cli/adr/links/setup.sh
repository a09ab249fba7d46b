. "${0%/*}/../setup.sh"
mkdir -p docs/decisions/old ../elsewhere
printf '# 1. A\n\n## Status\n\nAccepted\n' >docs/decisions/0001-a.md
printf '# 2. B\n\n## Status\n\nAccepted\n' >../elsewhere/0002-b.md
ln -s ../../../elsewhere/0002-b.md docs/decisions/0002-b.md
ln -s gone.md docs/decisions/0007-c.md
ln -s old docs/decisions/recent
