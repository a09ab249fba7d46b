. "${0%/*}/../trend.sh"

# A clock of 2038 in the middle, then one of 1980: neither moves anything.
go lib/late late
at 2038-01-01 "from the future"
go lib/early early
at 1980-01-01 "from the past"
go lib/now now
at 2026-03-16 "now"
