"""OneRoster in: the staff of a district's roster, 1.1 or 1.2, from a folder or a zip of CSV files.

The standard: https://www.1edtech.org/standards/oneroster. Students never leave this room: they are counted. Files of
enrollments, demographics, classes and results are never opened.
"""
