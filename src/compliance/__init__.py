"""A compliance engine for open AI models."""
