// Package geo measures distances between warehouses and receivers.
package geo

import "math"

const earthKM = 6371.0

type Point struct{ Lat, Lng float64 }

func (p Point) Zero() bool { return p.Lat == 0 && p.Lng == 0 }

// KM is the haversine distance.
func KM(a, b Point) float64 {
	rad := func(d float64) float64 { return d * math.Pi / 180 }
	dLat, dLng := rad(b.Lat-a.Lat), rad(b.Lng-a.Lng)
	h := math.Pow(math.Sin(dLat/2), 2) + math.Cos(rad(a.Lat))*math.Cos(rad(b.Lat))*math.Pow(math.Sin(dLng/2), 2)
	return 2 * earthKM * math.Asin(math.Sqrt(h))
}
