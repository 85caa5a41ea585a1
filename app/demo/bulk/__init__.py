"""Nạp nhiều dữ liệu bằng COPY: the older history of the demo city, and load data of any size."""
