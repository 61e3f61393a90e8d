"""Assessment: targets against facts, scores, and the breaking down of targets."""
