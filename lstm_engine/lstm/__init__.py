"""The unit's formulas, without torch: one company in floats, many in arrays, and what each gate did."""
