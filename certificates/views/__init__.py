"""Public pages, the company's ledger, the person's own pages."""
