package text

const Empty = ""
