"""Tests of inspecting pages, of the first contact with a portal, and of suggested templates."""
