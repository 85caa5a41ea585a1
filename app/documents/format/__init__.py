"""Kiểm tra thể thức theo Nghị định 30/2020/NĐ-CP: deterministic rules over the layout of a Word file.

No database and no Flask: the command line, the page of a draft and the tests ask the same functions.
"""
