. "${0%/*}/../trend.sh"
