"""The command lines: the same verbs as the windows, for scripts and support."""
