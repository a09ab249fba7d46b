. "${0%/*}/../setup.sh"
git clone -q --depth 4 "file://$PWD" part
