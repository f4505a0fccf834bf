"""The counter's verbs: what a cashier can do, each one whole or not at all."""
