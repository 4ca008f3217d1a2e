"""The laboratory: synthetic populations, load generators and the instruments that measure the service (DESIGN 9)."""
