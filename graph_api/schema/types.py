"""Every outward type by its name.

Empty as written: the modules of this room put here what they make of the catalogue, and annotations are looked up here.
"""
