. "${0%/*}/../setup.sh"
git checkout -q main; git rm -q .meshctl.yaml; git commit -qm none; git checkout -q change; git rm -q .meshctl.yaml; git commit -q --amend -m none; git rebase -q main 2>/dev/null
