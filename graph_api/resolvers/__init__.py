"""What answers the fields that no store plans: thin functions that check, call and return a record. `paths`: over the projected network."""
