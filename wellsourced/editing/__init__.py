"""Do an editor's chores: mend, begin, plan reviews, sign off, import references, write schemas.

Each chore is a function from what is on disk to new bytes and findings; `writing.replace` alone
writes.
"""
