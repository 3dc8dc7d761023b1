"""The pages of the work: thin doors to services and selectors."""
