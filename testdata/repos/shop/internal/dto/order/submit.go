package order

import "github.com/acme/shop/pkg/money"

type SubmitLine struct {
	SkuID    int64        `json:"sku_id,string" binding:"required"`
	Quantity int32        `json:"quantity" binding:"gte=1"`
	Price    money.Amount `json:"price"`
}

// SubmitReq is the union of what nine clients send.
type SubmitReq struct {
	Kind        int          `json:"kind" binding:"gte=0,lte=4"`
	Channel     string       `json:"channel" binding:"required,oneof=app mini web b2b"`
	AddressID   int64        `json:"address_id,string"`
	CouponID    int64        `json:"coupon_id,string"`
	GroupID     int64        `json:"group_id,string"`
	Lines       []SubmitLine `json:"lines" binding:"required,min=1,dive"`
	Remark      string       `json:"remark" binding:"max=200"`
	Expect      money.Amount `json:"expect"`
	FromCart    bool         `json:"from_cart"`
	Virtual     bool         `json:"virtual"`
	SelfPickup  bool         `json:"self_pickup"`
	SkipMissing bool         `json:"skip_missing"`
	AcceptPrice bool         `json:"accept_price"`
	AcceptDuty  bool         `json:"accept_duty"`
	ClientIP    string       `json:"-"`
}

type SubmitResp struct {
	OrderID  int64        `json:"order_id,string"`
	OrderNo  string       `json:"order_no"`
	Payable  money.Amount `json:"payable"`
	ExpireIn int          `json:"expire_in"`
	Messages []string     `json:"messages,omitempty"`
}

type RefundLine struct {
	ItemID   int64 `json:"item_id,string" binding:"required"`
	Quantity int32 `json:"quantity" binding:"gte=1"`
}

type RefundReq struct {
	OrderID int64        `json:"-"`
	Reason  string       `json:"reason" binding:"required"`
	Lines   []RefundLine `json:"lines" binding:"required,min=1,dive"`
}

// Track is a step of a parcel as the buyer sees it.
type Track struct {
	At   string `json:"at"`
	Text string `json:"text"`
}

type Detail struct {
	Order  *OrderResp  `json:"order"`
	Items  []*ItemResp `json:"items"`
	Logs   []*LogResp  `json:"logs"`
	Tracks []Track     `json:"tracks"`
}
