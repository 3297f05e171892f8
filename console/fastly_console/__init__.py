"""Commands for the terminal, beside ``pulumi``: what was done to a service, and what it serves."""
