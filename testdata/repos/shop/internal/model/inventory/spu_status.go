package inventory

import "fmt"

// SpuStatus 商品的状态.
type SpuStatus int8

const (
	SpuDraft    SpuStatus = 0 // 草稿
	SpuAuditing SpuStatus = 1 // 审核中
	SpuOnSale   SpuStatus = 2 // 在售
	SpuOffSale  SpuStatus = 3 // 下架
	SpuBanned   SpuStatus = 4 // 违规
)

var spuStatusNext = map[SpuStatus][]SpuStatus{
	SpuDraft:    {SpuAuditing},
	SpuAuditing: {SpuOnSale, SpuDraft},
	SpuOnSale:   {SpuOffSale, SpuBanned},
	SpuOffSale:  {SpuOnSale, SpuAuditing},
	SpuBanned:   {SpuDraft},
}

func (s SpuStatus) String() string {
	switch s {
	case SpuDraft:
		return "草稿"
	case SpuAuditing:
		return "审核中"
	case SpuOnSale:
		return "在售"
	case SpuOffSale:
		return "下架"
	case SpuBanned:
		return "违规"
	}
	return fmt.Sprintf("SpuStatus(%d)", int8(s))
}

// CanTransit tells whether the state machine allows s -> to.
func (s SpuStatus) CanTransit(to SpuStatus) bool {
	for _, n := range spuStatusNext[s] {
		if n == to {
			return true
		}
	}
	return false
}
