"""The facts of each step, one module a thing."""
