package winapi

const Name = "winapi"
