# fish completion for meshctl, printed by `meshctl completion fish`
# SPDX-License-Identifier: MIT

# Prints the command on the line; nothing before there is one.
function __meshctl_command
	set -l words (commandline -opc)
	set -e words[1]
	set -l value no
	for word in $words
		if test $value = yes
			set value no
			continue
		end
		switch $word
			case -C --directory --config --rev --format -o --output --level --platform --tags --cgo --go --rule --fail-on --top --over --sort --weigh --focus --depth --reaches --highlight --collapse -j --jobs --color
				set value yes
			case '-*'
			case '*'
				echo $word
				return
		end
	end
end

function __meshctl_at
	set -l command (__meshctl_command)
	test "$command" = "$argv[1]"
end

function __meshctl_revs
	git for-each-ref --format='%(refname:short)' 2>/dev/null
end

complete -c meshctl -f

complete -c meshctl -n '__meshctl_at ""' -a analyze -d 'say what is wrong with the architecture, on one screen'
complete -c meshctl -n '__meshctl_at ""' -a explain -d 'say what a rule, a metric or a finding means, and what to do'
complete -c meshctl -n '__meshctl_at ""' -a list -d 'print packages as `go list` sees them'
complete -c meshctl -n '__meshctl_at ""' -a graph -d 'print who imports whom, at any level'
complete -c meshctl -n '__meshctl_at ""' -a cycles -d 'show who imports each other in circles, and what to cut first'
complete -c meshctl -n '__meshctl_at ""' -a why -d 'show the imports by which one package leads to another'
complete -c meshctl -n '__meshctl_at ""' -a metrics -d 'measure coupling of packages and complexity of functions'
complete -c meshctl -n '__meshctl_at ""' -a setup -d 'look after what meshctl keeps'
complete -c meshctl -n '__meshctl_at ""' -a completion -d 'print the completion script for bash, zsh or fish'
complete -c meshctl -n '__meshctl_at ""' -a help -d 'how to use meshctl, or one of its commands'
complete -c meshctl -n '__meshctl_at help' -a 'analyze explain list graph cycles why metrics setup completion'
complete -c meshctl -n '__meshctl_at ""' -s C -l directory -x -a '(__fish_complete_directories)' -d 'run as if started in DIR'
complete -c meshctl -n '__meshctl_at ""' -s V -l version -d 'print the version'
complete -c meshctl -n '__meshctl_at ""' -s h -l help -d 'print this help'

complete -c meshctl -n '__meshctl_at analyze' -a '(__fish_complete_directories)'
complete -c meshctl -n '__meshctl_at analyze' -s C -l directory -x -a '(__fish_complete_directories)' -d 'run as if started in DIR'
complete -c meshctl -n '__meshctl_at analyze' -l config -r -F -d 'judge by the policy in FILE, not by the nearest .meshctl.yaml'
complete -c meshctl -n '__meshctl_at analyze' -l rev -x -a '(__meshctl_revs)' -d 'read commit REV from the object database, not the working tree'
complete -c meshctl -n '__meshctl_at analyze' -l format -x -a 'text json' -d 'print as FMT, into PATH if given; may be repeated'
complete -c meshctl -n '__meshctl_at analyze' -l json -d 'same as --format json'
complete -c meshctl -n '__meshctl_at analyze' -s o -l output -r -F -d 'write to FILE, - for standard output'
complete -c meshctl -n '__meshctl_at analyze' -l platform -x -a 'linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64 freebsd/amd64 js/wasm wasip1/wasm' -d 'build for this platform; may be repeated'
complete -c meshctl -n '__meshctl_at analyze' -l tags -x -d 'additional build tags that hold'
complete -c meshctl -n '__meshctl_at analyze' -l cgo -x -a 'on off' -d 'whether cgo is enabled'
complete -c meshctl -n '__meshctl_at analyze' -l go -x -d 'the release tags go1.1 to goVERSION hold'
complete -c meshctl -n '__meshctl_at analyze' -l rule -x -a '(__fish_complete_list , "printf %s\\\n import-cycle package-cycle test-cycle test-import-cycle internal-import main-import missing-package mixed-packages cgo-in-test bad-import-path could-be-internal missing-replace broken-go-mod go-version-feature unreadable-header function-complexity cognitive-complexity long-function long-file many-parameters deep-nesting unrelated-parts god-package hub-package unstable-dependency mutable-global-state")' -d 'run these rules only, and those about what cannot be read'
complete -c meshctl -n '__meshctl_at analyze' -l all-rules -d 'run every rule, those that are off as well'
complete -c meshctl -n '__meshctl_at analyze' -l fail-on -x -a 'off info warning error' -d 'exit with status 1 from this level up, error unless told'
complete -c meshctl -n '__meshctl_at analyze' -l all -d 'print everything, not only the first screen'
complete -c meshctl -n '__meshctl_at analyze' -l weigh -x -a 'imports symbols' -d 'weigh edges by import lines, or by the symbols that they use'
complete -c meshctl -n '__meshctl_at analyze' -l no-cache -d 'neither use nor fill the fact cache'
complete -c meshctl -n '__meshctl_at analyze' -s j -l jobs -x -d 'number of worker threads, one a processor unless told'
complete -c meshctl -n '__meshctl_at analyze' -l color -x -a 'auto always never' -d 'when to use colour'
complete -c meshctl -n '__meshctl_at analyze' -s q -l quiet -d 'print nothing but errors on standard error'
complete -c meshctl -n '__meshctl_at analyze' -s h -l help -d 'print this help'

