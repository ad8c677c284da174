"""What every page is made of: component tags, form rendering, paging, headers, error pages."""
