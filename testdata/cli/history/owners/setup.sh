. "${0%/*}/../setup.sh"
printf 'Robert Roe <bob@example.com> Bob <bob@example.com>\n' > .mailmap; commit "Ann Lee" 04-07 "who Bob is"