complete -c meshctl -n '__meshctl_at explain' -a 'import-cycle package-cycle test-cycle test-import-cycle internal-import main-import missing-package mixed-packages cgo-in-test bad-import-path could-be-internal missing-replace broken-go-mod go-version-feature unreadable-header function-complexity cognitive-complexity long-function long-file many-parameters deep-nesting unrelated-parts god-package hub-package unstable-dependency mutable-global-state Ca Ce I depth reach files lines CCD ACD NCCD PC cyclomatic cognitive sonar nesting length params results statements code comments blanks blank-import move-constants move-type move-function event merge-packages consumer-interface split-package by-hand'
complete -c meshctl -n '__meshctl_at explain' -s C -l directory -x -a '(__fish_complete_directories)' -d 'run as if started in DIR'
complete -c meshctl -n '__meshctl_at explain' -l config -r -F -d 'judge by the policy in FILE, not by the nearest .meshctl.yaml'
complete -c meshctl -n '__meshctl_at explain' -l rev -x -a '(__meshctl_revs)' -d 'read commit REV from the object database, not the working tree'
complete -c meshctl -n '__meshctl_at explain' -l format -x -a 'text json' -d 'print as FMT, into PATH if given; may be repeated'
complete -c meshctl -n '__meshctl_at explain' -l json -d 'same as --format json'
complete -c meshctl -n '__meshctl_at explain' -s o -l output -r -F -d 'write to FILE, - for standard output'
complete -c meshctl -n '__meshctl_at explain' -l platform -x -a 'linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64 freebsd/amd64 js/wasm wasip1/wasm' -d 'build for this platform; may be repeated'
complete -c meshctl -n '__meshctl_at explain' -l tags -x -d 'additional build tags that hold'
complete -c meshctl -n '__meshctl_at explain' -l cgo -x -a 'on off' -d 'whether cgo is enabled'
complete -c meshctl -n '__meshctl_at explain' -l go -x -d 'the release tags go1.1 to goVERSION hold'
complete -c meshctl -n '__meshctl_at explain' -s j -l jobs -x -d 'number of worker threads, one a processor unless told'
complete -c meshctl -n '__meshctl_at explain' -l color -x -a 'auto always never' -d 'when to use colour'
complete -c meshctl -n '__meshctl_at explain' -s q -l quiet -d 'print nothing but errors on standard error'
complete -c meshctl -n '__meshctl_at explain' -s h -l help -d 'print this help'

complete -c meshctl -n '__meshctl_at list' -a '(__fish_complete_directories)'
complete -c meshctl -n '__meshctl_at list' -s C -l directory -x -a '(__fish_complete_directories)' -d 'run as if started in DIR'
complete -c meshctl -n '__meshctl_at list' -l rev -x -a '(__meshctl_revs)' -d 'read commit REV from the object database, not the working tree'
complete -c meshctl -n '__meshctl_at list' -l format -x -a 'text json' -d 'print as FMT, into PATH if given; may be repeated'
complete -c meshctl -n '__meshctl_at list' -l json -d 'same as --format json'
complete -c meshctl -n '__meshctl_at list' -s o -l output -r -F -d 'write to FILE, - for standard output'
complete -c meshctl -n '__meshctl_at list' -l platform -x -a 'linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64 freebsd/amd64 js/wasm wasip1/wasm' -d 'build for this platform; may be repeated'
complete -c meshctl -n '__meshctl_at list' -l tags -x -d 'additional build tags that hold'
complete -c meshctl -n '__meshctl_at list' -l cgo -x -a 'on off' -d 'whether cgo is enabled'
complete -c meshctl -n '__meshctl_at list' -l go -x -d 'the release tags go1.1 to goVERSION hold'
complete -c meshctl -n '__meshctl_at list' -s j -l jobs -x -d 'number of worker threads, one a processor unless told'
complete -c meshctl -n '__meshctl_at list' -l color -x -a 'auto always never' -d 'when to use colour'
complete -c meshctl -n '__meshctl_at list' -s q -l quiet -d 'print nothing but errors on standard error'
complete -c meshctl -n '__meshctl_at list' -s v -l verbose -d 'say more on standard error'
complete -c meshctl -n '__meshctl_at list' -s h -l help -d 'print this help'

