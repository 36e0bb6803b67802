"""What readers send back without an account: answers to a question, and reports of a sentence."""
