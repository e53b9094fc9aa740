"""Kills real crawls at seeded random instants and compares their archives with an undisturbed one.

The long dose: `python -m tests.faults --kills 20 --pages 600 --database sqlite --seed 1`.
"""
