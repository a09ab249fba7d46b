Kind = "service-router"
Name = "{{{id}}}"
Routes = [
  {
    {{#timeout}}
    {{#from}}
    # {{{.}}}
    {{/from}}
    {{/timeout}}
    {{#retries}}
    # The callers' code tries again itself: no retries here.
    {{/retries}}
    Match = {
      HTTP = {
        PathPrefix = "/"
      }
    }
    Destination = {
      RequestTimeout = "{{#timeout}}{{{value}}}{{/timeout}}"
      NumRetries     = 0
    }
  }
]
