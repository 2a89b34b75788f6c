"""Where the graph lives: `base` says what a store promises, `open` makes one of an address, `sqlite` is the embedded one."""
