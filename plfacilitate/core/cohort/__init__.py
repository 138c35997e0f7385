"""Cohorts: schools that go through a year together, their teams, what they met for, what they set themselves."""
