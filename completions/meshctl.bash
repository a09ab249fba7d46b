# bash completion for meshctl, printed by `meshctl completion bash`
# SPDX-License-Identifier: MIT
_meshctl_add()          # the answers of compgen, each behind $head
{
	local word
	while IFS= read -r word; do
		COMPREPLY[${#COMPREPLY[@]}]=$head$word
	done < <(compgen "$@" -- "$cur")
}

_meshctl_files()        # -d or -f
{
	compopt -o filenames 2>/dev/null
	_meshctl_add "$1"
}

_meshctl_list()         # words with commas between
{
	case $cur in
	*,*) head=$head${cur%,*}, cur=${cur##*,} ;;
	esac
	_meshctl_add -W "$1"
}

_meshctl_format()       # FMT or FMT:PATH
{
	case $cur in
	*:*) head=$head${cur%%:*}: cur=${cur#*:}; _meshctl_files -f ;;
	*) _meshctl_add -W "$1" ;;
	esac
}

_meshctl_revs()         # compgen -W would run what is in a branch's name
{
	local word
	while IFS= read -r word; do
		if [[ $word == "$cur"* ]]; then
			printf -v word %q "$word"
			COMPREPLY[${#COMPREPLY[@]}]=$head$word
		fi
	done < <(git for-each-ref --format='%(refname:short)' 2>/dev/null)
}

_meshctl_value()
{
	case $option in
	-C | --directory) _meshctl_files -d ;;
	--config) _meshctl_files -f ;;
	--rev) _meshctl_revs ;;
	--base) _meshctl_revs ;;
	--format) case $command in
		analyze) _meshctl_format 'text json sarif github gitlab junit rdjsonl markdown csv openmetrics' ;;
		gate) _meshctl_format 'text json sarif github gitlab junit rdjsonl markdown csv openmetrics' ;;
		diff) _meshctl_format 'text json markdown dot mermaid' ;;
		report) _meshctl_format 'html' ;;
		explain) _meshctl_format 'text json' ;;
		list) _meshctl_format 'text json' ;;
		graph) _meshctl_format 'edges json dot svg png mermaid graphml matrix' ;;
		cycles) _meshctl_format 'text json sarif github gitlab junit rdjsonl markdown csv openmetrics' ;;
		why) _meshctl_format 'text json' ;;
		layers) _meshctl_format 'text json sarif github gitlab junit rdjsonl markdown csv openmetrics' ;;
		contexts) _meshctl_format 'text json sarif github gitlab junit rdjsonl markdown csv openmetrics' ;;
		metrics) _meshctl_format 'text json csv gocyclo gocognit' ;;
		history) _meshctl_format 'text json csv svg png' ;;
		debt) _meshctl_format 'text json csv svg png' ;;
		setup) _meshctl_format 'text json' ;;
		policy) _meshctl_format 'text json' ;;
		baseline) _meshctl_format 'text json' ;;
		adr) _meshctl_format 'text json sarif github gitlab junit rdjsonl markdown csv openmetrics dot mermaid' ;;
		mesh) _meshctl_format 'text json sarif github gitlab junit rdjsonl markdown csv openmetrics' ;;
		esac ;;
	-o | --output) _meshctl_files -f ;;
	--level) _meshctl_add -W 'package test dir:1 dir:2 dir:3 module layer context domain' ;;
	--platform) _meshctl_add -W 'linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64 freebsd/amd64 js/wasm wasip1/wasm' ;;
	--tags) : ;;
	--cgo) _meshctl_add -W 'on off' ;;
	--go) : ;;
	--rule) _meshctl_list 'import-cycle package-cycle test-cycle test-import-cycle internal-import main-import missing-package mixed-packages cgo-in-test bad-import-path could-be-internal missing-replace broken-go-mod go-version-feature unreadable-header layer-violation closed-layer denied-import struct-tags transport-types context-boundary context-pair context-internal shared-uses-context concrete-type unfilled-port unmapped-package vacuous-policy domain-clash unused-ignore bad-ignore unused-exception expired-exception package-by-layer function-complexity cognitive-complexity long-function long-file many-parameters deep-nesting unrelated-parts god-package hub-package unstable-dependency mutable-global-state fixed-baseline-entry expired-baseline-entry new-errors new-crossings more-circles larger-cut less-judged larger-baseline newly-allowed more-complexity deeper-imports more-unmapped pay-down coverage kpi hotspot-health api-change debt-density debt-rise adr-number adr-link adr-successor adr-status adr-edited adr-not-in-force adr-missing adr-evidence adr-unreadable adr-required manifest-schema manifest-unreadable manifest-template manifest-reference mesh-annotation port-name injection-labels route-unreachable subset-no-pod destination-host route-weights injection-ineffective strict-outside tls-conflict retry-twice probe-route grace-period image-tag service-entry service-unmatched collector-pipeline selector-no-workload workload-twice policy-ineffective host-twice gateway-host port-needed gateway-subset jwt-route gateway-twice gateway-port gateway-credential tls-unverified service-entry-shape service-ports envoy-filter match-unused annotation-misused deprecated-mesh reserved-uid workload-unmatched' ;;
	--tag) : ;;
	--fail-on) _meshctl_add -W 'off info warning error' ;;
	--now) : ;;
	--since) _meshctl_add -W '1y 6m 3m 1m 2w 1w' ;;
	--every) _meshctl_add -W '1y 6m 3m 1m 2w 1w' ;;
	--min-revs) : ;;
	--min-shared-revs) : ;;
	--min-coupling) _meshctl_add -W '30 50 60 80 100' ;;
	--max-coupling) _meshctl_add -W '30 50 60 80 100' ;;
	--max-changeset-size) : ;;
	--top) : ;;
	--over) : ;;
	--sort) _meshctl_add -W 'name Ca Ce I A D depth reach files lines cyclomatic cognitive sonar nesting length params results statements code comments blanks' ;;
	--weigh) _meshctl_add -W 'imports symbols' ;;
	--focus) _meshctl_files -d ;;
	--depth) : ;;
	--reaches) _meshctl_files -d ;;
	--hide) _meshctl_files -d ;;
	--highlight) _meshctl_add -W 'cycles cut violations' ;;
	--diff) _meshctl_revs ;;
	--collapse) _meshctl_add -W 'dir:1 dir:2 dir:3 module layer context none' ;;
	--cluster) _meshctl_add -W 'module layer context domain none policy' ;;
	--theme) _meshctl_add -W 'light dark print' ;;
	--reason) : ;;
	--owner) : ;;
	--adr) : ;;
	--from) : ;;
	--status) _meshctl_add -W 'proposed accepted rejected deprecated' ;;
	--supersedes) : ;;
	--template) _meshctl_files -d ;;
	--as) _meshctl_add -W 'madr nygard log4brains yaml' ;;
	--target) _meshctl_add -W 'istio gateway-api consul nginx' ;;
	--stage) _meshctl_add -W 'mesh mono split' ;;
	--steps) : ;;
	--zone) : ;;
	--expires) : ;;
	-j | --jobs) : ;;
	--color) _meshctl_add -W 'auto always never' ;;
	esac
}

