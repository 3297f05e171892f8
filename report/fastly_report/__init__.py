"""A Pulumi preview as a report that a reviewer can read in a pull request.

Input is what `pulumi preview --json` wrote; no engine is needed. Of the provider's rooms it imports the schema table
alone, to know which fields are secret, live, unordered, or have the value they have anyway.
"""
