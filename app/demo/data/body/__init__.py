"""Dựng văn bản thật: a letter in the layout of Nghị định 30/2020/NĐ-CP, as a DOCX and as a PDF."""