complete -c meshctl -n '__meshctl_at graph' -a '(__fish_complete_directories)'
complete -c meshctl -n '__meshctl_at graph' -s C -l directory -x -a '(__fish_complete_directories)' -d 'run as if started in DIR'
complete -c meshctl -n '__meshctl_at graph' -l config -r -F -d 'judge by the policy in FILE, not by the nearest .meshctl.yaml'
complete -c meshctl -n '__meshctl_at graph' -l rev -x -a '(__meshctl_revs)' -d 'read commit REV from the object database, not the working tree'
complete -c meshctl -n '__meshctl_at graph' -l format -x -a 'edges json dot' -d 'print as FMT, into PATH if given; may be repeated'
complete -c meshctl -n '__meshctl_at graph' -l json -d 'same as --format json'
complete -c meshctl -n '__meshctl_at graph' -s o -l output -r -F -d 'write to FILE, - for standard output'
complete -c meshctl -n '__meshctl_at graph' -l level -x -a 'package test dir:1 dir:2 dir:3 module context' -d 'look at package, test, dir:K, module or context'
complete -c meshctl -n '__meshctl_at graph' -l platform -x -a 'linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64 freebsd/amd64 js/wasm wasip1/wasm' -d 'build for this platform; may be repeated'
complete -c meshctl -n '__meshctl_at graph' -l tags -x -d 'additional build tags that hold'
complete -c meshctl -n '__meshctl_at graph' -l cgo -x -a 'on off' -d 'whether cgo is enabled'
complete -c meshctl -n '__meshctl_at graph' -l go -x -d 'the release tags go1.1 to goVERSION hold'
complete -c meshctl -n '__meshctl_at graph' -l tests -d 'test files count as well'
complete -c meshctl -n '__meshctl_at graph' -l weigh -x -a 'imports symbols' -d 'weigh edges by import lines, or by the symbols that they use'
complete -c meshctl -n '__meshctl_at graph' -l focus -x -a '(__fish_complete_directories)' -d 'show what surrounds NODE only; may be repeated'
complete -c meshctl -n '__meshctl_at graph' -l depth -x -d 'surroundings of --focus: N imports away, 1 unless told'
complete -c meshctl -n '__meshctl_at graph' -l reaches -x -a '(__fish_complete_directories)' -d 'show what leads to NODE only; may be repeated'
complete -c meshctl -n '__meshctl_at graph' -l highlight -x -a 'cycles cut' -d 'mark cycles, cut or path:FROM..TO'
complete -c meshctl -n '__meshctl_at graph' -l std -d 'packages of the standard library are nodes as well'
complete -c meshctl -n '__meshctl_at graph' -l external -d 'other modules are nodes as well'
complete -c meshctl -n '__meshctl_at graph' -l collapse -x -a 'dir:1 dir:2 dir:3 module none' -d 'draw dir:K or module as one where --focus is not'
complete -c meshctl -n '__meshctl_at graph' -l no-cache -d 'neither use nor fill the fact cache'
complete -c meshctl -n '__meshctl_at graph' -s j -l jobs -x -d 'number of worker threads, one a processor unless told'
complete -c meshctl -n '__meshctl_at graph' -s q -l quiet -d 'print nothing but errors on standard error'
complete -c meshctl -n '__meshctl_at graph' -s h -l help -d 'print this help'

