mkdir -p docs/decisions
for n in 0000-use-madr 0001-tiers 0002-html-templates 0002-queues; do
	printf -- '---\nstatus: accepted\n---\n\n# About %s\n' "$n" >docs/decisions/$n.md
done
printf '# Template\n' >docs/decisions/0000-template.md
