. "${0%/*}/../trend.sh"

mkdir go; git mv go.mod app store lib go/
sed -i s,ex.com/mall,ex.com/shop,  go/go.mod
grep -rl ex.com/mall go | xargs sed -i s,ex.com/mall,ex.com/shop,
at 2026-03-16 "another name, another place"
