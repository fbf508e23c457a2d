"""Insight: what the plans' own data says over the years: measures, partners, needs, duties, plain words. Pure."""
