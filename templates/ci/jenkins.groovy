// Written by `meshctl setup ci jenkins`: judges each pull request against the branch it goes to.
pipeline {
    agent any
    environment {
        MESHCTL_URL = '@TARBALL@'
    }
    stages {
        stage('architecture') {
            steps {
                sh '''
                    set -eu
                    mkdir -p "$WORKSPACE_TMP/meshctl"
                    curl -fsSL --retry 3 "$MESHCTL_URL" | tar -xz --strip-components=1 -C "$WORKSPACE_TMP/meshctl"
                    set -- --format text --format junit:meshctl-junit.xml
                    if [ -n "${CHANGE_TARGET:-}" ]; then
                        git fetch -q origin "+refs/heads/$CHANGE_TARGET:refs/remotes/origin/$CHANGE_TARGET"
                        set -- --base "origin/$CHANGE_TARGET" "$@"
                    fi
                    "$WORKSPACE_TMP/meshctl/bin/meshctl" gate "$@"
                '''
            }
            post {
                always {
                    junit testResults: 'meshctl-junit.xml', allowEmptyResults: false
                }
            }
        }
    }
}
