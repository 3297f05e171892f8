"""A Pulumi preview as a report that a reviewer can read in a pull request.

Input is what ``pulumi preview --json`` wrote; no engine is needed. Of the provider's layers it imports the schema table
alone, to know which fields are secret, live, unordered, or have the value they have anyway.

    reading -> preview      what the engine wrote, in either form, as data
    changes, live_items_changes, drift   what happens to each resource and item, and what others changed
    services -> model       one section per service
    composition -> document   the report's text: ``sections``, ``tables``, ``warning_points``, ``messages``, ``phrases``
    truncation, render      what is left out if space is short; Markdown, HTML, text
"""
