"""Public pages that need no stage: first page, the text of the 办法, guides. They read neither session nor user."""
