. "${0%/*}/../setup.sh"