_meshctl_options()
{
	case $command in
	analyze) _meshctl_add -W '-C --directory --config --rev --staged --format --json -o --output --platform --tags --cgo --go --rule --tag --all-rules --fail-on --show-suppressed --now --all --weigh --no-cache --owner -j --jobs --color -q --quiet -h --help' ;;
	init) _meshctl_add -W '-C --directory --force --no-cache -j --jobs -q --quiet -h --help' ;;
	gate) _meshctl_add -W '-C --directory --config --rev --base --staged --format --json -o --output --platform --tags --cgo --go --tag --fail-on --show-suppressed --now --all --weigh --no-cache --owner -j --jobs --color -q --quiet -h --help' ;;
	diff) _meshctl_add -W '-C --directory --config --format --json -o --output --platform --tags --cgo --go --now --tests --all --no-cache -j --jobs --color -q --quiet -h --help' ;;
	report) _meshctl_add -W '-C --directory --config --rev --staged --format -o --output --platform --tags --cgo --go --rule --tag --all-rules --fail-on --now --weigh --no-cache --owner -j --jobs -q --quiet -h --help' ;;
	explain) _meshctl_add -W '-C --directory --config --rev --staged --format --json -o --output --platform --tags --cgo --go --now --all --no-cache -j --jobs --color -q --quiet -h --help' ;;
	list) _meshctl_add -W '-C --directory --rev --staged --format --json -o --output --platform --tags --cgo --go --no-cache -j --jobs --color -q --quiet -v --verbose -h --help' ;;
	graph) _meshctl_add -W '-C --directory --config --rev --staged --format --json -o --output --level --platform --tags --cgo --go --tests --weigh --focus --depth --reaches --hide --reduce --highlight --diff --std --external --collapse --cluster --theme --no-cache -j --jobs --color -q --quiet -h --help' ;;
	cycles) _meshctl_add -W '-C --directory --config --rev --staged --format --json -o --output --level --platform --tags --cgo --go --fail-on --show-suppressed --now --all --weigh --no-cache --owner -j --jobs --color -q --quiet -h --help' ;;
	why) _meshctl_add -W '-C --directory --config --rev --staged --format --json -o --output --level --platform --tags --cgo --go --symbols --reverse --tests --all --weigh --no-cache -j --jobs --color -q --quiet -h --help' ;;
	layers) _meshctl_add -W '-C --directory --config --rev --staged --format --json -o --output --platform --tags --cgo --go --fail-on --show-suppressed --now --all --no-cache --owner -j --jobs --color -q --quiet -h --help' ;;
	contexts) _meshctl_add -W '-C --directory --config --rev --staged --format --json -o --output --platform --tags --cgo --go --fail-on --show-suppressed --now --all --no-cache --owner -j --jobs --color -q --quiet -h --help' ;;
	metrics) _meshctl_add -W '-C --directory --config --rev --staged --format --json -o --output --level --platform --tags --cgo --go --tests --all --top --over --avg --abstractness --sort --no-cache -j --jobs --color -q --quiet -h --help' ;;
	history) _meshctl_add -W '-C --directory --config --rev --staged --format --json -o --output --level --platform --tags --cgo --go --rule --now --since --every --people --churn --min-revs --min-shared-revs --min-coupling --max-coupling --max-changeset-size --tests --all --top --debt --theme --no-cache -j --jobs --color -q --quiet -h --help' ;;
	debt) _meshctl_add -W '-C --directory --config --rev --staged --format --json -o --output --level --platform --tags --cgo --go --now --all --top --heat-map --sonar --no-cache --owner -j --jobs --color -q --quiet -h --help' ;;
	setup) _meshctl_add -W '-C --directory --force --format --json -o --output --print --color -h --help' ;;
	policy) _meshctl_add -W '-C --directory --config --force --rev --staged --format --json -o --output --fail-on --no-cache --defaults -j --jobs -q --quiet -h --help' ;;
	baseline) _meshctl_add -W '-C --directory --config --rev --staged --format --json -o --output --now --all --no-cache --allow-new --reason --owner --adr --expires -j --jobs --color -q --quiet -h --help' ;;
	adr) _meshctl_add -W '-C --directory --config --rev --staged --format --json -o --output --fail-on --show-suppressed --now --all --no-cache --print --graph --from --status --supersedes --template --as -j --jobs --color -q --quiet -h --help' ;;
	mesh) _meshctl_add -W '-C --directory --config --rev --staged --format --json -o --output --platform --tags --cgo --go --rule --tag --all-rules --fail-on --show-suppressed --now --all --no-cache --print --owner --target --stage --steps --prune --zone -j --jobs --color -q --quiet -h --help' ;;
	completion) _meshctl_add -W '-o --output -h --help' ;;
	'') _meshctl_add -W '-C --directory -V --version -h --help' ;;
	esac
}

