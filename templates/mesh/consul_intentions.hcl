# {{{intend_why}}}
Kind = "service-intentions"
Name = "{{{id}}}"
Sources = [
  {{#principals}}
  {
    # {{{from}}}
    Name   = "{{{id}}}"
    Action = "allow"
  },
  {{/principals}}
  {
    Name   = "*"
    Action = "{{#dry_run}}allow{{/dry_run}}{{^dry_run}}deny{{/dry_run}}"
  }
]
