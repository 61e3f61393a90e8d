"""Long work: a row in the database, run by a worker process, watched and cancelled from anywhere."""
