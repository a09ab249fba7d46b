package rates
