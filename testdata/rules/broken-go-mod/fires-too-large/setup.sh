{ printf "module ex.com/m\n"; head -c 17000000 /dev/zero | tr "\0" "\n"; } >go.mod
