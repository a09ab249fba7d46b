Kind          = "service-resolver"
Name          = "{{{id}}}"
DefaultSubset = "{{{default_subset}}}"
Subsets = {
  {{#versions}}
  "{{{label}}}" = {
    Filter = "Service.Meta.version == {{{label}}}"
  }
  {{/versions}}
}
