"""A Pulumi preview as a report that a reviewer can read in a pull request.

Input is what `pulumi preview --json` wrote; no engine is needed. Of the provider's rooms it imports the schema table
alone, to know which fields are secret, live, unordered, or have the value they have anyway.

    reading -> preview      what the engine wrote, in either form, as data
    changes, items, drift   what happens to each resource, item, and to what somebody else did
    services -> model       one section a service
    words -> document       what is said: `sections`, `tables`, `hurts`, `messages`, `phrases`
    fitting, render         left out where space is short; Markdown, HTML, text
"""
