"""Use cases of tasks (调度): splitting plans into tasks, reports with evidence, review, letters."""
