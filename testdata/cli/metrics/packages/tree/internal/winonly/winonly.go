package winonly

func Init() {}
