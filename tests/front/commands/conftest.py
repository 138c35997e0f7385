"""What the tests of this folder are given: laptops to try commands on."""

from tests.laptops import laptop, laptops

__all__ = ["laptop", "laptops"]
