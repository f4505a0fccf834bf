"""What is Thai: line breaks, search folding, sorting, dates, numerals, words for money, keyboard.

Pure functions over text. Importing this package loads no dictionary and no third-party library.
"""
