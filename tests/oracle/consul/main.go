// SPDX-License-Identifier: MIT

// Decodes Consul's HCL files into the structs of its own api package: a member that no field has,
// or of another type, is an error.  Usage: consul FILE...
package main

import (
	"fmt"
	"os"
	"reflect"
	"strings"

	"github.com/hashicorp/consul/api"
	"github.com/hashicorp/hcl"
	"github.com/mitchellh/mapstructure"
)

// HCL makes a list of each block; where a struct or a map is wanted it has one element.
func unwrap(from, to reflect.Type, data any) (any, error) {
	list, ok := data.([]map[string]any)
	for to.Kind() == reflect.Pointer {
		to = to.Elem()
	}
	if !ok || to.Kind() == reflect.Slice || to.Kind() == reflect.Interface {
		return data, nil
	}
	if len(list) != 1 {
		return nil, fmt.Errorf("%d blocks where one is wanted", len(list))
	}
	return list[0], nil
}

func decode(raw map[string]any, result any) error {
	d, err := mapstructure.NewDecoder(&mapstructure.DecoderConfig{
		DecodeHook:  mapstructure.ComposeDecodeHookFunc(unwrap, mapstructure.StringToTimeDurationHookFunc()),
		ErrorUnused: true,
		Result:      result,
		// sidecar_service is SidecarService; the id of a check in a file is CheckID over the network.
		MatchName: func(key, field string) bool {
			key = strings.ReplaceAll(key, "_", "")
			return strings.EqualFold(key, field) || (key == "id" && field == "CheckID")
		},
	})
	if err != nil {
		return err
	}
	return d.Decode(raw)
}

func check(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	raw := map[string]any{}
	if err := hcl.Unmarshal(text, &raw); err != nil {
		return err
	}
	if kind, ok := raw["Kind"].(string); ok {
		name, _ := raw["Name"].(string)
		entry, err := api.MakeConfigEntry(kind, name)
		if err != nil {
			return err
		}
		return decode(raw, entry)
	}
	var file struct{ Service api.AgentServiceRegistration }
	if err := decode(raw, &file); err != nil {
		return err
	}
	if file.Service.Name == "" {
		return fmt.Errorf("a service without a name")
	}
	return nil
}

func main() {
	failed := 0
	for _, path := range os.Args[1:] {
		if err := check(path); err != nil {
			fmt.Printf("not ok %s: %s\n", path, strings.ReplaceAll(err.Error(), "\n", " "))
			failed++
		}
	}
	if failed > 0 || len(os.Args) < 2 {
		os.Exit(1)
	}
	fmt.Printf("ok %d files fit Consul's own structs\n", len(os.Args)-1)
}
