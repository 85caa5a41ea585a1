"""Phần đầu và phần ký của văn bản: issuer, number, date, type, abstract, recipients, signer, read from the layout of Nghị định 30/2020."""
