# {{{selector_from}}}
service {
  id   = "{{{id}}}"
  name = "{{{id}}}"
  {{#main_port}}
  # {{{from}}}
  port = {{{number}}}
  {{/main_port}}
  tags = ["{{{old}}}"]
  meta = {
    version = "{{{old}}}"
  }
  {{#consul_check}}
  checks = [
    {
      # {{{from}}}
      id       = "{{{id}}}-ready"
      name     = "{{{id}}} answers"
      {{{kind}}}     = "{{{target}}}"
      interval = "10s"
      timeout  = "2s"
    }
  ]
  {{/consul_check}}
  connect = {
    sidecar_service = {
      proxy = {
        upstreams = [
          {{#upstreams}}
          {
            # {{{from}}}
            destination_name = "{{{to}}}"
            local_bind_port  = {{{bind}}}
          }{{^last}},{{/last}}
          {{/upstreams}}
        ]
      }
    }
  }
}
