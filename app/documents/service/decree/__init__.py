"""Dựng văn bản: from fields to a correct PDF and an editable DOCX, by the forms of Decree 30/2020, annex III."""
