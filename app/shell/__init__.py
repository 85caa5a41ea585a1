"""Bàn làm việc, trợ giúp, thư viện thành phần."""
