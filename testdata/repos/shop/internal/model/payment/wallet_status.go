package payment

import "fmt"

// WalletStatus 余额账户的状态.
type WalletStatus int8

const (
	WalletActive WalletStatus = 1 // 正常
	WalletFrozen WalletStatus = 2 // 冻结
	WalletClosed WalletStatus = 3 // 注销
)

var walletStatusNext = map[WalletStatus][]WalletStatus{
	WalletActive: {WalletFrozen, WalletClosed},
	WalletFrozen: {WalletActive, WalletClosed},
}

func (s WalletStatus) String() string {
	switch s {
	case WalletActive:
		return "正常"
	case WalletFrozen:
		return "冻结"
	case WalletClosed:
		return "注销"
	}
	return fmt.Sprintf("WalletStatus(%d)", int8(s))
}

// CanTransit tells whether the state machine allows s -> to.
func (s WalletStatus) CanTransit(to WalletStatus) bool {
	for _, n := range walletStatusNext[s] {
		if n == to {
			return true
		}
	}
	return false
}

// Final reports whether nothing can follow s.
func (s WalletStatus) Final() bool { return s == WalletClosed }
