"""One module a format; none knows another. Each takes a store's rows, and none holds the graph in memory."""
