package internals
