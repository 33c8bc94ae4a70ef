"""What the heads are: the label sets and the loss of each."""
