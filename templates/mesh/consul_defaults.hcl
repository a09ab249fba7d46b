{{#unfit}}
# Belongs into UpstreamConfig of the caller's service-defaults: {{{.}}}
{{/unfit}}
{{#lost}}
# Not carried over: {{{.}}}
{{/lost}}
Kind     = "service-defaults"
Name     = "{{{id}}}"
Protocol = "{{{consul_protocol}}}"
