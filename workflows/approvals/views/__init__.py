"""The pages of approvals: thin doors to services and selectors."""
