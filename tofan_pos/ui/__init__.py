"""The windows people work with. Widgets hold a value, draw it, emit an intent, call one verb."""
