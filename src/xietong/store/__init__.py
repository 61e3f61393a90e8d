"""The workspace: its folder, its database, its audit trail. Only ``app`` imports this package."""
