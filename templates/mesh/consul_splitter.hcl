Kind = "service-splitter"
Name = "{{{id}}}"
Splits = [
  {{#versions}}
  {
    Weight        = {{{weight}}}
    ServiceSubset = "{{{label}}}"
  }{{^last}},{{/last}}
  {{/versions}}
]
