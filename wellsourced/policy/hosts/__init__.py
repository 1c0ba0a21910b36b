"""Emit one host's files from the policy: each host's module says `emit(serving)`."""
