package svc // domain: billing
