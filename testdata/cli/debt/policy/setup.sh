. "${0%/*}/../setup.sh"
cat >>.meshctl.yaml <<'Y'
debt:
  change_minutes: 30
  weights: { impact: 10, risk: 10, timeliness: 80 }
  costs:
    layer-violation: { minutes: 480, per: 60 }
    cognitive-complexity: { minutes: 0, per: 0 }
    long-function: { minutes: 1 }
  deadlines:
    - { name: "version 2", date: 2026-07-11, contexts: [order] }
    - { name: "audit", date: 2026-09-01, contexts: [usr] }
Y
at 2026-07-11 'debt'