_meshctl_operand()
{
	case $command in
	analyze) _meshctl_files -d ;;
	init) : ;;
	gate) _meshctl_files -d ;;
	diff) _meshctl_revs ;;
	report) _meshctl_files -d ;;
	explain) _meshctl_add -W 'import-cycle package-cycle test-cycle test-import-cycle internal-import main-import missing-package mixed-packages cgo-in-test bad-import-path could-be-internal missing-replace broken-go-mod go-version-feature unreadable-header layer-violation closed-layer denied-import struct-tags transport-types context-boundary context-pair context-internal shared-uses-context concrete-type unfilled-port unmapped-package vacuous-policy domain-clash unused-ignore bad-ignore unused-exception expired-exception package-by-layer function-complexity cognitive-complexity long-function long-file many-parameters deep-nesting unrelated-parts god-package hub-package unstable-dependency mutable-global-state fixed-baseline-entry expired-baseline-entry new-errors new-crossings more-circles larger-cut less-judged larger-baseline newly-allowed more-complexity deeper-imports more-unmapped pay-down coverage kpi hotspot-health api-change debt-density debt-rise adr-number adr-link adr-successor adr-status adr-edited adr-not-in-force adr-missing adr-evidence adr-unreadable adr-required manifest-schema manifest-unreadable manifest-template manifest-reference mesh-annotation port-name injection-labels route-unreachable subset-no-pod destination-host route-weights injection-ineffective strict-outside tls-conflict retry-twice probe-route grace-period image-tag service-entry service-unmatched collector-pipeline selector-no-workload workload-twice policy-ineffective host-twice gateway-host port-needed gateway-subset jwt-route gateway-twice gateway-port gateway-credential tls-unverified service-entry-shape service-ports envoy-filter match-unused annotation-misused deprecated-mesh reserved-uid workload-unmatched Ca Ce I A D depth reach files lines CCD ACD NCCD PC cyclomatic cognitive sonar nesting length params results statements code comments blanks blank-import move-constants move-type move-function event merge-packages consumer-interface move-package split-package by-hand' ;;
	list) _meshctl_files -d ;;
	graph) _meshctl_files -d ;;
	cycles) _meshctl_files -d ;;
	why) _meshctl_files -d ;;
	layers) _meshctl_files -d ;;
	contexts) _meshctl_files -d ;;
	metrics) _meshctl_add -W 'packages functions' ;;
	history) _meshctl_add -W 'hotspots coupling owners trend blame' ;;
	debt) _meshctl_files -d ;;
	setup) _meshctl_add -W 'cache hook ci doctor' ;;
	policy) _meshctl_add -W 'check print schema import' ;;
	baseline) _meshctl_add -W 'status update add' ;;
	adr) _meshctl_add -W 'new list show set check' ;;
	mesh) _meshctl_add -W 'model generate plan lint' ;;
	completion) _meshctl_add -W 'bash zsh fish' ;;
	'' | help) _meshctl_add -W 'analyze init gate diff report explain list graph cycles why layers contexts metrics history debt setup policy baseline adr mesh completion help' ;;
	esac
}

