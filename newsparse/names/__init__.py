"""Names in bylines and datelines: agencies, persons, desks and places."""
