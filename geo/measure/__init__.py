"""Ellipsoidal measures of geometries: area, length, bands, sides."""
