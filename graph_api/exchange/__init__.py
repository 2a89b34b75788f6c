"""Files in, files out.

rows        the catalogue as files: their columns, and how each value is read and written
validation  a folder of such files → a batch, or all of its faults
loading     a batch as the contract wants it, written to a store in one piece
formats     one module a format: a store's rows → bytes
registry    which ending is which format; a store → a file or a folder
"""
