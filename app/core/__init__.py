"""Nền chung: giao dịch, quy trình, sự kiện, việc nền, số, thời gian. Knows neither the web nor any domain."""
