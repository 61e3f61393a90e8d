"""xietong (协同): plans for cutting pollution and carbon together, computed, checked and steered."""

__version__ = "0.1.0"
