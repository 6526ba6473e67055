"""The nightly proof (夜间核对): its checks, its runs and what they found."""
