"""Reports: what was computed, on paper and on screen. They draw what they receive."""
