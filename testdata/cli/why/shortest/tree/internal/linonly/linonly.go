package linonly

func Init() {}
