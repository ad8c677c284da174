"""Reading this stage."""
