printf 'module ex.com/mall\n\ngo 1.22\n' >go.mod
mkdir -p order user
printf 'package order\n\nimport _ "ex.com/mall/user"\n' >order/order.go
printf 'package user\n\nimport _ "ex.com/mall/order/x"\n' >user/user.go
mkdir -p order/x
printf 'package x\n' >order/x/x.go
cat >.meshctl.yaml <<'X'
version: 1
layers:
  domain: {in: ["user/**"]}
  app: {in: ["order/**"], uses: [domain]}
exceptions:
  - {from: user, to: order/y, reason: "waits for *them*", adr: 1, owner: "@user", expires: 2099-01-01}
rules:
  layer-violation: {level: error, adr: 1}
X