_meshctl()
{
	local IFS=$' \t\n' words cur="" head="" command="" option="" ended="" glue="" breaks="" word i
	words=()
	COMPREPLY=()
	for ((i = 1; i <= COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		if [[ ${#words[@]} -gt 0 && ( -n $glue || $word == [=:]* ) ]]; then
			words[${#words[@]} - 1]+=$word
		else
			words[${#words[@]}]=$word
		fi
		glue=
		[[ $word == *[=:] ]] && glue=1
	done
	for ((i = 0; i < ${#words[@]} - 1; i++)); do
		word=${words[i]}
		if [[ -n $option ]]; then
			option=
			continue
		fi
		case $ended$word in
		--) ended=1 ;;
		--*=*) ;;
		-C | --directory | --config | --rev | --base | --format | -o | --output | --level | --platform | --tags | --cgo | --go | --rule | --tag | --fail-on | --now | --since | --every | --min-revs | --min-shared-revs | --min-coupling | --max-coupling | --max-changeset-size | --top | --over | --sort | --weigh | --focus | --depth | --reaches | --hide | --highlight | --diff | --collapse | --cluster | --theme | --reason | --owner | --adr | --from | --status | --supersedes | --template | --as | --target | --stage | --steps | --zone | --expires | -j | --jobs | --color) option=$word ;;
		-*) ;;
		*) command=${command:-$word} ;;
		esac
	done
	if ((${#words[@]})); then
		cur=${words[${#words[@]} - 1]}
	fi
	word=$cur
	if [[ -z $option && -z $ended && $cur == --*=* ]]; then
		option=${cur%%=*}
		head=$option=
		cur=${cur#*=}
	fi
	if [[ -n $option ]]; then
		_meshctl_value
	elif [[ -z $ended && $cur == -* ]]; then
		_meshctl_options
	else
		_meshctl_operand
	fi
	[[ $COMP_WORDBREAKS == *=* ]] && breaks+==
	[[ $COMP_WORDBREAKS == *:* ]] && breaks+=:
	if [[ -n $breaks && $word == *[$breaks]* ]]; then
		word=${word%"${word##*[$breaks]}"}
		for ((i = 0; i < ${#COMPREPLY[@]}; i++)); do
			COMPREPLY[i]=${COMPREPLY[i]#"$word"}
		done
	fi
}

complete -F _meshctl meshctl
