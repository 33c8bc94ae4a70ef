"""The sets that the network learns from, a module a kind: each file of theirs to labelled sentences."""
