"""The comparison of two budget stages."""
