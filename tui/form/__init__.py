"""Forms: what a question asks, as one value for screens, line mode and commands, and which changes an answer makes."""
