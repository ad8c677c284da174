"""Pages of companies (/ent/…) and of everybody (/enterprises/…); officials work in the console."""
