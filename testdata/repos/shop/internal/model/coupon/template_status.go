package coupon

import "fmt"

// TemplateStatus 券模板的状态.
type TemplateStatus int8

const (
	TemplateDraft     TemplateStatus = 0 // 草稿
	TemplateOnline    TemplateStatus = 1 // 发放中
	TemplatePaused    TemplateStatus = 2 // 暂停
	TemplateEnded     TemplateStatus = 3 // 结束
	TemplateDiscarded TemplateStatus = 9 // 作废
)

var templateStatusNext = map[TemplateStatus][]TemplateStatus{
	TemplateDraft:  {TemplateOnline, TemplateDiscarded},
	TemplateOnline: {TemplatePaused, TemplateEnded},
	TemplatePaused: {TemplateOnline, TemplateEnded},
}

func (s TemplateStatus) String() string {
	switch s {
	case TemplateDraft:
		return "草稿"
	case TemplateOnline:
		return "发放中"
	case TemplatePaused:
		return "暂停"
	case TemplateEnded:
		return "结束"
	case TemplateDiscarded:
		return "作废"
	}
	return fmt.Sprintf("TemplateStatus(%d)", int8(s))
}

// CanTransit tells whether the state machine allows s -> to.
func (s TemplateStatus) CanTransit(to TemplateStatus) bool {
	for _, n := range templateStatusNext[s] {
		if n == to {
			return true
		}
	}
	return false
}

// Final reports whether nothing can follow s.
func (s TemplateStatus) Final() bool { return s == TemplateEnded || s == TemplateDiscarded }
