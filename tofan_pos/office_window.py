"""Opens head office's window: the crash handler, and one window over its database."""
