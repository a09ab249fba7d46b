module old
