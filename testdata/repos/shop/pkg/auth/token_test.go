package auth

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestOldSecretStillWorks(t *testing.T) {
	SetSecret("old-secret", "")
	tok, err := Issue(42, false, "ios", time.Hour)
	require.NoError(t, err)
	SetSecret("new-secret", "old-secret")
	c, err := Parse(tok)
	require.NoError(t, err)
	require.EqualValues(t, 42, c.UserID)
}

func TestExpired(t *testing.T) {
	SetSecret("k", "")
	tok, err := Issue(1, true, "", -time.Minute)
	require.NoError(t, err)
	_, err = Parse(tok)
	require.Error(t, err)
}
