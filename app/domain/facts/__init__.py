"""What people recorded: the table of kinds of facts, their fields, how typed values are read, and the records made from them."""
