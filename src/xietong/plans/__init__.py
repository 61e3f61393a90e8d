"""Plan documents: from text to clauses, responsible units, targets, milestones and projects."""
