"""The journal's bytes: entries, the chain that binds them, sealed files, keys and transports."""