complete -c meshctl -n '__meshctl_at cycles' -a '(__fish_complete_directories)'
complete -c meshctl -n '__meshctl_at cycles' -s C -l directory -x -a '(__fish_complete_directories)' -d 'run as if started in DIR'
complete -c meshctl -n '__meshctl_at cycles' -l config -r -F -d 'judge by the policy in FILE, not by the nearest .meshctl.yaml'
complete -c meshctl -n '__meshctl_at cycles' -l rev -x -a '(__meshctl_revs)' -d 'read commit REV from the object database, not the working tree'
complete -c meshctl -n '__meshctl_at cycles' -l format -x -a 'text json' -d 'print as FMT, into PATH if given; may be repeated'
complete -c meshctl -n '__meshctl_at cycles' -l json -d 'same as --format json'
complete -c meshctl -n '__meshctl_at cycles' -s o -l output -r -F -d 'write to FILE, - for standard output'
complete -c meshctl -n '__meshctl_at cycles' -l level -x -a 'package test dir:1 dir:2 dir:3 module context' -d 'look at package, test, dir:K, module or context'
complete -c meshctl -n '__meshctl_at cycles' -l platform -x -a 'linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64 freebsd/amd64 js/wasm wasip1/wasm' -d 'build for this platform; may be repeated'
complete -c meshctl -n '__meshctl_at cycles' -l tags -x -d 'additional build tags that hold'
complete -c meshctl -n '__meshctl_at cycles' -l cgo -x -a 'on off' -d 'whether cgo is enabled'
complete -c meshctl -n '__meshctl_at cycles' -l go -x -d 'the release tags go1.1 to goVERSION hold'
complete -c meshctl -n '__meshctl_at cycles' -l fail-on -x -a 'off info warning error' -d 'exit with status 1 from this level up, error unless told'
complete -c meshctl -n '__meshctl_at cycles' -l all -d 'print everything, not only the first screen'
complete -c meshctl -n '__meshctl_at cycles' -l weigh -x -a 'imports symbols' -d 'weigh edges by import lines, or by the symbols that they use'
complete -c meshctl -n '__meshctl_at cycles' -l no-cache -d 'neither use nor fill the fact cache'
complete -c meshctl -n '__meshctl_at cycles' -s j -l jobs -x -d 'number of worker threads, one a processor unless told'
complete -c meshctl -n '__meshctl_at cycles' -l color -x -a 'auto always never' -d 'when to use colour'
complete -c meshctl -n '__meshctl_at cycles' -s q -l quiet -d 'print nothing but errors on standard error'
complete -c meshctl -n '__meshctl_at cycles' -s h -l help -d 'print this help'

complete -c meshctl -n '__meshctl_at why' -a '(__fish_complete_directories)'
complete -c meshctl -n '__meshctl_at why' -s C -l directory -x -a '(__fish_complete_directories)' -d 'run as if started in DIR'
complete -c meshctl -n '__meshctl_at why' -l config -r -F -d 'judge by the policy in FILE, not by the nearest .meshctl.yaml'
complete -c meshctl -n '__meshctl_at why' -l rev -x -a '(__meshctl_revs)' -d 'read commit REV from the object database, not the working tree'
complete -c meshctl -n '__meshctl_at why' -l format -x -a 'text json' -d 'print as FMT, into PATH if given; may be repeated'
complete -c meshctl -n '__meshctl_at why' -l json -d 'same as --format json'
complete -c meshctl -n '__meshctl_at why' -s o -l output -r -F -d 'write to FILE, - for standard output'
complete -c meshctl -n '__meshctl_at why' -l level -x -a 'package test dir:1 dir:2 dir:3 module context' -d 'look at package, test, dir:K, module or context'
complete -c meshctl -n '__meshctl_at why' -l platform -x -a 'linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64 freebsd/amd64 js/wasm wasip1/wasm' -d 'build for this platform; may be repeated'
complete -c meshctl -n '__meshctl_at why' -l tags -x -d 'additional build tags that hold'
complete -c meshctl -n '__meshctl_at why' -l cgo -x -a 'on off' -d 'whether cgo is enabled'
complete -c meshctl -n '__meshctl_at why' -l go -x -d 'the release tags go1.1 to goVERSION hold'
complete -c meshctl -n '__meshctl_at why' -l symbols -d 'print what each import uses, and where'
complete -c meshctl -n '__meshctl_at why' -l reverse -d 'who leads to the package, not where it leads'
complete -c meshctl -n '__meshctl_at why' -l tests -d 'test files count as well'
complete -c meshctl -n '__meshctl_at why' -l all -d 'print everything, not only the first screen'
complete -c meshctl -n '__meshctl_at why' -l weigh -x -a 'imports symbols' -d 'weigh edges by import lines, or by the symbols that they use'
complete -c meshctl -n '__meshctl_at why' -l no-cache -d 'neither use nor fill the fact cache'
complete -c meshctl -n '__meshctl_at why' -s j -l jobs -x -d 'number of worker threads, one a processor unless told'
complete -c meshctl -n '__meshctl_at why' -l color -x -a 'auto always never' -d 'when to use colour'
complete -c meshctl -n '__meshctl_at why' -s q -l quiet -d 'print nothing but errors on standard error'
complete -c meshctl -n '__meshctl_at why' -s h -l help -d 'print this help'

