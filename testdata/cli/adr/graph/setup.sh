mkdir -p docs/decisions
record() { # NUMBER STATUS TITLE LINK...
	printf -- '---\nstatus: "%s"\ndate: 2026-01-%02d\n---\n\n# %s\n\n## More Information\n\n%s\n' \
		"$2" "$1" "$3" "${4-}" >"docs/decisions/$(printf %04d "$1")-x.md"
}
record 1 'superseded by ADR-0003' 'Use PostgreSQL for orders'
record 2 accepted 'Prices are integers of cents'
record 3 accepted 'MySQL 8, because the team knows how to operate it at three in the morning and on Sundays' \
	'Supersedes [ADR-0001](0001-x.md)'
record 4 proposed 'CI/CD: <b>"a]b"</b> & {x} | end' 'Amends [ADR-0002](0002-x.md)'
record 5 rejected '模块化单体模块化单体模块化单体模块化单体'
record 6 perhaps 'Nobody knows'
