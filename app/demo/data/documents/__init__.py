"""Chất liệu văn bản của thành phố mẫu: trích yếu, bút phê, báo cáo tiến độ, cuộc họp, nơi gửi ngoài thành phố.

All of it is made up in the manner of real offices; no real person is named. Every function takes the generator, so
that one seed always tells one story.
"""
