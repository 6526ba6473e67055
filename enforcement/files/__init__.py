"""The lists as tables people fill in: their columns, in Chinese, and what each must hold."""
