mkdir -p docs
printf '# Handbook\n' >docs/README.md
