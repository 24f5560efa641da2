"""Who and where: agencies, persons, desks and places in bylines and datelines."""
