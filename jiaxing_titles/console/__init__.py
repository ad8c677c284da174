"""工作台: the officials' console, Django's admin site with our theme. Registers are read; steps alone change things."""
