"""The policy pack of this project: ``pulumi preview --policy-pack policies``."""

from fastly_policies import RULES, serve

serve("fastly", RULES)
