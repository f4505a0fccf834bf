"""Head office's verbs: trusting tills, taking in their journals, and what the makers are owed."""
