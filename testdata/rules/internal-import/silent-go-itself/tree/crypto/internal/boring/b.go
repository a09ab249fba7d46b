package boring
