"""The commands, a module a group: parse, call, print."""
