. "${0%/*}/../setup.sh"
sed -i 's,to: order/y,to: order/x,' .meshctl.yaml
mkdir -p docs/decisions
printf '# 1. Ports\n\n## Status\n\nAccepted\n' >docs/decisions/0001-ports.md
printf '# 2. Until the cut\n\n## Status\n\nSuperseded by [3](0003-cut.md)\n' >docs/decisions/0002-until.md
printf '# 3. The cut\n\n## Status\n\nAccepted\n' >docs/decisions/0003-cut.md
sed -i 's/adr: 1, owner/adr: 3, owner/' .meshctl.yaml
