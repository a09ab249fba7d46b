package carrier

import (
	"errors"
	"sort"
)

var ErrNobody = errors.New("carrier: nobody goes there")

// Choose prefers speed for express parcels, else the order of the list.
func Choose(all []Carrier, d Destination, gram int64, express bool) (Carrier, error) {
	var fit []Carrier
	for _, c := range all {
		if c.Serves(d, gram) {
			fit = append(fit, c)
		}
	}
	if len(fit) == 0 {
		return Carrier{}, ErrNobody
	}
	if express {
		sort.SliceStable(fit, func(i, j int) bool { return fit[i].Days < fit[j].Days })
	}
	return fit[0], nil
}
