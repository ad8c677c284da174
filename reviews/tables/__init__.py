"""What pages and console show, as plain tables: `review` of the company, `voting` of sheets and committee."""
