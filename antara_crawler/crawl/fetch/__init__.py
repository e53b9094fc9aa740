"""How an answer is got: politely, from the network, a mirror or captures, and kept raw."""
