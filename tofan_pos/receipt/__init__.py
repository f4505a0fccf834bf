"""The receipt as data: what stands on it, and where, whatever prints it."""
