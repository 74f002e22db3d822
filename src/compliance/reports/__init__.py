"""Station 7: one view of the findings, one writer per format."""
