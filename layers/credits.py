"""Whose data the embedded layers are: the words that must stand beside them."""

from __future__ import annotations

BOUNDARY_CREDIT = "© OpenStreetMap contributors; Natural Earth"
BOUNDARY_LICENCE = "ODbL 1.0 (OpenStreetMap); public domain (Natural Earth)"
GAZETTEER_CREDIT = "GeoNames"
GAZETTEER_LICENCE = "CC BY 4.0"
VILLAGES_CREDIT = "© OpenStreetMap contributors; Wikipedia (positions of villages)"
VILLAGES_LICENCE = "ODbL 1.0 (OpenStreetMap); facts (Wikipedia)"
SITES_CREDIT = "contactline, own list of sites"
SITES_LICENCE = "CC0 1.0"
ALWAYS = (
    "Boundaries are drawn as the United Nations General Assembly recognises them (resolutions 68/262 and ES-11/4): "
    "Crimea and Sevastopol are Ukraine, occupied.",
    "Control is not sovereignty: who holds a place on a date says nothing about whose it is.",
    "Bands are hypothetical: nobody has agreed to them, and drawing one proposes nothing.",
)
"""What holds of every map and every file, whoever's data it is."""
STATEMENTS = (
    *ALWAYS,
    "Control is an estimate from settlements; between them the line is a construction, and the interval says how far "
    "its areas have been found off.",
)
