"""Pure facts and arithmetic of a sale: no clock, no file, no database, no screen."""