complete -c meshctl -n '__meshctl_at metrics' -a 'packages functions'
complete -c meshctl -n '__meshctl_at metrics' -s C -l directory -x -a '(__fish_complete_directories)' -d 'run as if started in DIR'
complete -c meshctl -n '__meshctl_at metrics' -l config -r -F -d 'judge by the policy in FILE, not by the nearest .meshctl.yaml'
complete -c meshctl -n '__meshctl_at metrics' -l rev -x -a '(__meshctl_revs)' -d 'read commit REV from the object database, not the working tree'
complete -c meshctl -n '__meshctl_at metrics' -l format -x -a 'text json csv gocyclo gocognit' -d 'print as FMT, into PATH if given; may be repeated'
complete -c meshctl -n '__meshctl_at metrics' -l json -d 'same as --format json'
complete -c meshctl -n '__meshctl_at metrics' -s o -l output -r -F -d 'write to FILE, - for standard output'
complete -c meshctl -n '__meshctl_at metrics' -l level -x -a 'package test dir:1 dir:2 dir:3 module context' -d 'look at package, test, dir:K, module or context'
complete -c meshctl -n '__meshctl_at metrics' -l platform -x -a 'linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64 freebsd/amd64 js/wasm wasip1/wasm' -d 'build for this platform; may be repeated'
complete -c meshctl -n '__meshctl_at metrics' -l tags -x -d 'additional build tags that hold'
complete -c meshctl -n '__meshctl_at metrics' -l cgo -x -a 'on off' -d 'whether cgo is enabled'
complete -c meshctl -n '__meshctl_at metrics' -l go -x -d 'the release tags go1.1 to goVERSION hold'
complete -c meshctl -n '__meshctl_at metrics' -l tests -d 'test files count as well'
complete -c meshctl -n '__meshctl_at metrics' -l all -d 'print everything, not only the first screen'
complete -c meshctl -n '__meshctl_at metrics' -l top -x -d 'print the first N only, in every format'
complete -c meshctl -n '__meshctl_at metrics' -l over -x -d 'print what is larger than N only'
complete -c meshctl -n '__meshctl_at metrics' -l avg -d 'print the average below, as gocyclo -avg does'
complete -c meshctl -n '__meshctl_at metrics' -l sort -x -a 'name Ca Ce I depth reach files lines cyclomatic cognitive sonar nesting length params results statements code comments blanks' -d 'sort by METRIC, the largest first, or by name'
complete -c meshctl -n '__meshctl_at metrics' -l no-cache -d 'neither use nor fill the fact cache'
complete -c meshctl -n '__meshctl_at metrics' -s j -l jobs -x -d 'number of worker threads, one a processor unless told'
complete -c meshctl -n '__meshctl_at metrics' -l color -x -a 'auto always never' -d 'when to use colour'
complete -c meshctl -n '__meshctl_at metrics' -s q -l quiet -d 'print nothing but errors on standard error'
complete -c meshctl -n '__meshctl_at metrics' -s h -l help -d 'print this help'

complete -c meshctl -n '__meshctl_at setup' -a 'cache'
complete -c meshctl -n '__meshctl_at setup' -l format -x -a 'text json' -d 'print as FMT, into PATH if given; may be repeated'
complete -c meshctl -n '__meshctl_at setup' -l json -d 'same as --format json'
complete -c meshctl -n '__meshctl_at setup' -s o -l output -r -F -d 'write to FILE, - for standard output'
complete -c meshctl -n '__meshctl_at setup' -l color -x -a 'auto always never' -d 'when to use colour'
complete -c meshctl -n '__meshctl_at setup' -s h -l help -d 'print this help'

complete -c meshctl -n '__meshctl_at completion' -a 'bash zsh fish'
complete -c meshctl -n '__meshctl_at completion' -s o -l output -r -F -d 'write to FILE, - for standard output'
complete -c meshctl -n '__meshctl_at completion' -s h -l help -d 'print this help'
