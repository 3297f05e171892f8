"""An existing service of Fastly becomes a Pulumi program, whose first ``pulumi up`` writes nothing."""
