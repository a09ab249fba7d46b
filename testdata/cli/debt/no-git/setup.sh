. "${0%/*}/../setup.sh"
rm -rf .git
